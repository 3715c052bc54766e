/** Change alarms from what the database handed over, in one piece of pure work that a background thread can do. */
import type { BackgroundWork, Tell } from '../../platform/background.ts';
import type { FamilySettings } from './alarm-family.ts';
import { type Alarm, deriveAlarms, isEnough } from './derive-alarms.ts';
import { type FalseAlarms, measureFalseAlarms } from './false-alarms.ts';
import { readSeries, type SeriesBlock, type StaffMonth, tooFew } from './monthly-series.ts';

export interface ChangeTask {
  readonly blocks: readonly SeriesBlock[];
  readonly staff: readonly StaffMonth[];
  readonly firstMonth: number;
  readonly months: number;
  readonly settings: Omit<FamilySettings, 'replications' | 'stopAfter'>;
  readonly worlds: number;
}

export interface ChangeWork {
  /** Of these all tests are one family; null where there were too many. */
  readonly alarms: readonly Alarm[];
  readonly explained: readonly Alarm[];
  readonly tested: number;
  /** Series with too little to be tested. */
  readonly untested: number;
  readonly falseAlarms: FalseAlarms | null;
  /** Set where there are more series than the method can test. */
  readonly tooMany: { readonly found: number; readonly most: number } | null;
}

export const CHANGE_WORK: BackgroundWork<ChangeTask, ChangeWork> = {
  module: new URL(import.meta.url),
  work,
};

/** CUSUM's p values are drawn, and must be able to fall below alpha over the number of series. */
const MOST_SERIES = { farrington: 3_000, C1: 3_000, C2: 3_000, C3: 3_000, cusum: 400 } as const;
/** So many draws as high as the counts end them: the p value is large, and known well enough. */
const STOP_AFTER = 20;

export function work(
  { blocks, staff, firstMonth, months, settings, worlds }: ChangeTask,
  tell?: Tell,
): ChangeWork {
  const all = readSeries(blocks, staff, firstMonth, months);
  const series = all.filter(isEnough);
  const untested = tooFew(blocks) + all.length - series.length;
  const most = MOST_SERIES[settings.method];
  const nothing = { alarms: [], explained: [], tested: 0, untested, falseAlarms: null, tooMany: null };
  if (series.length > most) return { ...nothing, tooMany: { found: series.length, most } };
  if (series.length === 0) return nothing;
  const step = months - 1;
  const family = {
    ...settings,
    // Two sides, and twice as fine as the lowest rank of the family.
    replications: Math.max(999, Math.ceil((4 * series.length) / settings.alpha) - 1),
    stopAfter: STOP_AFTER,
  };
  const { alarms, explained, tested, members } = deriveAlarms(series, step, family);
  const falseAlarms = measureFalseAlarms(members, step, family, worlds, tell);
  return {
    alarms,
    explained,
    tested,
    untested: untested + series.length - tested,
    falseAlarms,
    tooMany: null,
  };
}
