/** From movements and the sites they stopped at to the columns that corridors are mined from: each site at its stage, each journey once. */
import { KIND_ORDER, type MovementColumns } from './movement-columns.ts';
import type { PlaceNodes } from './place-graph.ts';
import { nodesOfSites } from './place-nodes.ts';
import type { KnownPlace, NodeParameters } from './site-forms.ts';
import { countSites } from './sites.ts';
import type { Travel } from './travel.ts';

export function placedColumns(
  travel: Travel,
  { places, nodes: parameters }: { readonly places: readonly KnownPlace[]; readonly nodes: NodeParameters },
): { readonly columns: MovementColumns; readonly graph: PlaceNodes } {
  const { count, rows, journeys } = travel;
  const starts = journeys.starts.subarray(0, journeys.count + 1);
  const stops = journeys.stops.subarray(0, starts[journeys.count]);
  const of = rows.journey.subarray(0, count);
  const visits = visitsOf(of, starts, stops, countSites(travel.sites));
  const { graph, nodes, positions, placing } = nodesOfSites(
    travel.sites,
    visits,
    places,
    parameters,
    travel.placing,
  );
  travel.placing = placing;
  const kinds = KIND_ORDER.length;
  const at = {
    nodes: new Int32Array(stops.length),
    kinds: new Uint8Array(stops.length),
    sites: new Int32Array(stops.length),
  };
  for (let stop = 0; stop < stops.length; stop += 1) {
    const kind = stops[stop]! % kinds;
    const site = (stops[stop]! - kind) / kinds;
    at.sites[stop] = site;
    at.kinds[stop] = kind;
    at.nodes[stop] = nodes[site]!;
  }
  const columns = {
    incidents: rows.event.subarray(0, count),
    incidentCount: travel.incidents.size,
    origins: rows.origin.subarray(0, count),
    originCount: travel.origins.size,
    months: rows.month.subarray(0, count),
    personsMin: rows.personsMin.subarray(0, count),
    personsMax: rows.personsMax.subarray(0, count),
    journeys: of,
    starts,
    nodes: at.nodes,
    kinds: at.kinds,
    spots: { of: at.sites, positions },
  };
  return { columns, graph };
}

/** How often each site was stopped at. */
function visitsOf(of: Int32Array, starts: Int32Array, stops: Int32Array, sites: number): Int32Array {
  const followers = new Int32Array(starts.length - 1);
  for (let row = 0; row < of.length; row += 1) followers[of[row]!]! += 1;
  const visits = new Int32Array(sites);
  for (let journey = 0; journey + 1 < starts.length; journey += 1) {
    for (let at = starts[journey]!; at < starts[journey + 1]!; at += 1)
      visits[Math.floor(stops[at]! / KIND_ORDER.length)]! += followers[journey]!;
  }
  return visits;
}
