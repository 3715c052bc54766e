/** Where those go on to who have come by a corridor, and how well such a forecast holds on journeys of a later time. */
import { type ForecastScore, JOURNEY_ENDS, NextPlaceModel } from '../methods/next-place.ts';
import { monthName } from '../month-number.ts';
import { type DistinctPaths, distinctPaths, rowsOfPaths } from './distinct-paths.ts';
import { type MovementColumns, withoutRepeatedStops } from './movement-columns.ts';
import type { PlaceNode, PlaceNodes } from './place-graph.ts';

export const NEXT_STAGES = { method: 'variable-order-markov/witten-bell-c', version: 1 } as const;

export interface NextStage {
  readonly place: PlaceNode;
  readonly probability: number;
}

export interface Following {
  /** The likeliest first, none under 1 in 100. */
  readonly next: readonly NextStage[];
  /** The chance that no further place is known: the journey ended, or was ended. */
  readonly notKnown: number;
}

export interface ForecastTest extends ForecastScore {
  /** The last month that was learnt from, and the first that was foretold. */
  readonly learntTo: string;
  readonly testedFrom: string;
  /** Of a forecast that looks at no place before: how often each place comes at all. */
  readonly withoutHistory: ForecastScore;
}

/** Stages looked back at. */
const ORDER = 3;
const SHOWN = 3;
/** What is less likely was never seen to follow, or hardly ever: no lead. */
const LEAST_SHOWN = 0.01;
/** Under these a test says nothing. */
export const LEAST_TEST_MONTHS = 8;
export const LEAST_LEARNT = 30;
export const LEAST_TESTED = 10;
const HELD_OUT = 0.25;

/** Learns from all movements; an incident weighs 1, whatever number of them it has. Movements with a stop that is not known are left out. */
export class NextStages {
  readonly #travel: MovementColumns;
  readonly #paths: DistinctPaths;
  readonly #places: PlaceNodes;
  /** By row: how many movements its incident has. */
  readonly #shared: Int32Array;
  /** Places in order of their keys, and where in it each is: of equally likely ones the first by key is told first, whatever their numbers. */
  readonly #inOrder: readonly PlaceNode[];
  readonly #orderOf: ReadonlyMap<string, number>;
  readonly #model: NextPlaceModel;

  constructor(columns: MovementColumns, places: PlaceNodes) {
    this.#travel = withoutRepeatedStops(columns);
    this.#paths = distinctPaths(this.#travel);
    this.#places = places;
    this.#inOrder = Array.from({ length: places.size }, (_, number) => places.node(number)).sort((a, b) =>
      a.key < b.key ? -1 : 1,
    );
    this.#orderOf = new Map(this.#inOrder.map(({ key }, order) => [key, order]));
    const { incidents, incidentCount } = columns;
    const rows = new Int32Array(incidentCount);
    for (const incident of incidents) rows[incident]! += 1;
    this.#shared = incidents.map((incident) => rows[incident]!);
    this.#model = this.#learn(() => true, ORDER);
  }

  after(stages: readonly PlaceNode[]): Following {
    const history = stages.map(({ key }) => this.#orderOf.get(key)!);
    const next = this.#model
      .forecast(history, SHOWN + 1)
      .filter(({ place, probability }) => place !== JOURNEY_ENDS && probability >= LEAST_SHOWN)
      .slice(0, SHOWN)
      .map(({ place, probability }) => ({ place: this.#inOrder[place]!, probability }));
    return { next, notKnown: this.#model.probability(history, JOURNEY_ENDS) };
  }

  /** The last quarter of the months foretold from those before; null where there is too little of either. */
  test(): ForecastTest | null {
    const { months } = this.#travel;
    let [first, last] = [Infinity, -Infinity];
    for (const month of months) {
      if (month < 0) continue;
      first = Math.min(first, month);
      last = Math.max(last, month);
    }
    const span = last - first + 1;
    if (!(span >= LEAST_TEST_MONTHS)) return null;
    const from = last + 1 - Math.floor(span * HELD_OUT);
    const isLearnt = (row: number): boolean => months[row]! >= 0 && months[row]! < from;
    const isTested = (row: number): boolean => months[row]! >= from;
    if (this.#weightOf(isLearnt) < LEAST_LEARNT || this.#weightOf(isTested) < LEAST_TESTED) return null;
    const { journeys, weights } = this.#journeys(isTested);
    const score = this.#learn(isLearnt, ORDER).score(journeys, weights);
    const withoutHistory = this.#learn(isLearnt, 0).score(journeys, weights);
    return score && withoutHistory
      ? { ...score, withoutHistory, learntTo: monthName(from - 1), testedFrom: monthName(from) }
      : null;
  }

  #learn(isWanted: (row: number) => boolean, order: number): NextPlaceModel {
    const { journeys, weights } = this.#journeys(isWanted);
    return new NextPlaceModel(journeys, { places: this.#places.size, order, weights });
  }

  #weightOf(isWanted: (row: number) => boolean): number {
    return this.#weightOfRows([...this.#shared.keys()].filter(isWanted));
  }

  /** Added up by how many share an incident, so that no order of the rows shows in the last digit. */
  #weightOfRows(rows: readonly number[]): number {
    const counts: number[] = [];
    for (const row of rows) counts[this.#shared[row]!] = (counts[this.#shared[row]!] ?? 0) + 1;
    return counts.reduce((sum, count, shared) => sum + count / shared, 0);
  }

  /** Each distinct path once, with the weight of its movements, in order of its places. */
  #journeys(isWanted: (row: number) => boolean): {
    readonly journeys: readonly Int32Array[];
    readonly weights: readonly number[];
  } {
    const { count, starts, nodes } = this.#paths;
    const weighed: { readonly journey: Int32Array; readonly key: string; readonly weight: number }[] = [];
    for (let path = 0; path < count; path += 1) {
      const journey = nodes.subarray(starts[path], starts[path + 1]);
      if (journey.includes(-1)) continue;
      const weight = this.#weightOfRows([...rowsOfPaths(this.#paths, Int32Array.of(path))].filter(isWanted));
      if (weight === 0) continue;
      weighed.push({
        journey: journey.map((node) => this.#orderOf.get(this.#places.node(node).key)!),
        weight,
        key: Array.from(journey, (node) => this.#places.node(node).key).join(' > '),
      });
    }
    weighed.sort((a, b) => (a.key < b.key ? -1 : 1));
    return { journeys: weighed.map(({ journey }) => journey), weights: weighed.map(({ weight }) => weight) };
  }
}
