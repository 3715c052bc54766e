/** Collections of records: the lists of GraphQL with the same filters, the same projection and the same order. */
import type { ListQuery } from '../../graphql/list.sql.ts';
import { type OwnedColumns, searchOwned } from '../../graphql/owned-record.type.ts';
import type { ReportColumns } from '../../intake/reports/report.type.ts';
import { type ReportSearch, reportConditions } from '../../intake/reports/report-conditions.sql.ts';
import type { EntityColumns } from '../../records/entities/entity.type.ts';
import { type EntitySearch, entityConditions } from '../../records/entities/entity-conditions.sql.ts';
import type { IncidentColumns } from '../../records/incidents/incident.type.ts';
import { type IncidentSearch, incidentConditions } from '../../records/incidents/incident-source.sql.ts';
import type { InterdictionColumns } from '../../records/interdictions/interdiction.type.ts';
import {
  type InterdictionSearch,
  interdictionConditions,
} from '../../records/interdictions/interdiction-source.sql.ts';
import type { CrossingColumns } from '../../records/movements/crossing.type.ts';
import { type CrossingSearch, crossingConditions } from '../../records/movements/crossing-source.sql.ts';
import type { MovementColumns } from '../../records/movements/movement.type.ts';
import type { MovementFilter } from '../../records/movements/movement-filter.input.ts';
import { askedMovements } from '../../records/movements/movement-search.service.ts';
import { movementConditions } from '../../records/movements/movement-source.sql.ts';
import type { Asking, Collection } from './collection.ts';
import type { Column, ExportRow, Layer } from './layer.ts';
import { countByClass } from './record-pages.view.ts';
import * as rows from './record-rows.ts';
import {
  type Composing,
  notePersons,
  pagesOf,
  papOf,
  throughParent,
  waypointsByMovement,
} from './surroundings.ts';

export interface RecordCollection extends Collection<ExportRow> {
  readonly layer: Layer;
  /** The list that its rows are. */
  queryOf(asking: Asking): Promise<ListQuery>;
  /** Rows of that list, as their readers get them. */
  rowsOf(composing: Composing<never>): Promise<readonly ExportRow[]>;
}

const BY_OCCURRENCE = { column: 'r.occurred_from', type: 'timestamptz' } as const;

type OwnedFilter = { readonly owners?: readonly string[]; readonly asKnownAt?: Date };

function collection<Row extends OwnedColumns & { readonly visibility_class_id: number }>(
  layer: Layer,
  filter: string,
  queryOf: (asking: Asking) => Promise<ListQuery>,
  compose: (composing: Composing<Row>) => Promise<readonly ExportRow[]>,
): RecordCollection {
  return {
    name: layer.name,
    layer,
    filter,
    queryOf,
    rowsOf: compose,
    open: async (asking) => {
      const { reader } = asking.context;
      const query = await queryOf(asking);
      return {
        classes: await countByClass(reader, query),
        methods: [],
        pages: (marks) => pagesOf<Row, ExportRow>(reader, query, marks, compose),
      };
    },
  };
}

function layerOf(name: string, columns: readonly Column[], geometry: Layer['geometry']): Layer {
  return { name, columns, geometry };
}

type Classed = { readonly visibility_class_id: number };

export const INCIDENTS = collection<IncidentColumns & Classed>(
  layerOf('incidents', rows.INCIDENT_COLUMNS, 'point'),
  'IncidentFilter',
  async ({ context, filter }) => {
    const { search, asKnown } = await searchOwned(context, filter as OwnedFilter & IncidentSearch);
    return {
      table: 'incident',
      asKnown,
      sort: BY_OCCURRENCE,
      conditions: (parameters) => incidentConditions(search, parameters),
    };
  },
  async (composing) => {
    const pap = await papOf(composing, (row) => row.report_id);
    return composing.rows.map((row) => rows.incidentRow(row, pap(row)));
  },
);

export const MOVEMENTS = collection<MovementColumns & Classed>(
  layerOf('movements', rows.MOVEMENT_COLUMNS, 'line'),
  'MovementFilter',
  movementQuery,
  async (composing) => {
    const [pap, incidents, waypoints] = await Promise.all([
      papOf(composing, (row) => row.report_id),
      throughParent(composing, 'incident', (row) => row.incident_id),
      waypointsByMovement(composing),
    ]);
    return composing.rows.map((row) =>
      rows.movementRow(row, {
        ...pap(row),
        incidentId: incidents.has(row.incident_id) ? row.incident_id : null,
        waypoints: waypoints.get(row.row_id) ?? [],
      }),
    );
  },
);

export const CROSSINGS = collection<CrossingColumns & Classed>(
  layerOf('crossings', rows.CROSSING_COLUMNS, 'point'),
  'CrossingFilter',
  async ({ context, filter }) => {
    const { search, asKnown } = await searchOwned(context, filter as OwnedFilter & CrossingSearch);
    return {
      table: 'crossing',
      asKnown,
      sort: BY_OCCURRENCE,
      // As the list has it: observed ones unless kinds are given.
      conditions: (parameters) => crossingConditions({ kinds: ['observed'], ...search }, parameters),
    };
  },
  async (composing) => {
    const reports = await throughParent(composing, 'movement', (row) => row.movement_id);
    const pap = await papOf(composing, (row) => reports.get(row.movement_id) ?? null);
    return composing.rows.map((row) =>
      rows.crossingRow(row, {
        ...pap(row),
        movementId: reports.has(row.movement_id) ? row.movement_id : null,
      }),
    );
  },
);

const REPORTS = collection<ReportColumns & Classed>(
  layerOf('reports', rows.REPORT_COLUMNS, 'none'),
  'ReportFilter',
  async ({ context, filter }) => {
    const { search, asKnown } = await searchOwned(context, filter as OwnedFilter & ReportSearch);
    const { viewer } = context.reader;
    return {
      table: 'report',
      asKnown,
      sort: { column: 'r.recorded_at', type: 'timestamptz' },
      conditions: (parameters) => reportConditions(viewer, search, asKnown, parameters),
    };
  },
  async ({ rows: page, marks }) =>
    page.map((row) =>
      rows.reportRow(row, {
        owner: marks.slugOf(row.owner_id),
        handling: row.handling,
        pap: row.pap,
        reportId: row.id,
      }),
    ),
);

export const ENTITIES = collection<EntityColumns & Classed>(
  layerOf('entities', rows.ENTITY_COLUMNS, 'none'),
  'EntityFilter',
  entityQuery,
  async (composing) => {
    notePersons(composing.reader, composing.rows);
    const pap = await papOf(composing, (row) => row.report_id);
    return composing.rows.map((row) => rows.entityRow(row, pap(row)));
  },
);

export const INTERDICTIONS = collection<InterdictionColumns & Classed>(
  layerOf('interdictions', rows.INTERDICTION_COLUMNS, 'point'),
  'InterdictionFilter',
  async ({ context, filter }) => {
    const { search, asKnown } = await searchOwned(context, filter as OwnedFilter & InterdictionSearch);
    const { viewer } = context.reader;
    return {
      table: 'interdiction',
      asKnown,
      sort: { column: 'r.occurred_on', type: 'date' },
      conditions: (parameters) => interdictionConditions(viewer, search, asKnown, parameters),
    };
  },
  async ({ rows: page, marks }) =>
    page.map((row) =>
      rows.interdictionRow(row, {
        owner: marks.slugOf(row.owner_id),
        handling: marks.handlingOf(row.visibility_class_id),
        // It is of no report.
        pap: null,
        reportId: null,
      }),
    ),
);

export const RECORD_COLLECTIONS: readonly RecordCollection[] = [
  INCIDENTS,
  MOVEMENTS,
  CROSSINGS,
  INTERDICTIONS,
  REPORTS,
  ENTITIES,
];

/** Also what moved persons are counted from. */
export async function movementQuery({ context, filter }: Asking): Promise<ListQuery> {
  const { search, asKnown } = await askedMovements(context, filter as MovementFilter | null);
  const { viewer } = context.reader;
  return {
    table: 'movement',
    asKnown,
    sort: BY_OCCURRENCE,
    conditions: (parameters) => movementConditions(viewer, search, asKnown, parameters),
  };
}

/** Also what the network is drawn from. */
export async function entityQuery({ context, filter }: Asking): Promise<ListQuery> {
  const { search, asKnown } = await searchOwned(context, filter as OwnedFilter & EntitySearch);
  const { viewer } = context.reader;
  return {
    table: 'entity',
    asKnown,
    sort: { column: 'r.known_from', type: 'timestamptz' },
    conditions: (parameters) => entityConditions(viewer, search, asKnown, parameters),
  };
}
