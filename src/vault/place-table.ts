/** Where the lines of keys begin, in some twenty bytes a key: a map of texts would take a hundred and more. */

/** Of 100 slots so many are filled before there are twice as many. */
const MOST_FILLED = 70;
const LEAST_SLOTS = 1_024;
const EMPTY = -1;

/** Ids are UUIDs, whose last eight figures are random; whoever looks one up compares the line, since other ids may share them. */
export class PlaceTable {
  #marks = new Uint32Array(LEAST_SLOTS);
  #places = new Float64Array(LEAST_SLOTS).fill(EMPTY);
  #filled = 0;

  /** The same id may be added for several places. */
  add(id: string, place: number): void {
    if ((this.#filled + 1) * 100 > this.#places.length * MOST_FILLED) this.#grow();
    this.#put(markOf(id), place);
    this.#filled += 1;
  }

  /** All places of an id, the first first, and perhaps those of others. */
  of(id: string): readonly number[] {
    const mark = markOf(id);
    const found: number[] = [];
    const last = this.#places.length - 1;
    for (let slot = slotOf(mark, last); this.#places[slot] !== EMPTY; slot = (slot + 1) & last)
      if (this.#marks[slot] === mark) found.push(this.#places[slot] as number);
    return found.sort((a, b) => a - b);
  }

  clear(): void {
    this.#marks = new Uint32Array(LEAST_SLOTS);
    this.#places = new Float64Array(LEAST_SLOTS).fill(EMPTY);
    this.#filled = 0;
  }

  #put(mark: number, place: number): void {
    const last = this.#places.length - 1;
    let slot = slotOf(mark, last);
    while (this.#places[slot] !== EMPTY) slot = (slot + 1) & last;
    this.#marks[slot] = mark;
    this.#places[slot] = place;
  }

  #grow(): void {
    const [marks, places] = [this.#marks, this.#places];
    this.#marks = new Uint32Array(marks.length * 2);
    this.#places = new Float64Array(places.length * 2).fill(EMPTY);
    for (const [slot, place] of places.entries())
      if (place !== EMPTY) this.#put(marks[slot] as number, place);
  }
}

const markOf = (id: string): number => Number.parseInt(id.slice(-8), 16) >>> 0;

/** Slots are a power of two; neighbouring marks are sent far apart. */
const slotOf = (mark: number, last: number): number => (Math.imul(mark, 0x9e3779b1) >>> 7) & last;
