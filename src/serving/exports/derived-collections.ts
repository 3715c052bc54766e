/** Collections of what is derived: the answers of GraphQL to a filter alone, a row a finding, marked as high as any record they stand on. */
import type { ProjectedTable } from '../../access/projected-columns.sql.ts';
import type { CorridorAnswer } from '../../analysis/corridors/corridor.type.ts';
import type { CrossingClusterAnswer } from '../../analysis/crossings/crossing-cluster.type.ts';
import type { CrossingClusterFilter } from '../../analysis/crossings/crossing-filter.input.ts';
import type { DerivedAnswer } from '../../analysis/derived.type.ts';
import type { RouteHotspotAnswer } from '../../analysis/hotspots/hotspot.type.ts';
import type { ListQuery } from '../../graphql/list.sql.ts';
import { highestHandling } from '../../kernel/handling.ts';
import type { MovementFilter } from '../../records/movements/movement-filter.input.ts';
import { askedMovements } from '../../records/movements/movement-search.service.ts';
import {
  usualCorridors,
  usualCrossingClusters,
  usualRouteHotspots,
} from '../derived/usual-answers.service.ts';
import type { Asking, Collection, Marks, Method } from './collection.ts';
import * as rows from './derived-rows.ts';
import type { ExportRow, Layer } from './layer.ts';
import { CROSSINGS, movementQuery } from './record-collections.ts';
import { type ClassCount, countByClass, markingsOf } from './record-pages.view.ts';

interface DerivedCollection extends Collection<ExportRow> {
  readonly layer: Layer;
}

/** A page, for formats that hold one in memory. */
const ROWS_A_PAGE = 500;

function collection<Answer extends DerivedAnswer>(
  layer: Layer,
  filter: string,
  /** The records that the answer stands on, or more of them. */
  standsOn: (asking: Asking) => Promise<ListQuery>,
  /** What else is told in its rows, or decides on them. */
  beside: readonly ProjectedTable[],
  derive: (asking: Asking) => Promise<Answer>,
  rowsOf: (answer: Answer) => readonly rows.DerivedRow[],
): DerivedCollection {
  return {
    name: layer.name,
    layer,
    filter,
    open: async (asking) => {
      const { reader } = asking.context;
      const query = await standsOn(asking);
      const classes = [...(await countByClass(reader, query)), ...(await markingsOf(reader, beside, query))];
      const answer = await derive(asking);
      const found = rowsOf(answer);
      return {
        classes,
        methods: [methodOf(answer)],
        rows: found.length,
        pages: (marks) => pagesOf(found, classes, marks),
      };
    },
  };
}

async function* pagesOf(
  found: readonly rows.DerivedRow[],
  classes: readonly ClassCount[],
  marks: Marks,
): AsyncGenerator<readonly ExportRow[]> {
  const handling = highestHandling(classes.map(({ class_id }) => marks.handlingOf(class_id)));
  for (let at = 0; at < found.length; at += ROWS_A_PAGE)
    yield found.slice(at, at + ROWS_A_PAGE).map(({ geometry, values }) => ({
      handling,
      pap: null,
      geometry,
      values: { ...values, handling: handling.toUpperCase(), pap: null },
    }));
}

function methodOf({
  method,
  version,
  parameters,
  unknowns,
  refusal,
  counts,
  dataWindow,
}: DerivedAnswer): Method {
  return { method, version, parameters, unknowns, refusal, counts, dataWindow };
}

export const DERIVED_COLLECTIONS: readonly DerivedCollection[] = [
  collection<CorridorAnswer>(
    {
      name: 'corridors',
      columns: rows.CORRIDOR_COLUMNS,
      geometry: 'line',
      geometryWords: [
        'Of each corridor the reported line nearest to all others, straight between its stages: no road. None where fewer than two stages are on the map.',
      ],
    },
    'MovementFilter',
    movementQuery,
    ['same_incident_link'],
    async ({ context, filter }) =>
      usualCorridors(context, await askedMovements(context, filter as MovementFilter | null)),
    ({ nodes }) => nodes.map(rows.corridorRow),
  ),
  collection<RouteHotspotAnswer>(
    {
      name: 'route-hotspots',
      columns: rows.HOTSPOT_COLUMNS,
      geometry: 'area',
      geometryWords: ['Cells are hexagons of a grid (H3): where a hotspot ends, they do not say.'],
    },
    'MovementFilter',
    movementQuery,
    ['same_incident_link'],
    async ({ context, filter }) =>
      usualRouteHotspots(context, await askedMovements(context, filter as MovementFilter | null)),
    ({ cells }) => cells.map(rows.hotspotRow),
  ),
  collection<CrossingClusterAnswer>(
    {
      name: 'crossing-clusters',
      columns: rows.CLUSTER_COLUMNS,
      geometry: 'point',
      geometryWords: [
        'A point is the middle of a cluster; `hull` (well-known text) is the area of its crossings.',
      ],
    },
    'CrossingClusterFilter',
    // The same filter means the same crossings in their list, observed ones.
    CROSSINGS.queryOf,
    // Rates tell staff-time.
    ['effort', 'station', 'same_incident_link'],
    ({ context, filter }) => usualCrossingClusters(context, filter as CrossingClusterFilter | null),
    ({ clusters }) => clusters.map(rows.clusterRow),
  ),
];
