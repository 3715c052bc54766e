/** The rows of one record are put together: what they repeat must agree, what each adds is gathered. */
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import type { IndicatorDraft, RecordDraft } from '../reports/report-draft.ts';
import { joinMovement, spanOfTimes } from './join-movement.ts';
import type { Interval } from './numbers.ts';
import type { ImportProfile } from './profile.ts';
import type { RecordFacts, ReportFacts, RowFacts, SharedFacts } from './row-facts.ts';

export interface Composed {
  readonly record: RecordDraft;
  /** What was left out of it, and why. */
  readonly notes: readonly Reason[];
}

/**
 * Refuses rows that share an id and differ in what each row of a report repeats (its date, its station, …): which of them is right is for
 * a person to say. Persons are an interval where the stated number and the persons read differ.
 */
export function compose(profile: ImportProfile, facts: readonly RowFacts[]): Outcome<Composed> {
  const [first, ...others] = facts;
  if (first === undefined) return refuse({ where: 'record', found: 'no row', wanted: 'one row at least' });
  if (first.type === 'record') {
    if (others.length === 0) return accept({ record: first.record, notes: first.notes });
    const differs = others.find((other) => other.type !== 'record' || !sameFigures(first, other));
    if (differs === undefined) return accept({ record: first.record, notes: first.notes });
    return refuse({
      where: `lines ${first.line} and ${differs.line}`,
      found: `one ${WHAT_OF[profile.target]}, and two answers`,
      wanted: `one row for each ${WHAT_OF[profile.target]}`,
    });
  }
  const rows = facts.filter((each) => each.type === 'report');
  const reasons = others.flatMap((other) => (other.type === 'report' ? differences(first, other) : []));
  if (reasons.length > 0) return refuse(...reasons);
  const { shared } = first;
  const { stated, movement, incident, ...repeated } = shared;
  const events = profile.target === 'report' && profile.report.rows === 'events';
  const all = rows.flatMap(({ person }) => person ?? []);
  const persons = events ? distinct(all) : all;
  if (events && persons.length > 1)
    return refuse({
      where: `lines ${rows.map(({ line }) => line).join(', ')}`,
      found: 'one id and two answers for the person',
      wanted: 'rows of one report that agree',
    });
  const countsRows = profile.target === 'report' && profile.report.incident.persons.rows === true;
  const interval = spanOf(stated, countsRows && persons.length > 0 ? persons.length : null);
  const notes = [...new Set(rows.flatMap((row) => row.caseNotes))];
  const [collector, ...more] = new Set(rows.flatMap((row) => row.collector ?? []));
  const joined = joinMovement(profile, movement, rows);
  if (!joined.accepted) return joined;
  const entities = rows.flatMap((row) => row.entities);
  const occurred =
    incident.occurred ?? (events ? spanOfTimes(joined.value?.waypoints ?? []) : incident.occurred);
  return accept({
    record: {
      type: 'report',
      ...repeated,
      incident: { ...incident, occurred, personsMin: interval.min, personsMax: interval.max },
      movement: joined.value,
      persons,
      entities: events ? distinct(entities) : entities,
      indicators: joinIndicators(rows),
      ...(collector === undefined || more.length > 0 ? {} : { collector }),
      caseNotes: notes.length === 0 ? null : notes.join('\n'),
    },
    notes: rows.flatMap((row) => row.notes),
  });
}

/** One row of a station-month may say where the station stands and another not: what is counted must agree. */
function sameFigures({ record: a }: RecordFacts, { record: b }: RecordFacts): boolean {
  if (a.type === 'effort' && b.type === 'effort')
    return a.staff === b.staff && a.workFraction === b.workFraction;
  if (a.type === 'weight' && b.type === 'weight') return a.points === b.points;
  if (a.type !== 'statistics' || b.type !== 'statistics') return false;
  return COUNTED.every((name) => a[name] === b[name]);
}

const WHAT_OF: Readonly<Record<ImportProfile['target'], string>> = {
  report: 'report',
  flow: 'flow',
  effort: 'station and month',
  statistics: 'station and month',
  interdiction: 'interdiction',
  weight: 'red flag and day',
};

const COUNTED = ['intercepts', 'evidence', 'highRisk', 'invalid', 'arrests'] as const;

function differences(first: ReportFacts, other: ReportFacts): Reason[] {
  const where = `lines ${first.line} and ${other.line}`;
  const fields = (shared: SharedFacts): [string, unknown][] => [
    ...Object.entries(shared).filter(([name]) => name !== 'incident'),
    ...Object.entries(shared.incident).map(([name, value]): [string, unknown] => [`incident.${name}`, value]),
  ];
  const theirs = new Map(fields(other.shared));
  return fields(first.shared)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(theirs.get(name)))
    .map(([name]) => ({
      where,
      found: `one id and two answers for ${name}`,
      wanted: 'rows of one report that agree',
    }));
}

/** Nothing known is "none or more", never "one". */
function spanOf(stated: Interval | null, counted: number | null): Interval {
  if (counted === null) return stated ?? { min: 0, max: null };
  if (stated === null) return { min: counted, max: counted };
  return {
    min: Math.min(stated.min, counted),
    max: stated.max === null ? null : Math.max(stated.max, counted),
  };
}

function joinIndicators(rows: readonly ReportFacts[]): readonly IndicatorDraft[] {
  return distinct(rows.flatMap((row) => row.indicators));
}

function distinct<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}
