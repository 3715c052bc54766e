/** Grouping movements by way of their rollups: sums of cells, and the few movements that are in none counted beside them. */
import { pairsInBlocks } from '../../access/in-blocks.sql.ts';
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { AskedMovements, MovementSearch } from '../movements/movement-search.service.ts';
import { movementConditions } from '../movements/movement-source.sql.ts';
import type { FlowDimension, FlowMeasureAsked } from './flow.type.ts';
import { type FlowQuestion, type FlowRow, factsText, groupedText } from './flow.view.ts';
import type { RollupChoice } from './rolled-up.ts';

/** Over the union of both parts, whose events are never the same. */
const FIGURES: Readonly<Record<'movements' | 'persons' | 'incidents', string>> = {
  movements: 'sum(f.movements)',
  persons: 'sum(f.persons_min)',
  incidents: 'sum(f.incidents)',
};

const SUMMED = ['movements', 'persons_min', 'persons_max', 'unbounded'] as const;

/** The same rows as `readFlows` gives. Only what `rollupFor` chose a grain for. */
export async function readRolledUp(
  reader: ViewerReader,
  asked: AskedMovements,
  question: FlowQuestion,
  choice: RollupChoice,
): Promise<readonly FlowRow[]> {
  const parameters = new Parameters();
  const { dimensions, figures } = question;
  const figure = (name: FlowMeasureAsked): string => FIGURES[name as keyof typeof FIGURES];
  const shown = (name: FlowMeasureAsked, text: string): string => (figures.has(name) ? text : 'null::int');
  const any = `sum(f.movements) > 0`;
  const cells = cellsText(reader, asked.search, dimensions, choice, parameters);
  const text = [
    cells.named,
    `select ${[
      ...dimensions.map((dimension) => `f.${dimension}::text as ${dimension}`),
      `${shown('movements', 'coalesce(sum(f.movements), 0)::int')} as movements`,
      `${shown('persons', `case when ${any} then sum(f.persons_min)::int end`)} as persons_min`,
      `${shown('persons', `case when ${any} and sum(f.unbounded) = 0 then sum(f.persons_max)::int end`)} as persons_max`,
      `${shown('incidents', 'coalesce(sum(f.incidents), 0)::int')} as incidents`,
      'null::int as independent_origins',
    ].join(', ')}`,
    `from (${[...cells.parts, apartText(reader, asked, question, choice, parameters)].join(' union all ')}) f`,
    // What was added and taken away again is no group.
    ...groupedText(question, figure, dimensions.length === 0 ? [] : [any], parameters),
  ].join(' ');
  return reader.read((connection) => connection.query<FlowRow>(text, parameters.values));
}

/** Parts of a union, and what the statement has to begin with for them. */
function cellsText(
  { viewer }: ViewerReader,
  asked: MovementSearch,
  dimensions: readonly FlowDimension[],
  { grain, from, to }: RollupChoice,
  parameters: Parameters,
): { readonly named: string; readonly parts: readonly string[] } {
  const { occurred: _occurred, ...search } = asked;
  const conditions = [
    `r.grain = '${grain}'`,
    ...movementConditions(viewer, search, { at: null }, parameters),
    ...(from === null && to === null ? [] : ['r.first_month is not null']),
    ...(from === null ? [] : [`r.last_month >= ${parameters.bind(from)}::date`]),
    ...(to === null ? [] : [`r.first_month < ${parameters.bind(to)}::date`]),
  ];
  const columns = dimensions.map((dimension) => (dimension === 'owner' ? 'r.owner_id' : `r.${dimension}`));
  const keys = columns.map((column, at) => `${column} as ${dimensions[at]}`);
  const where = `where ${conditions.join(' and ')}`;
  // Added up before they meet the others: twenty times fewer rows then, and sums of plain integers cost half of what those of sums do.
  const sums = SUMMED.map((figure) => `sum(r.${figure}::int)::int as ${figure}`);
  const summed = (source: string): string =>
    `select ${[...keys, ...sums, 'sum(r.movements)::int as incidents'].join(', ')} from ${source} r ${where} ` +
    `group by ${columns.length === 0 ? '()' : columns.join(', ')}`;
  // Blocks know no owners, and who sees one class whole reads none.
  const byOwner = dimensions.includes('owner') || Boolean(search.ownerIds);
  if (grain !== 'pair' || byOwner || viewer.fullClasses.length < 2)
    return { named: '', parts: [summed(projected('flow_rollup', viewer, parameters))] };
  const { named, blocks, others } = pairsInBlocks(viewer, parameters);
  const figures = SUMMED.map((figure) => `r.${figure}::int as ${figure}`);
  return {
    named,
    parts: [
      `select ${[...keys, ...figures, 'r.movements as incidents'].join(', ')} from ${blocks} r ${where}`,
      ...others.map(summed),
    ],
  };
}

/** Movements that no rollup of the grain holds, grouped from their own rows. */
function apartText(
  reader: ViewerReader,
  asked: AskedMovements,
  question: FlowQuestion,
  { timed }: RollupChoice,
  parameters: Parameters,
): string {
  const { dimensions } = question;
  const apart = projected('movement_apart', reader.viewer, parameters);
  const facts = factsText(
    reader,
    asked,
    { ...question, figures: new Set(['movements', 'incidents', 'persons'] as const) },
    parameters,
    [`r.id in (select a.movement_id from ${apart} a${timed ? '' : ' where a.shared'})`],
  );
  const keys = dimensions.map((dimension) => `f.${dimension}`);
  return `select ${[
    ...keys,
    'count(*)::int as movements',
    '(sum(f.persons_min) filter (where f.largest))::int as persons_min',
    'sum(coalesce(f.persons_max, 0))::int as persons_max',
    '(count(*) - count(f.persons_max))::int as unbounded',
    'count(distinct f.event_id)::int as incidents',
  ].join(', ')} from (${facts}) f ${keys.length === 0 ? 'group by ()' : `group by ${keys.join(', ')}`}`;
}
