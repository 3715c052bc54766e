/** Journeys by the pair of cells they join: what stands behind one pair, or behind all between some origins and some destinations. */
import type { Journey } from './journeys.ts';

/** Of one pair. */
interface JourneysOfPair {
  readonly journeys: Journey[];
  /** Distinct known root origins, once they were asked for. */
  origins?: readonly string[];
  /** Numbers of distinct incidents, once they were asked for. */
  incidents?: Int32Array;
}

export class PairJourneys {
  /** By the number of the cell they began in, then of the one they ended in. */
  readonly #byCells = new Map<number, Map<number, JourneysOfPair>>();
  readonly #all: Journey[] = [];
  /** Ascending, once they were asked for. */
  #ids: readonly string[] = [];
  #numbers = new Map<string, number>();

  add(from: number, to: number, journey: Journey): void {
    const leaving = this.#byCells.get(from) ?? new Map<number, JourneysOfPair>();
    this.#byCells.set(from, leaving);
    const known = leaving.get(to);
    if (known) known.journeys.push(journey);
    else leaving.set(to, { journeys: [journey] });
    this.#all.push(journey);
  }

  /** Takes time by pairs that have a journey, not by pairs of cells. */
  between(from: Iterable<number>, to: Iterable<number>): readonly Journey[] {
    return [...this.#pairs(from, to)].flatMap(({ journeys }) => journeys);
  }

  /** Distinct known root origins, counted up to `enough`; 1 when none is known. */
  originsBetween(from: Iterable<number>, to: Iterable<number>, enough: number): number {
    const found = new Set<string>();
    for (const pair of this.#pairs(from, to)) {
      pair.origins ??= [...new Set(pair.journeys.map(({ origin }) => origin))].filter(
        (origin) => origin !== '',
      );
      for (const origin of pair.origins) {
        found.add(origin);
        if (found.size >= enough) return enough;
      }
    }
    return Math.max(1, found.size);
  }

  /** Ids of incidents, ascending, at most so many. */
  idsBetween(from: Iterable<number>, to: Iterable<number>, most: number): readonly string[] {
    if (most === 0) return [];
    this.#numberIncidents();
    const isIn = new Uint8Array(this.#ids.length);
    for (const pair of this.#pairs(from, to)) {
      pair.incidents ??= Int32Array.from(
        new Set(pair.journeys.map(({ incidentId }) => this.#numbers.get(incidentId)!)),
      );
      for (const incident of pair.incidents) isIn[incident] = 1;
    }
    const ids: string[] = [];
    for (let at = isIn.indexOf(1); at >= 0 && ids.length < most; at = isIn.indexOf(1, at + 1))
      ids.push(this.#ids[at]!);
    return ids;
  }

  *#pairs(from: Iterable<number>, to: Iterable<number>): Generator<JourneysOfPair> {
    const wanted = new Set(to);
    for (const cell of from) {
      const leaving = this.#byCells.get(cell);
      if (leaving === undefined) continue;
      if (wanted.size < leaving.size) {
        for (const end of wanted) if (leaving.has(end)) yield leaving.get(end)!;
      } else {
        for (const [end, pair] of leaving) if (wanted.has(end)) yield pair;
      }
    }
  }

  #numberIncidents(): void {
    if (this.#ids.length > 0) return;
    this.#ids = [...new Set(this.#all.map(({ incidentId }) => incidentId))].sort();
    this.#numbers = new Map(this.#ids.map((id, number) => [id, number]));
  }
}
