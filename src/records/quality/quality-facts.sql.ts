/** SQL for what quality is counted from: one line a report, incident, place or imported row, each beside its group. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ProjectedTable } from '../../access/projected-columns.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import { oneOfCondition, overlapCondition } from '../../graphql/filter-conditions.sql.ts';
import type { TimeSpanInput } from '../../graphql/filters.input.ts';
import { isSettled } from '../../intake/imports/mended.sql.ts';
import type { Parameters } from '../../platform/parameters.ts';
import { isImprecise } from '../how-known/movement-evidence.sql.ts';
import type { QualityDimension } from './quality.type.ts';

export interface QualitySearch {
  readonly ownerIds?: readonly string[];
  readonly kinds?: readonly string[];
  readonly dated?: TimeSpanInput;
}

export type QualityPart = 'incident' | 'place' | 'row';

/** What a line says: two lags in days and three tests; which, depends on its part. */
const SAID = ['lag', 'further_lag', 'first', 'second', 'third'] as const;
const TYPES: Readonly<Record<(typeof SAID)[number], string>> = {
  lag: 'float8',
  further_lag: 'float8',
  first: 'boolean',
  second: 'boolean',
  third: 'boolean',
};

/** A time known to no month is no time to measure days from. */
const LONGEST_SPAN = `interval '32 days'`;

/** A parenthesised `from` item: `part`, the dimensions, and what is said. */
export function qualityFacts(
  viewer: Viewer,
  dimensions: readonly QualityDimension[],
  parts: ReadonlySet<QualityPart>,
  search: QualitySearch,
  corroborated: readonly string[],
  asKnown: AsKnown,
  parameters: Parameters,
): string {
  const own = `${parameters.bind(viewer.organisationId)}::uuid`;
  const table = (name: ProjectedTable): string => projected(name, viewer, parameters, asKnown);
  const line = (part: string, keys: (dimension: QualityDimension) => string, said: Said): string =>
    [
      `'${part}' as part`,
      ...dimensions.map((dimension) => `${keys(dimension)} as ${dimension}`),
      ...SAID.map((name) => `(${said[name] ?? 'null'})::${TYPES[name]} as ${name}`),
    ].join(', ');
  const ofReport = (dimension: QualityDimension): string => `t.${dimension}`;
  const told =
    `select r.id, r.reliability, r.credibility, r.recorded_at, r.redacted, ${span('r.observed')} as observed, ${span('r.reported')} as reported` +
    dimensions.map((dimension) => `, ${keyOf(dimension)} as ${dimension}`).join('') +
    ` from ${table('report')} r` +
    // Where staff stand is their organisation's own, whatever else of a report it shares.
    (dimensions.includes('station')
      ? ` left join ${table('station')} s on s.id = r.station_id and s.owner_id = ${own}`
      : '') +
    ` where ${conditions(search, parameters).join(' and ')}`;
  const lines = [
    `select ${line('report', ofReport, {
      lag: days('t.reported', 't.observed'),
      further_lag: `case when not t.redacted then ${days(seconds('t.recorded_at'), 't.reported')} end`,
      first: `t.reliability = 'F' and t.credibility = 6`,
    })} from told t`,
  ];
  if (parts.has('incident'))
    lines.push(
      `select ${line('incident', ofReport, {
        lag: `case when not t.redacted and not i.redacted then ${days(seconds('t.recorded_at'), span('i.occurred'))} end`,
        first: `i.verification = 'unverified'`,
        second: `i.id <> all(${parameters.bind(corroborated)}::uuid[])`,
        third: `i.verification = 'should_not_count'`,
      })} from told t join ${table('incident')} i on i.report_id = t.id`,
    );
  if (parts.has('place')) {
    const place = (alias: string): string =>
      `select ${line('place', ofReport, {
        first: isImprecise(alias),
        second: `${alias}.cell is null and ${alias}.country is not null`,
        third: `p.resolution <> 'resolved'`,
      })} from told t`;
    const reference = (alias: string): string =>
      `left join ${table('place_reference')} p on p.id = ${alias}.place_reference_id`;
    lines.push(
      `${place('i')} join ${table('incident')} i on i.report_id = t.id ${reference('i')}`,
      `${place('w')} join ${table('movement')} m on m.report_id = t.id ` +
        `join ${table('waypoint')} w on w.movement_id = m.row_id ${reference('w')}`,
    );
  }
  if (parts.has('row')) {
    const again = isSettled(
      {
        row: 'o',
        batch: 'b',
        rows: table('import_row'),
        batches: table('import_batch'),
        settled: table('settled_row'),
        standing: standing('later', asKnown, parameters),
      },
      asKnown.at === null
        ? undefined
        : `s.settled_at <= ${parameters.bind(asKnown.at.toISOString())}::timestamptz`,
    );
    lines.push(
      `select ${line('row', () => 'o.owner_id', { first: `coalesce(o.outcome, '') = 'quarantined' and not ${again}` })} ` +
        `from ${table('import_row')} o join ${table('import_batch')} b on b.id = o.batch_id and ${standing('b', asKnown, parameters)} ` +
        `where o.owner_id = ${own}`,
    );
  }
  return `(with told as materialized (${told}) ${lines.join(' union all ')})`;
}

/** An import's rows are known once it is finished; what it wrote is in no past either once it is undone, and so are its rows. */
function standing(batch: string, { at }: AsKnown, parameters: Parameters): string {
  const finished =
    at === null ? '' : ` and ${batch}.finished_at <= ${parameters.bind(at.toISOString())}::timestamptz`;
  return `${batch}.undone_at is null${finished}`;
}

type Said = Partial<Readonly<Record<(typeof SAID)[number], string>>>;

function conditions(search: QualitySearch, parameters: Parameters): readonly string[] {
  const all = ['r.retracted_at is null'];
  if (search.ownerIds) all.push(`r.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`);
  if (search.kinds) all.push(oneOfCondition('r.kind', search.kinds, parameters));
  if (search.dated) all.push(overlapCondition(DATED.from, DATED.to, search.dated, parameters));
  return all;
}

/** The date a report bears: when it was reported or, where nobody says, observed. */
const dated = (end: string): string =>
  `(case when r.reported_from is null then r.observed_${end} else r.reported_${end} end)`;
const DATED = { from: dated('from'), to: dated('to') };
const ZONE = `coalesce(case when r.reported_from is null then r.observed_zone else r.reported_zone end, 'UTC')`;

function keyOf(dimension: QualityDimension): string {
  switch (dimension) {
    case 'owner':
      return 'r.owner_id';
    case 'station':
      return 's.id';
    case 'kind':
      return 'r.kind';
    case 'month':
    case 'quarter':
    case 'year':
      return periodOf(dimension);
  }
}

/** In which the whole span lies; a report of a year is in no month. */
function periodOf(unit: 'month' | 'quarter' | 'year'): string {
  const start = (edge: string): string => `date_trunc('${unit}', (${edge}) at time zone ${ZONE})`;
  const first = start(DATED.from);
  return `case when ${first} = ${start(`${DATED.to} - interval '1 microsecond'`)} then ${first}::date end`;
}

/** Seconds since 1970 in the middle of a span; null where it is too long to tell. */
function span(stem: string): string {
  const middle = `(${seconds(`${stem}_from`)} + ${seconds(`${stem}_to`)}) / 2`;
  return `(case when ${stem}_to - ${stem}_from <= ${LONGEST_SPAN} then ${middle} end)`;
}

function seconds(moment: string): string {
  return `extract(epoch from ${moment})::float8`;
}

function days(later: string, earlier: string): string {
  return `(${later} - ${earlier}) / 86400`;
}
