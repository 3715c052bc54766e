/** From the distinct places that waypoints were resolved to, to the nodes of the place graph: never finer than a place is known. */
import { type Cell, centreOf, inradiusKm, parentOf, resolutionOf, toIndex } from '../../geo/cells.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { COUNTRY_BY_CODE } from '../../places/countries.ts';
import { gatherStops } from './gathered-stops.ts';
import { PlaceGraph, type PlaceNode } from './place-graph.ts';

/** What many waypoints share: all that is known of where they were. */
export interface Site {
  /** The waypoint is one where a border was passed. */
  readonly atBorder: boolean;
  readonly place: KnownPlace | null;
  /** Alpha-3. */
  readonly country: string | null;
  /** At SITE_RESOLUTION or as fine as it is known; null where only a country, or nothing, is. */
  readonly cell: Cell | null;
  readonly visits: number;
}

export interface KnownPlace {
  readonly id: string;
  readonly kind: 'crossing_point' | 'locality';
  readonly name: string;
  readonly country: string;
  readonly position: Position;
  readonly footprintRadiusKm: number;
  /** Of crossing points only: the two countries it joins. */
  readonly joins: readonly [string, string] | null;
}

export interface NodeParameters {
  /** Cells stand at this resolution, or coarser where the place is. */
  readonly nodeResolution: number;
  /** Stops at most this far from a town or a dense spot are one stage with it; 0: every cell stands alone. */
  readonly gatherKm: number;
}

/** Cells of about a kilometre: repeated detections at one post are one site. */
export const SITE_RESOLUTION = 7;
/** Coarser cells are wider than what is gathered: each stays a stage of its own. */
const COARSEST_GATHERED = 5;
/** A border passed "at" a town is passed at the known crossing point this near to it. */
const CROSSING_REACH_KM = 15;
/** Smaller localities are told by their cell: a village named would point at a home. */
export const LEAST_NODE_POPULATION = 15_000;

export interface NodesOfSites {
  readonly graph: PlaceGraph;
  /** The node of each site; -1 where nothing is known. */
  readonly nodes: Int32Array;
  /** Where each site is, when that is better known than its node; null else. */
  readonly positions: readonly (Position | null)[];
}

/** `crossings`: all known crossing points. The order of the sites changes numbers only. */
export function nodesOfSites(
  sites: readonly Site[],
  crossings: readonly KnownPlace[],
  parameters: NodeParameters,
): NodesOfSites {
  const graph = new PlaceGraph();
  const forms = sites.map((site) => formOf(site, crossings, parameters));
  const leaderOf = leadersOf(sites, forms, parameters.gatherKm);
  const nodes = forms.map((form) =>
    form.kind === 'unknown' ? -1 : graph.add(leaderOf.get(form.node.key) ?? form.node),
  );
  return {
    graph,
    nodes: Int32Array.from(nodes),
    positions: sites.map(({ cell }, site) =>
      cell !== null && isFiner(cell, forms[site]!) ? centreOf(cell) : null,
    ),
  };
}

/** By the key of each stop's own node: the node of the stop it is gathered by. Many sites have one node: each is gathered once. */
function leadersOf(
  sites: readonly Site[],
  forms: readonly Form[],
  gatherKm: number,
): ReadonlyMap<string, PlaceNode> {
  const stops = new Map<string, { node: PlaceNode; isTown: boolean; visits: number }>();
  for (const [site, form] of forms.entries()) {
    if (form.kind !== 'stop') continue;
    const known = stops.get(form.node.key);
    if (known) known.visits += sites[site]!.visits;
    else stops.set(form.node.key, { node: form.node, isTown: form.isTown, visits: sites[site]!.visits });
  }
  const list = [...stops.values()];
  const leaders = gatherStops(
    list.map(({ node, isTown, visits }) => ({
      position: node.position as Position,
      country: node.country,
      visits,
      isTown,
    })),
    Math.max(gatherKm, 1e-6),
  );
  return new Map(list.map(({ node }, stop) => [node.key, list[leaders[stop]!]!.node]));
}

type Form =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'fixed'; readonly node: PlaceNode }
  | { readonly kind: 'stop'; readonly node: PlaceNode; readonly isTown: boolean };

function formOf(site: Site, crossings: readonly KnownPlace[], { nodeResolution }: NodeParameters): Form {
  const { place, cell, country } = site;
  const crossing =
    place?.kind === 'crossing_point' ? place : site.atBorder ? nearestTo(site, crossings) : null;
  if (crossing) return { kind: 'fixed', node: placeNode(crossing, 'exact') };
  if (place) return { kind: 'stop', node: placeNode(place, 'locality'), isTown: true };
  if (cell !== null) {
    const own = parentOf(cell, Math.min(nodeResolution, resolutionOf(cell)));
    return resolutionOf(own) >= COARSEST_GATHERED
      ? { kind: 'stop', node: cellNode('near', own, country), isTown: false }
      : { kind: 'fixed', node: cellNode('cell', own, country) };
  }
  if (country === null) return { kind: 'unknown' };
  const label = COUNTRY_BY_CODE.get(country)?.name ?? country;
  const node = { key: `country:${country}`, label, position: null, country, radiusKm: null };
  return { kind: 'fixed', node: { ...node, level: 'country' } };
}

function nearestTo({ place, cell }: Site, crossings: readonly KnownPlace[]): KnownPlace | null {
  const from =
    place?.position ?? (cell !== null && resolutionOf(cell) >= COARSEST_GATHERED ? centreOf(cell) : null);
  if (from === null) return null;
  const ranked = crossings
    .map((crossing) => ({ crossing, km: greatCircleKm(crossing.position, from) }))
    .filter(({ km }) => km <= CROSSING_REACH_KM)
    .sort((a, b) => a.km - b.km || (a.crossing.id < b.crossing.id ? -1 : 1));
  return ranked[0]?.crossing ?? null;
}

/** A post seen at, and a cell gathered by another, say more than their node; a town's own position says more than the cell it lies in. */
function isFiner(cell: Cell, form: Form): boolean {
  if (form.kind === 'stop' && !form.isTown) return true;
  return form.kind !== 'unknown' && resolutionOf(cell) >= SITE_RESOLUTION;
}

function placeNode(place: KnownPlace, level: PlaceNode['level']): PlaceNode {
  const { id, name, position, footprintRadiusKm, joins } = place;
  const node = { key: `place:${id}`, label: name, position, radiusKm: footprintRadiusKm, level };
  return joins ? { ...node, country: null, joins } : { ...node, country: place.country };
}

function cellNode(kind: 'near' | 'cell', cell: Cell, country: string | null): PlaceNode {
  const resolution = resolutionOf(cell);
  return {
    key: `${kind}:${toIndex(cell)}:${country ?? ''}`,
    label: toIndex(cell),
    position: centreOf(cell),
    country,
    radiusKm: inradiusKm(resolution),
    level: resolution >= COARSEST_GATHERED ? 'locality' : 'admin',
  };
}
