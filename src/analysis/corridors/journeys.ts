/** Distinct ways of travelling: a million movements follow some hundred thousand sequences of stops, each kept once. */

/** Plain columns. A stop is a number of the caller's, 0 or more. */
export interface Journeys {
  count: number;
  /** One more entry than journeys: journey j has the stops stops[starts[j]] … stops[starts[j + 1] − 1], in travel order. */
  starts: Int32Array<ArrayBuffer>;
  stops: Int32Array<ArrayBuffer>;
  /** Numbers by hash, -1 where there is none; at most half full. */
  slots: Int32Array<ArrayBuffer>;
}

export function emptyJourneys(): Journeys {
  return {
    count: 0,
    starts: new Int32Array(65),
    stops: new Int32Array(256),
    slots: new Int32Array(64).fill(-1),
  };
}

/** The number of the journey with the stops given[from] … given[to − 1]; new if it was not there. */
export function journeyOf(journeys: Journeys, given: Int32Array, from: number, to: number): number {
  const mask = journeys.slots.length - 1;
  let slot = hash(given, from, to) & mask;
  for (;;) {
    const number = journeys.slots[slot]!;
    if (number < 0) break;
    if (isSame(journeys, number, given, from, to)) return number;
    slot = (slot + 1) & mask;
  }
  if (2 * (journeys.count + 1) > journeys.slots.length) {
    growSlots(journeys);
    return journeyOf(journeys, given, from, to);
  }
  const number = journeys.count;
  const start = journeys.starts[number]!;
  const end = start + to - from;
  if (number + 2 > journeys.starts.length) journeys.starts = longer(journeys.starts, number + 2);
  if (end > journeys.stops.length) journeys.stops = longer(journeys.stops, end);
  journeys.stops.set(given.subarray(from, to), start);
  journeys.starts[number + 1] = end;
  journeys.slots[slot] = number;
  journeys.count += 1;
  return number;
}

function isSame(
  { starts, stops }: Journeys,
  journey: number,
  given: Int32Array,
  from: number,
  to: number,
): boolean {
  const start = starts[journey]!;
  if (starts[journey + 1]! - start !== to - from) return false;
  for (let i = from; i < to; i += 1) if (stops[start + i - from] !== given[i]) return false;
  return true;
}

function growSlots(journeys: Journeys): void {
  const { count, starts, stops } = journeys;
  const slots = new Int32Array(journeys.slots.length * 2).fill(-1);
  const mask = slots.length - 1;
  for (let journey = 0; journey < count; journey += 1) {
    let slot = hash(stops, starts[journey]!, starts[journey + 1]!) & mask;
    while (slots[slot]! >= 0) slot = (slot + 1) & mask;
    slots[slot] = journey;
  }
  journeys.slots = slots;
}

/** FNV-1a over whole numbers, mixed once more at the end because only the low bits choose the slot. */
function hash(numbers: Int32Array, from: number, to: number): number {
  let mixed = 0x811c9dc5;
  for (let at = from; at < to; at += 1) mixed = Math.imul(mixed ^ numbers[at]!, 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}

/** An eighth more than wanted, so that growing row by row copies each a few times only. */
export function longer<Column extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  column: Column,
  wanted: number,
): Column {
  const grown = new (column.constructor as new (length: number) => Column)(wanted + (wanted >> 3) + 64);
  grown.set(column);
  return grown;
}
