/** Ids numbered by the million without a string each: their 128 bits are looked up in tables of numbers. */
import { PairIndex } from '../../geo/pair-index.ts';

export const UUID_LENGTH = 36;
/** Where the dashes of a UUID's text part its digits so that eight of them are read in a row, or four and four. */
const WORDS: readonly (readonly [first: number, second: number])[] = [
  [0, 4],
  [9, 14],
  [19, 24],
  [28, 32],
];

/** Gives each distinct UUID the next dense number, from 0. */
export class UuidNumbering {
  readonly #firstHalves = new PairIndex();
  readonly #secondHalves = new PairIndex();
  readonly #wholes = new PairIndex();

  get size(): number {
    return this.#wholes.size;
  }

  /** The number of the UUID that is written, in lower case as the database does, from `at` on. Not checked. */
  of(text: string, at: number): number {
    const [a, b, c, d] = WORDS;
    return this.#wholes.add(
      this.#firstHalves.add(wordAt(text, at, a!), wordAt(text, at, b!)),
      this.#secondHalves.add(wordAt(text, at, c!), wordAt(text, at, d!)),
    );
  }

  name(number: number): string {
    const first = this.#wholes.high[number]!;
    const second = this.#wholes.low[number]!;
    const digits = [
      this.#firstHalves.high[first]!,
      this.#firstHalves.low[first]!,
      this.#secondHalves.high[second]!,
      this.#secondHalves.low[second]!,
    ]
      .map((word) => word.toString(16).padStart(8, '0'))
      .join('');
    return [
      digits.slice(0, 8),
      digits.slice(8, 12),
      digits.slice(12, 16),
      digits.slice(16, 20),
      digits.slice(20),
    ].join('-');
  }

  names(): string[] {
    return Array.from({ length: this.size }, (_, number) => this.name(number));
  }
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
