/** What changed along borders between two periods, and which of it chance does not make: the periods dealt again among whole incidents. */
import { type Random, seededRandom } from '../../../kernel/random.ts';
import { shuffle } from '../../methods/redraw.ts';
import type { CrossingClusterParameters } from '../crossing-grouping.ts';
import { type Transition, transitionsOf } from './cluster-transitions.ts';
import { groupIncidents, type IncidentPlaces } from './incident-places.ts';
import type { NearbyPlaces } from './nearby-places.ts';
import {
  countStrength,
  PeriodTally,
  type PeriodTotals,
  shiftOf,
  type TwoPeriods,
} from './transition-strength.ts';

export interface BorderPeriods {
  readonly places: IncidentPlaces;
  readonly nearby: NearbyPlaces;
  /** By incident: 0 before, 1 after, −1 neither. */
  readonly periods: Int8Array;
}

export interface BorderChange extends Transition {
  /** Which of the borders given. */
  readonly border: number;
  /** Of a transition as strong anywhere on these borders, where nothing changed along them. */
  readonly p: number;
  /** Between the middles of a cluster that was kept; null else. */
  readonly movedKm: number | null;
}

export interface BorderChanges {
  readonly changes: readonly BorderChange[];
  /** By border. */
  readonly periods: readonly TwoPeriods[];
}

/**
 * All transitions on these borders between the two periods. Each p is family-wise: among so many worlds of the same incidents, the numbers of each period on each
 * border kept, in how many anything at all is as strong. Counts and shifts are told apart, and each p is doubled for it. Ascending in border, as transitions come.
 */
export function borderChanges(
  borders: readonly BorderPeriods[],
  parameters: CrossingClusterParameters,
  { seed, replications }: { readonly seed: number; readonly replications: number },
  tell?: (share: number) => void,
): BorderChanges {
  const tallies = borders.map(({ places }) => new PeriodTally(places.numbers.length));
  const found = borders.map((border, number) => judge(border, border.periods, parameters, tallies[number]!));
  const reached = { counts: new Float64Array(replications), shifts: new Float64Array(replications) };
  const random = seededRandom(seed);
  const taking = borders.map(({ periods }) => takingPart(periods));
  for (let world = 0; world < replications; world += 1) {
    tell?.(world / replications);
    for (const [number, border] of borders.entries()) {
      const { strengths } = judge(
        border,
        dealtAgain(taking[number]!, border.periods.length, random),
        parameters,
        tallies[number]!,
      );
      for (const { counts, shift } of strengths) {
        reached.counts[world] = Math.max(reached.counts[world]!, counts);
        reached.shifts[world] = Math.max(reached.shifts[world]!, shift.strength);
      }
    }
  }
  return {
    periods: found.map(({ two }) => two),
    changes: found.flatMap(({ strengths }, border) =>
      strengths.map(({ transition, counts, shift }) => {
        const isKept = transition.kind === 'kept';
        return {
          ...transition,
          border,
          p: isKept ? pOf(shift.strength, reached.shifts) : pOf(counts, reached.counts),
          movedKm: isKept ? shift.km : null,
        };
      }),
    ),
  };
}

interface Judged {
  readonly transition: Transition;
  readonly counts: number;
  readonly shift: { readonly km: number; readonly strength: number };
}

const NO_SHIFT = { km: 0, strength: 0 };

function judge(
  { places, nearby }: BorderPeriods,
  periods: Int8Array,
  parameters: CrossingClusterParameters,
  tally: PeriodTally,
): { readonly two: TwoPeriods; readonly strengths: readonly Judged[] } {
  const inPeriod = (wanted: number): Uint8Array =>
    Uint8Array.from(periods, (period) => Number(period === wanted));
  const two = {
    places,
    nearby,
    periods,
    before: groupIncidents(places, inPeriod(0), parameters),
    after: groupIncidents(places, inPeriod(1), parameters),
  };
  const all: PeriodTotals = {
    before: periods.reduce((sum, period) => sum + Number(period === 0), 0),
    after: periods.reduce((sum, period) => sum + Number(period === 1), 0),
  };
  return {
    two,
    strengths: transitionsOf(two.before, two.after, nearby).map((transition) => ({
      transition,
      counts: countStrength(two, transition, all, tally),
      shift: transition.kind === 'kept' ? shiftOf(two, transition) : NO_SHIFT,
    })),
  };
}

interface TakingPart {
  /** Incidents that are in one of the periods, ascending. */
  readonly incidents: Int32Array;
  /** How many of them are in the earlier one. */
  readonly before: number;
}

function takingPart(periods: Int8Array): TakingPart {
  const incidents: number[] = [];
  let before = 0;
  for (let incident = 0; incident < periods.length; incident += 1) {
    if (periods[incident]! >= 0) incidents.push(incident);
    if (periods[incident] === 0) before += 1;
  }
  return { incidents: Int32Array.from(incidents), before };
}

/** The same numbers in each period, among any incidents; which had which does not matter. */
function dealtAgain({ incidents, before }: TakingPart, count: number, random: Random): Int8Array {
  const values = new Int32Array(incidents.length).fill(1);
  values.fill(0, 0, before);
  shuffle(random, values);
  const dealt = new Int8Array(count).fill(-1);
  for (let at = 0; at < incidents.length; at += 1) dealt[incidents[at]!] = values[at]!;
  return dealt;
}

function pOf(strength: number, reached: Float64Array): number {
  // A hair less, so that equal strengths count as equal whatever order they were added in.
  const least = strength * (1 - 1e-9);
  const asStrong = reached.reduce((sum, most) => sum + Number(most >= least), 0);
  return Math.min(1, (2 * (1 + asStrong)) / (1 + reached.length));
}
