/** How often the same test alarms where nothing changed: the tested series redrawn at their own levels, again and again. */
import { countQuantile } from '../../geo/count-tails.ts';
import { poissonInterval } from '../../geo/poisson-interval.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import type { Tell } from '../../platform/background.ts';
import { throwEvents, wheelOf } from '../methods/redraw.ts';
import { dispersionsOf, type FamilyMember, type FamilySettings, testFamily } from './alarm-family.ts';
import type { ChangeMethod } from './judge-month.ts';
import { total } from './monthly-series.ts';

export interface FalseAlarms {
  readonly worlds: number;
  readonly worldsWithAnAlarm: number;
  /** Share of the worlds, with an exact interval of 95 %. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** Alarms in a month in which nothing changed. */
  readonly expectedAlarms: number;
}

/** Months judged in all: some ten seconds of any method. */
const MOST_JUDGED: Readonly<Record<ChangeMethod, number>> = {
  farrington: 30_000,
  C1: 200_000,
  C2: 200_000,
  C3: 200_000,
  cusum: 4_000,
};
const LEAST_WORLDS = 20;
/** CUSUM's own draws in a world end here: a p value near a bound needs no more digits to be held against it. */
const STOP_AFTER = 5;

/**
 * Null without series. Each world draws every month of every series at the mean of the months before the tested one, in proportion to staff-time where that is known, as
 * Poisson has it or with the series' own dispersion; for CUSUM, which asks when the same incidents came, they are thrown again. Worlds have one level throughout: no
 * season, and no start of reporting. Series are drawn apart, though some hold the same incidents.
 */
export function measureFalseAlarms(
  members: readonly FamilyMember[],
  step: number,
  settings: FamilySettings,
  mostWorlds: number,
  tell?: Tell,
): FalseAlarms | null {
  if (members.length === 0) return null;
  const affordable = Math.floor(MOST_JUDGED[settings.method] / members.length);
  const worlds = Math.min(mostWorlds, Math.max(LEAST_WORLDS, affordable));
  const random = seededRandom(settings.seed ^ 0x6e756c6c);
  const redraws = members.map((member) =>
    settings.method === 'cusum' ? thrownAgain(member, step, random) : drawnAgain(member, step, random),
  );
  let withAny = 0;
  let alarms = 0;
  for (let world = 0; world < worlds; world += 1) {
    const watches = members.map(({ watch }, i) => ({ counts: redraws[i]!(), effort: watch.effort }));
    // Nobody knows how much a world's counts vary but by its counts, as in the true one.
    const dispersions = dispersionsOf(watches, step);
    const drawn = members.map(({ name }, i) => ({
      name,
      dispersion: dispersions[i]!,
      watch: watches[i]!,
    }));
    const own = {
      ...settings,
      stopAfter: Math.min(settings.stopAfter, STOP_AFTER),
      seed: random.int(2 ** 31),
    };
    const called = testFamily(drawn, step, own).filter((verdict) => (verdict?.direction ?? 0) !== 0).length;
    alarms += called;
    if (called > 0) withAny += 1;
    tell?.((world + 1) / worlds);
  }
  const { low, high } = poissonInterval(withAny, 0.95);
  return {
    worlds,
    worldsWithAnAlarm: withAny,
    share: withAny / worlds,
    low: low / worlds,
    high: Math.min(1, high / worlds),
    expectedAlarms: alarms / worlds,
  };
}

function drawnAgain({ watch, dispersion }: FamilyMember, step: number, random: Random): () => number[] {
  const { counts, effort } = watch;
  const rate = total(counts.slice(0, step)) / total(effort.slice(0, step));
  return () =>
    effort.map((watched) =>
      // A hair above 0, which is no probability of any count.
      countQuantile(
        random.next() * (1 - 2e-9) + 1e-9,
        (Number.isFinite(rate) ? rate : 0) * watched,
        dispersion,
      ),
    );
}

/** In clumps as large as the dispersion: as many as there were. */
function thrownAgain({ watch, dispersion }: FamilyMember, step: number, random: Random): () => number[] {
  const effort = watch.effort.slice(0, step + 1);
  const events = Math.round(total(watch.counts.slice(0, step + 1)) / dispersion);
  const wheel = wheelOf(effort);
  const thrown = new Float64Array(effort.length);
  return () => {
    throwEvents(random, events, wheel, thrown);
    return Array.from(thrown, (clumps) => clumps * dispersion);
  };
}
