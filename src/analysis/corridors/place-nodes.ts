/** From the distinct places that waypoints were resolved to, to the nodes of the place graph: never finer than a place is known. */
import type { Position } from '../../geo/position.ts';
import { gatherStops } from './gathered-stops.ts';
import { PlaceGraph } from './place-graph.ts';
import {
  type Form,
  type KnownPlace,
  type NodeParameters,
  resolutionIn,
  SITE_RESOLUTION,
  SiteForms,
} from './site-forms.ts';
import { cellHigh, countSites, placeOfSite, type Sites } from './sites.ts';

export interface NodesOfSites {
  readonly graph: PlaceGraph;
  /** The node of each site; -1 where nothing is known, or nobody stopped there. */
  readonly nodes: Int32Array;
  /** Longitude and latitude of each site where that is better known than its node; NaN else. */
  readonly positions: Float64Array;
}

/** `crossings`: all known crossing points. `visits`: by site. The order of the sites changes numbers only. */
export function nodesOfSites(
  sites: Sites,
  visits: Int32Array,
  places: readonly KnownPlace[],
  parameters: NodeParameters,
): NodesOfSites {
  const count = countSites(sites);
  const forms = new SiteForms(sites, placesVisited(sites, visits), places, parameters);
  const formOf = new Int32Array(count).fill(-1);
  for (let site = 0; site < count; site += 1) if (visits[site]! > 0) formOf[site] = forms.of(site);
  const visitsOf = new Int32Array(forms.list.length);
  for (let site = 0; site < count; site += 1)
    if (formOf[site]! >= 0) visitsOf[formOf[site]!]! += visits[site]!;
  const leaders = leadersOf(forms.list, visitsOf, parameters.gatherKm);
  const graph = new PlaceGraph();
  const nodeOf = forms.list.map((_, form) => graph.add(forms.list[leaders[form]!]!.node));
  const positions = new Float64Array(2 * count).fill(Number.NaN);
  for (let site = 0; site < count; site += 1) {
    const form = forms.list[formOf[site]!];
    if (form === undefined || !isFiner(cellHigh(sites, site), form)) continue;
    positions[2 * site] = sites.centres[2 * site]!;
    positions[2 * site + 1] = sites.centres[2 * site + 1]!;
  }
  return { graph, nodes: formOf.map((form) => (form < 0 ? -1 : nodeOf[form]!)), positions };
}

/** What only a movement named that is told otherwise now is named no more. */
function placesVisited(sites: Sites, visits: Int32Array): ReadonlySet<string> {
  const named = new Set<string>();
  for (let site = 0; site < countSites(sites); site += 1) {
    const place = visits[site]! > 0 ? sites.places[placeOfSite(sites, site)] : undefined;
    if (place !== undefined) named.add(place);
  }
  return named;
}

/** Of each form, the one whose node it is told as: of stops the one they are gathered by, of the others their own. */
function leadersOf(forms: readonly Form[], visits: Int32Array, gatherKm: number): Int32Array {
  const stops = Int32Array.from(forms.keys()).filter((form) => forms[form]!.kind === 'stop');
  const leaders = gatherStops(
    Array.from(stops, (form) => {
      const { node, isTown } = forms[form]!;
      return { position: node.position as Position, country: node.country, visits: visits[form]!, isTown };
    }),
    Math.max(gatherKm, 1e-6),
  );
  const leaderOf = Int32Array.from(forms.keys());
  for (const [stop, leader] of leaders.entries()) leaderOf[stops[stop]!] = stops[leader]!;
  return leaderOf;
}

/** A post seen at, and a cell gathered by another, say more than their node; a town's own position says more than the cell it lies in. */
function isFiner(high: number, form: Form): boolean {
  return high !== 0 && ((form.kind === 'stop' && !form.isTown) || resolutionIn(high) >= SITE_RESOLUTION);
}
