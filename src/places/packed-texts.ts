/** Many short texts as one run of UTF-8 with offsets, and indexes from a text to the rows that bear it. */
import type { Section, Sections } from './packed-sections.ts';

/** Texts by position. */
export class Texts {
  readonly #bytes: Buffer;
  readonly #starts: Uint32Array;

  constructor(sections: Sections, name: string) {
    const bytes = sections.bytes(`${name}.bytes`);
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#starts = sections.numbers(`${name}.starts`);
  }

  get length(): number {
    return this.#starts.length - 1;
  }

  at(i: number): string {
    return this.#bytes.toString('utf8', this.#starts[i], this.#starts[i + 1]);
  }

  /** Of texts in the order of their bytes: the position of this one, or −1. */
  find(text: string): number {
    const wanted = Buffer.from(text);
    let low = 0;
    let high = this.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const order = this.#bytes.compare(
        wanted,
        0,
        wanted.length,
        this.#starts[middle],
        this.#starts[middle + 1],
      );
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

export function packTexts(name: string, texts: readonly string[]): Record<string, Section> {
  const starts = new Uint32Array(texts.length + 1);
  texts.forEach((text, i) => {
    starts[i + 1] = (starts[i] ?? 0) + Buffer.byteLength(text);
  });
  return { [`${name}.bytes`]: new Uint8Array(Buffer.from(texts.join(''))), [`${name}.starts`]: starts };
}

/** Rows by the text they are filed under: the distinct texts in order, and for each the rows, in the order of the rows. */
export class TextIndex {
  readonly texts: Texts;
  readonly #starts: Uint32Array;
  readonly #rows: Uint32Array;

  constructor(sections: Sections, name: string) {
    this.texts = new Texts(sections, name);
    this.#starts = sections.numbers(`${name}.first`);
    this.#rows = sections.numbers(`${name}.rows`);
  }

  /** Empty when nothing is filed under the text. */
  find(text: string): Uint32Array {
    const at = this.texts.find(text);
    return at < 0 ? NONE : this.#rows.subarray(this.#starts[at], this.#starts[at + 1]);
  }
}

const NONE = new Uint32Array(0);

/** `keyOf[row]` is where the row's text stands among the distinct ones. */
export function packTextIndex(
  name: string,
  textOfRow: readonly string[],
): { readonly sections: Record<string, Section>; readonly keyOf: Uint32Array } {
  const texts = inByteOrder([...new Set(textOfRow)]);
  const position = new Map(texts.map((text, i) => [text, i]));
  const keyOf = Uint32Array.from(textOfRow, (text) => position.get(text) ?? 0);
  const starts = new Uint32Array(texts.length + 1);
  for (const key of keyOf) starts[key + 1] = (starts[key + 1] ?? 0) + 1;
  for (let i = 1; i < starts.length; i += 1) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const next = starts.slice();
  const rows = new Uint32Array(textOfRow.length);
  keyOf.forEach((key, row) => {
    const at = next[key] ?? 0;
    rows[at] = row;
    next[key] = at + 1;
  });
  return {
    sections: { ...packTexts(name, texts), [`${name}.first`]: starts, [`${name}.rows`]: rows },
    keyOf,
  };
}

/** Sorting strings compares UTF-16, which is another order than that of their bytes where letters lie beyond the basic plane. */
function inByteOrder(texts: readonly string[]): string[] {
  const bytes = Buffer.from(texts.join(''));
  const starts = new Uint32Array(texts.length + 1);
  texts.forEach((text, i) => {
    starts[i + 1] = (starts[i] ?? 0) + Buffer.byteLength(text);
  });
  return Array.from(texts.keys())
    .sort((a, b) => bytes.compare(bytes, starts[b], starts[b + 1], starts[a], starts[a + 1]))
    .map((i) => texts[i] ?? '');
}
