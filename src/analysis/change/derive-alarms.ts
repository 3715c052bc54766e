/** From series to alarms: who changed this month, since when, from which level to which, and whether it may be the watching. */
import { pelt, peltPenalty, poissonCost } from '../methods/pelt.ts';
import {
  type FamilyMember,
  type FamilySettings,
  membersOf,
  testFamily,
  type Verdict,
} from './alarm-family.ts';
import { STEPS_BEFORE } from './judge-month.ts';
import { type MonthlySeries, total } from './monthly-series.ts';

/** Under these no rate is given, and no change is called: too little to answer with. */
export const LEAST_INCIDENTS = 10;
export const LEAST_ORIGINS = 3;
/** Runs of alarms are followed back so many months. */
export const LONGEST_RUN = 12;
/** Staff-time that differs by more than this from the year before has changed much. */
const MUCH = 0.25;
/** So much of a series found at a place whose watching began or ended: a station opened or closed. */
const TURNED_SHARE = 0.1;
const YEAR = 12;

/**
 * 'steady': staff-time that is seen changed little. 'possibly watching': it changed much, or a station opened or closed. 'not known': no staff-time is seen that found
 * most of these incidents.
 */
export const WATCHINGS = ['steady', 'possibly watching', 'not known'] as const;
export type Watching = (typeof WATCHINGS)[number];

export interface Alarm {
  readonly series: MonthlySeries;
  readonly verdict: Verdict;
  readonly direction: -1 | 1;
  /** The first step of the run of alarms that ends with the tested one. */
  readonly since: number;
  readonly changePoint: ChangePoint | null;
  readonly watching: Watching;
  /** Effort in the run over that of the year before it; null where it is not known or there was none. */
  readonly effortRatio: number | null;
}

export interface ChangePoint {
  /** The first step of the new level. */
  readonly step: number;
  /** Incidents a month, at the mean staff-time where it is known. */
  readonly before: number;
  readonly after: number;
}

export interface Alarms {
  /** Changes of flow: the least likely first. */
  readonly alarms: readonly Alarm[];
  /** Counts that changed, and no more than the staff-time that found them. */
  readonly explained: readonly Alarm[];
  readonly tested: number;
  readonly members: readonly FamilyMember[];
}

/** Whether a series has enough to be tested; chosen by all its months together, so that the choice does not favour a high last one. */
export function isEnough({ counts, origins }: MonthlySeries): boolean {
  return total(counts) >= LEAST_INCIDENTS && origins >= LEAST_ORIGINS;
}

/** `step`: the tested one, the last of the series. All series given are tested: those that are not `isEnough` are left out before. */
export function deriveAlarms(
  series: readonly MonthlySeries[],
  step: number,
  settings: FamilySettings,
): Alarms {
  const members = membersOf(series, step, 'staff-time');
  const verdicts = testFamily(members, step, settings);
  const since = runsOf(series, verdicts, step, settings);
  const alarmOf = (i: number, verdict: Verdict, begun: number, watching: Watching | null): Alarm => {
    const own = watchingOf(series[i]!, begun, step);
    return {
      series: series[i]!,
      verdict,
      direction: verdict.direction as -1 | 1,
      since: begun,
      changePoint: changePointOf(members[i]!, step),
      watching: watching ?? own.watching,
      effortRatio: own.ratio,
    };
  };
  const alarms = verdicts.flatMap((verdict, i) =>
    verdict === null || verdict.direction === 0 ? [] : [alarmOf(i, verdict, since.get(i) ?? step, null)],
  );
  return {
    alarms: alarms.sort(byImportance),
    explained: explainedBy(series, verdicts, step, settings).map(({ i, verdict }) =>
      alarmOf(i, verdict, verdict.judgement.since ?? step, 'possibly watching'),
    ),
    tested: verdicts.filter((verdict) => verdict !== null).length,
    members,
  };
}

/** Alarms of the counts alone that staff-time takes back, having changed much the same way, or ended. */
function explainedBy(
  series: readonly MonthlySeries[],
  verdicts: readonly (Verdict | null)[],
  step: number,
  settings: FamilySettings,
): readonly { readonly i: number; readonly verdict: Verdict }[] {
  if (series.every(({ watched }) => watched === null)) return [];
  return testFamily(membersOf(series, step, 'counts'), step, settings)
    .flatMap((verdict, i) => {
      if (verdict === null || verdict.direction === 0 || (verdicts[i]?.direction ?? 0) !== 0) return [];
      const { watching, ratio } = watchingOf(series[i]!, step, step);
      const isSameWay = ratio === null || verdict.direction * (ratio - 1) > 0;
      return watching === 'possibly watching' && isSameWay ? [{ i, verdict }] : [];
    })
    .sort((a, b) => a.verdict.p - b.verdict.p || a.i - b.i);
}

/** By number of series, the first step of its run. Earlier months are tested as this one is, with what lay before them. */
function runsOf(
  series: readonly MonthlySeries[],
  verdicts: readonly (Verdict | null)[],
  step: number,
  settings: FamilySettings,
): ReadonlyMap<number, number> {
  const runs = new Map<number, number>();
  let going = verdicts.flatMap((verdict, i) =>
    verdict !== null && verdict.direction !== 0 ? [{ i, direction: verdict.direction }] : [],
  );
  for (const { i } of going) runs.set(i, verdicts[i]!.judgement.since ?? step);
  if (settings.method === 'cusum') return runs;
  for (let at = step - 1; at > step - LONGEST_RUN && at >= STEPS_BEFORE[settings.method]; at -= 1) {
    if (going.length === 0) break;
    const earlier = testFamily(membersOf(series, at, 'staff-time'), at, settings);
    going = going.filter(({ i, direction }) => earlier[i]?.direction === direction);
    for (const { i } of going) runs.set(i, at);
  }
  return runs;
}

/** Of the steps `since` … `step`, against the year before them. */
export function watchingOf(
  { watched }: Pick<MonthlySeries, 'watched'>,
  since: number,
  step: number,
): { readonly watching: Watching; readonly ratio: number | null } {
  if (watched === null) return { watching: 'not known', ratio: null };
  const mean = (from: number, to: number): number => total(watched.effort.slice(from, to)) / (to - from);
  const before = mean(Math.max(0, since - YEAR), since);
  // Shares of twelve do not add up to the last digit.
  const ratio = before > 0 ? Math.round((1e6 * mean(since, step + 1)) / before) / 1e6 : null;
  const turned = watched.turned.slice(since, step + 1).some((share) => share >= TURNED_SHARE);
  const isMuch = ratio === null || Math.abs(ratio - 1) > MUCH;
  return { watching: isMuch || turned ? 'possibly watching' : 'steady', ratio };
}

/** Of the series up to the tested step; null where it never surely changed its level. Counts that vary more must change more. */
function changePointOf({ watch, dispersion }: FamilyMember, step: number): ChangePoint | null {
  const steps = step + 1;
  const counts = watch.counts.slice(0, steps);
  const mean = total(watch.effort.slice(0, steps)) / steps;
  const effort = watch.effort.slice(0, steps).map((value) => Math.max(value, 1e-6 * mean));
  const cost = poissonCost(counts, effort);
  const breaks = pelt(steps, (from, to) => cost(from, to) / dispersion, peltPenalty(steps));
  const last = breaks.at(-1);
  if (last === undefined) return null;
  const level = (from: number, to: number): number =>
    (total(counts.slice(from, to)) / total(effort.slice(from, to))) * mean;
  return { step: last, before: level(breaks.at(-2) ?? 0, last), after: level(last, steps) };
}

function byImportance(a: Alarm, b: Alarm): number {
  return (
    a.verdict.p - b.verdict.p ||
    b.verdict.judgement.observed - a.verdict.judgement.observed ||
    (a.series.kind + a.series.key < b.series.kind + b.series.key ? -1 : 1)
  );
}
