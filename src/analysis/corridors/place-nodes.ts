/** From the distinct places that waypoints were resolved to, to the nodes of the place graph: never finer than a place is known. */
import { createHash } from 'node:crypto';
import { FormNodes } from './form-nodes.ts';
import { StopGathering } from './gathered-stops.ts';
import { longer } from './journeys.ts';
import type { PlaceNodes } from './place-graph.ts';
import {
  emptyForms,
  type Forms,
  formBuffers,
  type KnownPlace,
  type NodeParameters,
  resolutionIn,
  SITE_RESOLUTION,
  SiteForms,
} from './site-forms.ts';
import { cellHigh, countSites, placeOfSite, type Sites } from './sites.ts';
import { emptyStops, type StopColumns, stopBuffers } from './stop-columns.ts';

/** As what sites were told last time, and what lies near what: plain values, from which the next question goes on. */
export interface Placing {
  /** What all of it rests on. Where that is another now, it is made anew. */
  readonly rests: string;
  /** How many of the places in the sites are told of in that. */
  readonly places: number;
  /** By site: its form, -1 where nothing is known, UNSEEN where nobody stopped yet. */
  formOf: Int32Array<ArrayBuffer>;
  readonly forms: Forms;
  readonly stops: StopColumns;
}

export interface NodesOfSites {
  readonly graph: PlaceNodes;
  /** The node of each site; -1 where nothing is known, or nobody stopped there. */
  readonly nodes: Int32Array;
  /** Longitude and latitude of each site where that is better known than its node; NaN else. */
  readonly positions: Float64Array;
  readonly placing: Placing;
}

const UNSEEN = -2;

export function placingBuffers({ formOf, forms, stops }: Placing): ArrayBuffer[] {
  return [formOf.buffer, ...formBuffers(forms), ...stopBuffers(stops)];
}

/** `visits`: by site. `places`: among them all known crossing points. The order of the sites changes numbers only, and `before` nothing at all. */
export function nodesOfSites(
  sites: Sites,
  visits: Int32Array,
  places: readonly KnownPlace[],
  parameters: NodeParameters,
  before: Placing | null,
): NodesOfSites {
  const count = countSites(sites);
  const named = placesVisited(sites, visits);
  const restsOn = (known: number): string =>
    digestOf(sites.places.slice(0, known), named, places, parameters);
  const held = before !== null && before.rests === restsOn(before.places) ? before : null;
  const placing: Placing = {
    formOf: held?.formOf ?? new Int32Array(0),
    forms: held?.forms ?? emptyForms(),
    stops: held?.stops ?? emptyStops(Math.max(parameters.gatherKm, 1e-6)),
    places: sites.places.length,
    rests: restsOn(sites.places.length),
  };
  const { forms, stops } = placing;
  const gathering = new StopGathering(stops);
  formSites(placing, sites, visits, new SiteForms(forms, sites, gathering, named, places, parameters));
  const leaders = leadersOf(placing, visitsOfForms(placing, visits), gathering);
  const { nodeOf, formOfNode } = numbered(leaders);
  const nodes = new Int32Array(count).fill(-1);
  const positions = new Float64Array(2 * count).fill(Number.NaN);
  for (let site = 0; site < count; site += 1) {
    const form = placing.formOf[site]!;
    if (form < 0 || visits[site] === 0) continue;
    nodes[site] = nodeOf[form]!;
    if (!isFiner(cellHigh(sites, site), form, placing)) continue;
    positions[2 * site] = sites.centres[2 * site]!;
    positions[2 * site + 1] = sites.centres[2 * site + 1]!;
  }
  return { graph: new FormNodes(forms, formOfNode, sites.countries, places), nodes, positions, placing };
}

/** What only a movement named that is told otherwise now is named no more. */
function placesVisited(sites: Sites, visits: Int32Array): ReadonlySet<string> {
  const isNamed = new Uint8Array(sites.places.length);
  for (let site = 0; site < countSites(sites); site += 1) {
    const place = placeOfSite(sites, site);
    if (place >= 0 && visits[site]! > 0) isNamed[place] = 1;
  }
  return new Set(sites.places.filter((_, place) => isNamed[place] === 1));
}

/** Of all by which a form is chosen: the parameters, the crossing points that count, and what the places `seen` so far are. */
function digestOf(
  seen: readonly string[],
  named: ReadonlySet<string>,
  places: readonly KnownPlace[],
  parameters: NodeParameters,
): string {
  const isSeen = new Set(seen);
  const told = places
    .filter(
      ({ id, kind, derived }) => isSeen.has(id) || (kind === 'crossing_point' && !derived) || named.has(id),
    )
    .filter(
      ({ id, kind, derived }) => isSeen.has(id) || (kind === 'crossing_point' && (!derived || named.has(id))),
    )
    .map(({ id, kind, country, position, derived }) =>
      [id, kind, country, ...position, derived && named.has(id)].join(' '),
    )
    .sort();
  const hash = createHash('sha256').update(
    [parameters.nodeResolution, parameters.gatherKm, ...told].join('\n'),
  );
  return hash.digest('base64');
}

/** Finds a form for each site where somebody stopped for the first time. */
function formSites(placing: Placing, sites: Sites, visits: Int32Array, forms: SiteForms): void {
  const count = countSites(sites);
  const known = placing.formOf.length;
  if (count > known) {
    placing.formOf = longer(placing.formOf, count);
    placing.formOf.fill(UNSEEN, known);
  }
  const { formOf } = placing;
  for (let site = 0; site < count; site += 1)
    if (formOf[site] === UNSEEN && visits[site]! > 0) formOf[site] = forms.of(site);
}

function visitsOfForms({ formOf, forms }: Placing, visits: Int32Array): Int32Array {
  const ofForms = new Int32Array(forms.count);
  for (let site = 0; site < visits.length; site += 1)
    if (formOf[site]! >= 0) ofForms[formOf[site]!]! += visits[site]!;
  return ofForms;
}

/** Of each form, the one whose node it is told as: of stops the one they are gathered by, of the others their own; -1 where nobody stopped. */
function leadersOf({ forms, stops }: Placing, visits: Int32Array, gathering: StopGathering): Int32Array {
  const formOfStop = new Int32Array(stops.count);
  for (let form = 0; form < forms.count; form += 1) {
    const stop = forms.stop[form]!;
    if (stop < 0) continue;
    formOfStop[stop] = form;
    gathering.visit(stop, visits[form]!);
  }
  // Two towns in one spot, by name; anything else in one spot is a town and a cell.
  const nameOf = (stop: number): string => forms.places[forms.place[formOfStop[stop]!]!] ?? '';
  const leaders = gathering.leaders((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return Int32Array.from(visits, (times, form) => {
    if (times === 0) return -1;
    const stop = forms.stop[form]!;
    return stop < 0 ? form : formOfStop[leaders[stop]!]!;
  });
}

/** Nodes by dense numbers: as many as there are leaders. */
function numbered(leaders: Int32Array): { readonly nodeOf: Int32Array; readonly formOfNode: Int32Array } {
  const numbers = new Int32Array(leaders.length).fill(-1);
  const formOfNode: number[] = [];
  const nodeOf = leaders.map((leader) => {
    if (leader < 0) return -1;
    if (numbers[leader]! < 0) numbers[leader] = formOfNode.push(leader) - 1;
    return numbers[leader]!;
  });
  return { nodeOf, formOfNode: Int32Array.from(formOfNode) };
}

/** A post seen at, and a cell gathered by another, say more than their node; a town's own position says more than the cell it lies in. */
function isFiner(high: number, form: number, { forms }: Placing): boolean {
  const isCellStop = forms.stop[form]! >= 0 && forms.place[form]! < 0;
  return high !== 0 && (isCellStop || resolutionIn(high) >= SITE_RESOLUTION);
}
