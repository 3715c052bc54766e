/** Alarms as they are shown: named, dated, against staff-time, and with what their like amounts to by chance. */
import type { ViewerReader } from '../../access/reader.ts';
import { detectionRate, withoutRate } from '../../records/flows/detection-rate.ts';
import { obstacleToRate } from '../../records/flows/staff-time.ts';
import type { MovementSearch } from '../../records/movements/movement-search.service.ts';
import type { Refusal } from '../derivation.ts';
import { refusalOf } from '../derived.type.ts';
import { monthName } from '../month-number.ts';
import { scopedId } from '../scoped-id.ts';
import {
  type ChangeAlert,
  ChangeAlertAnswer,
  type ChangeEffort,
  type FalseAlarmRate,
} from './change.type.ts';
import type { MonthTotals } from './change.view.ts';
import type { ChangeWork } from './change-work.ts';
import type { Alarm } from './derive-alarms.ts';
import type { AlarmWithEvidence } from './gather-evidence.service.ts';
import { total } from './monthly-series.ts';
import type { NamedSeries } from './series-names.service.ts';

export const CHANGE_ALERTS = { method: 'farrington-ears-cusum/benjamini-hochberg/pelt', version: 2 } as const;

const YEAR = 12;

export interface SharedParts {
  readonly reader: ViewerReader;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly totals: MonthTotals;
  readonly unknowns: readonly string[];
}

export function emptyChanges(shared: SharedParts, refusal: Refusal): ChangeAlertAnswer {
  return Object.assign(new ChangeAlertAnswer(), {
    ...sharedOf(shared),
    refusal: refusalOf(refusal),
    alerts: [],
    explainedByWatching: [],
    tested: 0,
    notEnoughData: 0,
    falseAlarmRate: null,
  });
}

export interface FoundChanges {
  readonly found: ChangeWork;
  /** Alerts, and those that the watching explains. */
  readonly evidence: readonly (readonly AlarmWithEvidence[])[];
  /** Of every alarm and what it is also seen as, in order. */
  readonly names: readonly NamedSeries[];
  readonly firstMonth: number;
  readonly tested: number;
  readonly most: number;
  readonly search: MovementSearch;
}

export function showChanges(shared: SharedParts, changes: FoundChanges): ChangeAlertAnswer {
  const { found, evidence, names, most } = changes;
  let at = 0;
  const [alerts = [], explained = []] = evidence.map((list) =>
    list.map((one) => {
      const [own, ...also] = names.slice(at, at + 1 + one.also.length);
      at += 1 + one.also.length;
      return alertOf(shared.reader, one, own!, also, changes);
    }),
  );
  return Object.assign(new ChangeAlertAnswer(), {
    ...sharedOf(shared),
    refusal: null,
    alerts: alerts.slice(0, most),
    explainedByWatching: explained.slice(0, most),
    tested: found.tested,
    notEnoughData: found.untested,
    falseAlarmRate: falseAlarmRateOf(found, String(shared.parameters.method)),
  });
}

function sharedOf({ parameters, totals, unknowns }: SharedParts) {
  const { records, incidents, owners, first, last } = totals;
  return {
    ...CHANGE_ALERTS,
    parameters,
    unknowns,
    counts: { records, incidents, owners },
    dataWindow: first === null || last === null ? null : { first, last },
  };
}

function alertOf(
  { viewer }: ViewerReader,
  { alarm, incidentIds }: AlarmWithEvidence,
  { geometry, ...series }: NamedSeries,
  also: readonly NamedSeries[],
  { firstMonth, tested, search }: FoundChanges,
): ChangeAlert {
  const { verdict, direction, since, changePoint, watching } = alarm;
  const { judgement, p, q } = verdict;
  const month = (step: number): string => monthName(firstMonth + step);
  return {
    id: scopedId(viewer, 'change-alert', [series.kind, alarm.series.key, direction, month(since)].join('\n')),
    series,
    month: monthName(tested),
    direction,
    observed: judgement.observed,
    expected: judgement.expected,
    bound: direction > 0 ? judgement.high : judgement.low,
    score: judgement.score,
    p,
    q,
    since: month(since),
    changePoint: changePoint && {
      month: month(changePoint.step),
      before: changePoint.before,
      after: changePoint.after,
    },
    watching,
    effort: effortOf(alarm, search),
    months: alarm.series.counts.map((incidents, step) => ({ month: month(step), incidents })),
    alsoSeenAs: also.map(({ geometry: _drawn, ...other }) => other),
    geometry,
    allIncidentIds: incidentIds,
  };
}

function effortOf({ series, since, effortRatio }: Alarm, search: MovementSearch): ChangeEffort | null {
  const { watched, origins } = series;
  if (watched === null) return null;
  const obstacle = obstacleToRate({ ...search });
  const rate = (from: number, to?: number) =>
    obstacle === null
      ? detectionRate(
          { incidents: total(watched.counts.slice(from, to)), independentOrigins: origins },
          total(watched.staffMonths.slice(from, to)),
        )
      : withoutRate('NOT_AVAILABLE', obstacle);
  return { before: rate(Math.max(0, since - YEAR), since), after: rate(since), ratio: effortRatio };
}

function falseAlarmRateOf({ falseAlarms }: ChangeWork, method: string): FalseAlarmRate | null {
  if (falseAlarms === null) return null;
  const { worldsWithAnAlarm: _counted, ...rate } = falseAlarms;
  const drawn =
    method === 'cusum'
      ? 'the incidents of each tested series thrown again over its months'
      : 'each tested series drawn again, month by month, at the mean of its months before the tested one';
  return {
    ...rate,
    how: `In ${rate.worlds} worlds, ${drawn}, in proportion to staff-time where that is known and as scattered as the series were; each world was tested as this month was, by what its own months show of their scatter. Worlds have one level throughout: no season, and no start of reporting. Series are drawn apart, though some hold the same incidents.`,
  };
}
