/** Where a journey goes next, from as much of where it was as is known well: a Markov model of variable order (Begleiter, El-Yaniv & Yona, JAIR 22, 2004). */

/** What follows the last place of a journey: it ends. */
export const JOURNEY_ENDS = -1;

export interface NextPlace {
  /** A place's number, or JOURNEY_ENDS. */
  readonly place: number;
  readonly probability: number;
}

export interface ForecastScore {
  /** Steps that were forecast, ends of journeys among them, by weight. */
  readonly steps: number;
  /** Mean −log₂ of the probability given to what came: lower is better. */
  readonly bitsPerStep: number;
  /** Share of steps where what came was the likeliest, and among the three likeliest. */
  readonly first: number;
  readonly amongThree: number;
}

/** What followed one run of places. */
interface Context {
  readonly followers: Map<number, number>;
  total: number;
  /** The context one place further back, by that place. */
  readonly earlier: Map<number, Context>;
}

/**
 * Learns from journeys (numbers of places, in order of travel; each weighs 1, or its own `weights`: independent sources, not repeated tellings). A forecast blends what
 * followed the longest known run with what followed shorter ones, each in proportion to how often it was seen and how many things followed it (Witten & Bell,
 * IEEE Trans. Inf. Theory 37, 1991: method C), down to every place alike. So a place never seen after this one keeps a chance.
 */
export class NextPlaceModel {
  readonly #places: number;
  readonly #order: number;
  readonly #root: Context = newContext();
  #rankedOnce: readonly number[] | null = null;

  /** `places`: how many there are, numbered from 0. `order`: how many places back are looked at, 0 or more. */
  constructor(
    journeys: readonly ArrayLike<number>[],
    { places, order = 3, weights }: { places: number; order?: number; weights?: ArrayLike<number> },
  ) {
    this.#places = places;
    this.#order = order;
    for (const [number, journey] of journeys.entries()) {
      const weight = weights ? weights[number]! : 1;
      for (let step = 1; step <= journey.length; step += 1)
        this.#learn(journey, step, step < journey.length ? journey[step]! : JOURNEY_ENDS, weight);
    }
  }

  /** The probability of one follower of a history (the latest place last). Over all places and JOURNEY_ENDS they sum to 1. */
  probability(history: ArrayLike<number>, place: number): number {
    let probability = 1 / (this.#places + 1);
    for (const { followers, total } of this.#contexts(history)) {
      const kinds = followers.size;
      if (total > 0) probability = ((followers.get(place) ?? 0) + kinds * probability) / (total + kinds);
    }
    return probability;
  }

  /** All followers, the likeliest first, equal ones by number; at most `most`. Few are worked out where few are wanted. */
  forecast(history: ArrayLike<number>, most = this.#places + 1): readonly NextPlace[] {
    const [, ...longer] = this.#contexts(history);
    const candidates = new Set(longer.flatMap(({ followers }) => [...followers.keys()]));
    // What no longer run was followed by is as likely as it is after anything.
    for (const others of [this.#ranked, this.#unseen()]) {
      let added = 0;
      for (const place of others) {
        if (added === most) break;
        if (candidates.has(place)) continue;
        candidates.add(place);
        added += 1;
      }
    }
    return Array.from(candidates, (place) => ({ place, probability: this.probability(history, place) }))
      .sort((a, b) => b.probability - a.probability || a.place - b.place)
      .slice(0, most);
  }

  /**
   * How well journeys it has not learnt from are foretold: give those of a later time, each weighing 1 or its own of `weights`. Null where they have
   * no step.
   */
  score(journeys: readonly ArrayLike<number>[], weights?: ArrayLike<number>): ForecastScore | null {
    let [steps, bits, first, amongThree] = [0, 0, 0, 0];
    for (const [number, journey] of journeys.entries()) {
      const whole = Array.from(journey);
      const weight = weights ? weights[number]! : 1;
      for (let step = 1; step <= whole.length; step += 1) {
        const history = whole.slice(Math.max(0, step - this.#order), step);
        const came = whole[step] ?? JOURNEY_ENDS;
        const best = this.forecast(history, 3).findIndex(({ place }) => place === came);
        steps += weight;
        bits -= weight * Math.log2(this.probability(history, came));
        if (best === 0) first += weight;
        if (best >= 0) amongThree += weight;
      }
    }
    return steps === 0
      ? null
      : { steps, bitsPerStep: bits / steps, first: first / steps, amongThree: amongThree / steps };
  }

  /** Followers of anything, the most frequent first. */
  get #ranked(): readonly number[] {
    this.#rankedOnce ??= [...this.#root.followers]
      .sort(([a, seenA], [b, seenB]) => seenB - seenA || a - b)
      .map(([place]) => place);
    return this.#rankedOnce;
  }

  *#unseen(): Generator<number> {
    for (let place = JOURNEY_ENDS; place < this.#places; place += 1)
      if (!this.#root.followers.has(place)) yield place;
  }

  #learn(journey: ArrayLike<number>, step: number, follower: number, weight: number): void {
    let context = this.#root;
    for (let back = 0; ; back += 1) {
      context.followers.set(follower, (context.followers.get(follower) ?? 0) + weight);
      context.total += weight;
      if (back === this.#order || back === step) return;
      const place = journey[step - 1 - back]!;
      this.#check(place);
      let earlier = context.earlier.get(place);
      if (!earlier) {
        earlier = newContext();
        context.earlier.set(place, earlier);
      }
      context = earlier;
    }
  }

  /** From the shortest to the longest that was seen. */
  *#contexts(history: ArrayLike<number>): Iterable<Context> {
    let context: Context | undefined = this.#root;
    for (let back = 0; context; back += 1) {
      yield context;
      if (back === this.#order || back === history.length) return;
      context = context.earlier.get(history[history.length - 1 - back]!);
    }
  }

  #check(place: number): void {
    if (!(Number.isInteger(place) && place >= 0 && place < this.#places)) {
      throw new RangeError(`NextPlaceModel: found place ${place}, wanted 0 to ${this.#places - 1}`);
    }
  }
}

function newContext(): Context {
  return { followers: new Map(), total: 0, earlier: new Map() };
}
