/** UUIDs numbered by the million without a string each: their 128 bits lie in columns of numbers, which another thread can be handed. */

export const UUID_LENGTH = 36;
/** Where the dashes of a UUID's text part its digits so that eight of them are read in a row, or four and four. */
const WORDS: readonly (readonly [first: number, second: number])[] = [
  [0, 4],
  [9, 14],
  [19, 24],
  [28, 32],
];

/** Plain values only. Each distinct id has the next dense number, from 0. */
export interface IdTable {
  size: number;
  /** Four a number; only the first `size` mean anything. */
  words: Uint32Array<ArrayBuffer>;
  /** Numbers by hash, -1 where there is none; at most half full. */
  slots: Int32Array<ArrayBuffer>;
}

export function idTable(): IdTable {
  return { size: 0, words: new Uint32Array(4 * 16), slots: new Int32Array(64).fill(-1) };
}

/** The number of the UUID that is written, in lower case as the database does, from `at` on; new if it was not there. Not checked. */
export function numberOfId(table: IdTable, text: string, at = 0): number {
  const [a, b, c, d] = wordsOf(text, at);
  const slot = slotOf(table, a, b, c, d);
  const found = table.slots[slot]!;
  if (found >= 0) return found;
  if (4 * table.size === table.words.length) {
    grow(table);
    return numberOfId(table, text, at);
  }
  table.words.set([a, b, c, d], 4 * table.size);
  table.slots[slot] = table.size;
  table.size += 1;
  return table.size - 1;
}

/** -1 where the table has it not. */
export function findId(table: IdTable, text: string, at = 0): number {
  return table.slots[slotOf(table, ...wordsOf(text, at))]!;
}

export function idText({ words }: IdTable, number: number): string {
  const at = 4 * number;
  const [a, b, c, d] = [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!];
  return `${high(a)}${low(a)}-${high(b)}-${low(b)}-${high(c)}-${low(c)}${high(d)}${low(d)}`;
}

/** Four digits each: texts are made by the hundred thousand. */
const FOUR_DIGITS: readonly string[] = Array.from({ length: 65_536 }, (_, value) =>
  value.toString(16).padStart(4, '0'),
);

function high(word: number): string {
  return FOUR_DIGITS[word >>> 16]!;
}

function low(word: number): string {
  return FOUR_DIGITS[word & 0xffff]!;
}

/** As their texts compare. */
export function compareIds({ words }: IdTable, one: number, other: number): number {
  for (let word = 0; word < 4; word += 1) {
    const gap = words[4 * one + word]! - words[4 * other + word]!;
    if (gap !== 0) return gap;
  }
  return 0;
}

type IdWords = readonly [a: number, b: number, c: number, d: number];

function wordsOf(text: string, at: number): IdWords {
  const [a, b, c, d] = WORDS;
  return [wordAt(text, at, a!), wordAt(text, at, b!), wordAt(text, at, c!), wordAt(text, at, d!)];
}

function slotOf({ slots, words }: IdTable, a: number, b: number, c: number, d: number): number {
  const mask = slots.length - 1;
  let slot = hash(a, b, c, d) & mask;
  for (;;) {
    const number = slots[slot]!;
    if (number < 0) return slot;
    const at = 4 * number;
    if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) return slot;
    slot = (slot + 1) & mask;
  }
}

function grow(table: IdTable): void {
  const { size, words } = table;
  const slots = new Int32Array(table.slots.length * 2).fill(-1);
  const mask = slots.length - 1;
  for (let number = 0; number < size; number += 1) {
    const at = 4 * number;
    let slot = hash(words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!) & mask;
    while (slots[slot]! >= 0) slot = (slot + 1) & mask;
    slots[slot] = number;
  }
  table.slots = slots;
  table.words = new Uint32Array(words.length * 2);
  table.words.set(words);
}

/** All words count: ids of time are alike in their first, ids of tests in their last. */
function hash(a: number, b: number, c: number, d: number): number {
  let mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b ^ (b >>> 15), 0x85ebca6b);
  mixed ^= Math.imul(c ^ (c >>> 13), 0xc2b2ae35) ^ Math.imul(d, 0x27d4eb2f);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x9e3779b1);
  return mixed ^ (mixed >>> 16);
}

function wordAt(text: string, at: number, [first, second]: readonly [number, number]): number {
  return ((fourDigits(text, at + first) << 16) | fourDigits(text, at + second)) >>> 0;
}

function fourDigits(text: string, at: number): number {
  return (
    (digit(text.charCodeAt(at)) << 12) |
    (digit(text.charCodeAt(at + 1)) << 8) |
    (digit(text.charCodeAt(at + 2)) << 4) |
    digit(text.charCodeAt(at + 3))
  );
}

/** 0–9 lie from 48 on, a–f from 97. */
function digit(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}
