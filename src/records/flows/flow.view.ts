/** Grouping movements over a closed set of dimensions, with only the figures that were asked for. */
import type { ViewerReader } from '../../access/reader.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentJoin } from '../incidents/same-incident.sql.ts';
import type { AskedMovements } from '../movements/movement-search.service.ts';
import { movementSource } from '../movements/movement-source.sql.ts';
import { type EffortScope, worked } from './effort.sql.ts';
import type { FlowHaving, FlowOrder } from './flow.input.ts';
import type { FlowDimension, FlowMeasureAsked } from './flow.type.ts';
import { dimensionColumn, joinsFor } from './flow-dimension.sql.ts';

export interface FlowRow extends Partial<Readonly<Record<FlowDimension, string | null>>> {
  readonly movements: number | null;
  readonly persons_min: number | null;
  readonly persons_max: number | null;
  readonly incidents: number | null;
  readonly independent_origins: number | null;
}

export interface FlowQuestion {
  readonly dimensions: readonly FlowDimension[];
  readonly figures: ReadonlySet<FlowMeasureAsked>;
  readonly having: readonly FlowHaving[];
  readonly orderBy: readonly FlowOrder[];
  readonly cellResolution: number;
  /** null: every group. */
  readonly limit: number | null;
  /** Count only what this staff-time was spent on. */
  readonly effort?: EffortScope;
}

/** Dimensions that a movement may have several of: rows multiply, so movements are made distinct before they are counted. */
const MANY: ReadonlySet<FlowDimension> = new Set([
  'transit_country',
  'crossing_point',
  'crossing_cell',
  'sex',
  'age_band',
]);

const FIGURES: Readonly<Record<Exclude<FlowMeasureAsked, 'detections_per_staff_month'>, string>> = {
  movements: 'count(*)',
  persons: 'sum(f.persons_min) filter (where f.largest)',
  incidents: 'count(distinct f.event_id)',
  independent_origins:
    '(count(distinct f.origin_id) + (case when count(*) > 0 and count(f.origin_id) = 0 then 1 else 0 end))',
};

/** Unless told otherwise, the largest groups come first, by the first of these that was asked for. */
const ORDERING = ['movements', 'incidents', 'persons', 'independent_origins'] as const;

export async function readFlows(
  reader: ViewerReader,
  asked: AskedMovements,
  question: FlowQuestion,
): Promise<readonly FlowRow[]> {
  const parameters = new Parameters();
  const text = flowText(reader, asked, question, parameters);
  return reader.read((connection) => connection.query<FlowRow>(text, parameters.values));
}

function flowText(
  reader: ViewerReader,
  asked: AskedMovements,
  question: FlowQuestion,
  parameters: Parameters,
): string {
  const { dimensions, figures } = question;
  const facts = factsText(reader, asked, question, parameters);
  const movements = byPerson(dimensions) ? 'count(distinct f.row_id)' : FIGURES.movements;
  const selected = [
    ...dimensions.map((dimension) => `f.${dimension}::text as ${dimension}`),
    `${figures.has('movements') ? `${movements}::int` : 'null::int'} as movements`,
    `${figures.has('persons') ? `(${FIGURES.persons})::int` : 'null::int'} as persons_min`,
    `${figures.has('persons') ? 'case when count(f.persons_max) = count(*) then sum(f.persons_max)::int end' : 'null::int'} as persons_max`,
    `${figures.has('incidents') ? `${FIGURES.incidents}::int` : 'null::int'} as incidents`,
    `${figures.has('independent_origins') ? `${FIGURES.independent_origins}::int` : 'null::int'} as independent_origins`,
  ];
  const figure = (name: FlowMeasureAsked): string =>
    name === 'movements' ? movements : FIGURES[name as keyof typeof FIGURES];
  return [
    `select ${selected.join(', ')} from (${facts}) f`,
    ...groupedText(question, figure, [], parameters),
  ].join(' ');
}

/** Codes are ordered by their letters alone, whatever the database's own order is, which may also cost more than all that is counted. */
const CODES: ReadonlySet<FlowDimension> = new Set([
  'origin_country',
  'destination_country',
  'transit_country',
  'mode',
  'purpose',
  'status',
  'exploitation',
]);

function inOrder(dimension: FlowDimension | null | undefined): string {
  return `f.${dimension}${dimension && CODES.has(dimension) ? ' collate "C"' : ''}`;
}

/** Groups of rows `f`: which of them are kept, in which order, and how many. */
export function groupedText(
  { dimensions, figures, having, orderBy, limit }: FlowQuestion,
  figure: (name: FlowMeasureAsked) => string,
  conditions: readonly string[],
  parameters: Parameters,
): readonly string[] {
  const kept = [
    ...conditions,
    ...having.flatMap(({ figure: name, atLeast, atMost }) => [
      ...(atLeast == null ? [] : [`${figure(name)} >= ${parameters.bind(atLeast)}::float8`]),
      ...(atMost == null ? [] : [`${figure(name)} <= ${parameters.bind(atMost)}::float8`]),
    ]),
  ];
  const order = [
    ...orderBy.map(({ figure: name, dimension, direction }) =>
      name
        ? `${figure(name)} ${direction ?? 'desc'}`
        : `${inOrder(dimension)} ${direction ?? 'asc'} nulls last`,
    ),
    ...(orderBy.length === 0
      ? ORDERING.filter((name) => figures.has(name))
          .slice(0, 1)
          .map((name) => `${figure(name)} desc`)
      : []),
    ...dimensions.map((dimension) => `${inOrder(dimension)} nulls last`),
  ];
  return [
    dimensions.length === 0
      ? 'group by ()'
      : `group by ${dimensions.map((dimension) => `f.${dimension}`).join(', ')}`,
    kept.length === 0 ? '' : `having ${kept.join(' and ')}`,
    order.length === 0 ? '' : `order by ${order.join(', ')}`,
    limit === null ? '' : `limit ${limit}`,
  ];
}

/** One row a movement that a group counts (a person of it, where persons are grouped), with the dimensions under their own names. */
export function factsText(
  reader: ViewerReader,
  asked: AskedMovements,
  question: FlowQuestion,
  parameters: Parameters,
  only: readonly string[] = [],
): string {
  const { viewer } = reader;
  const { dimensions, figures } = question;
  const source = movementSource(viewer, asked.search, asked.asKnown, parameters);
  const joins = joinsFor(reader, dimensions, parameters, asked.asKnown);
  const keys = dimensions.map(
    (dimension) => `${dimensionColumn(dimension, question.cellResolution, parameters)} as ${dimension}`,
  );
  // A column that no figure needs is not read: at a million movements each distinct count is a sort of its own.
  const wantsEvents = figures.has('incidents') || figures.has('persons');
  const facts = [
    'r.row_id',
    figures.has('independent_origins') ? 'r.origin_id' : 'null::uuid as origin_id',
    wantsEvents ? 'coalesce(same.event_id, r.incident_id) as event_id' : 'null::uuid as event_id',
    byPerson(dimensions)
      ? '1 as persons_min, 1 as persons_max, m.subject_id'
      : 'r.persons_min, r.persons_max',
  ];
  const distinct = dimensions.some((dimension) => MANY.has(dimension)) ? 'distinct ' : '';
  const conditions = [...source.conditions, ...only];
  if (question.effort)
    conditions.push(worked(viewer, question.effort, dimensions.includes('crossing_point'), parameters));
  const events = wantsEvents ? sameIncidentJoin('r', viewer, parameters, asked.asKnown) : '';
  const inner =
    `select ${distinct}${[...keys, ...facts].join(', ')} from ${source.from} ${joins} ${events} ` +
    `where ${conditions.length === 0 ? 'true' : conditions.join(' and ')}`;
  return figures.has('persons') ? largestMarked(inner, dimensions) : inner;
}

function byPerson(dimensions: readonly FlowDimension[]): boolean {
  return dimensions.includes('sex') || dimensions.includes('age_band');
}

/**
 * Movements of one event may be several reports of one party: of each event in a group only the largest is added to "at least". Where rows
 * are persons, a movement is as large as the persons of it in the group.
 */
function largestMarked(inner: string, dimensions: readonly FlowDimension[]): string {
  const within = (key: string): string =>
    [...dimensions.map((dimension) => `f.${dimension}`), `f.${key}`].join(', ');
  const counted = [...dimensions, 'row_id', 'origin_id', 'event_id', 'persons_max'].map(
    (column) => `f.${column}`,
  );
  const sized = byPerson(dimensions)
    ? `select ${counted.join(', ')}, count(*) over (partition by ${within('row_id')}) as persons_min from (${inner}) f`
    : inner;
  return `select f.*, row_number() over (partition by ${within('event_id')} order by f.persons_min desc) = 1 as largest from (${sized}) f`;
}
