/** A form's `address` cell is a Python dict printed as text; it is read without evaluating anything. */
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import type { Cell } from './cell.ts';

export interface PrintedAddress {
  /** Null when the form has none. */
  readonly text: string | null;
  /** Degrees, unchecked; null when the form has none. */
  readonly longitude: number | null;
  readonly latitude: number | null;
}

type Printed = string | number | boolean | null | { readonly [member: string]: Printed };

/**
 * `{'address': 'Itahari, Nepal', 'location': {'x': 87.27, 'y': 26.66}}` → text and coordinates; `{}` and None give nulls. Text that
 * does not begin with a brace is an address typed as it is. Refuses a dict that is cut off or holds anything but literals.
 */
export function parsePrintedAddress(cell: Cell): Outcome<PrintedAddress> {
  const text = cell.text.trim();
  if (text === '' || text === 'None') return accept({ text: null, longitude: null, latitude: null });
  if (!text.startsWith('{')) return accept({ text, longitude: null, latitude: null });
  const printed = new Reading(text).whole();
  if (printed === undefined || printed === null || typeof printed !== 'object') {
    return refuse({
      where: cell.where,
      found: `a value of ${text.length} characters`,
      wanted: "an address, or {'address': …, 'location': {'x': …, 'y': …}}",
    });
  }
  const location = printed['location'];
  const at = typeof location === 'object' && location !== null ? location : {};
  const address = printed['address'];
  return accept({
    text: typeof address === 'string' && address.trim() !== '' ? address.trim() : null,
    longitude: typeof at['x'] === 'number' ? at['x'] : null,
    latitude: typeof at['y'] === 'number' ? at['y'] : null,
  });
}

/** How deep a dict may nest: the form has two levels, and a hostile one must not exhaust the stack. */
const DEEPEST = 8;

/** Recursive descent over Python's literals; `undefined` means "not readable". */
class Reading {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  whole(): Printed | undefined {
    const value = this.value(0);
    this.skipSpace();
    return this.at === this.text.length ? value : undefined;
  }

  private value(depth: number): Printed | undefined {
    this.skipSpace();
    const mark = this.text[this.at];
    if (mark === '{') return depth < DEEPEST ? this.dict(depth) : undefined;
    if (mark === "'" || mark === '"') return this.string(mark);
    const word = /[\w.+-]+/y;
    word.lastIndex = this.at;
    const found = word.exec(this.text)?.[0];
    if (found === undefined) return undefined;
    this.at += found.length;
    if (found === 'None' || found === 'null') return null;
    if (found === 'True' || found === 'False') return found === 'True';
    const number = Number(found);
    return Number.isFinite(number) ? number : undefined;
  }

  private dict(depth: number): Printed | undefined {
    const members = new Map<string, Printed>();
    this.at += 1;
    for (;;) {
      this.skipSpace();
      if (this.take('}')) return Object.fromEntries(members);
      const key = this.value(depth + 1);
      if (typeof key !== 'string' || !this.take(':')) return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      members.set(key, value);
      if (this.take(',')) continue;
      return this.take('}') ? Object.fromEntries(members) : undefined;
    }
  }

  private string(mark: string): string | undefined {
    let value = '';
    for (this.at += 1; this.at < this.text.length; this.at += 1) {
      const character = this.text.charAt(this.at);
      if (character === mark) {
        this.at += 1;
        return value;
      }
      if (character !== '\\') value += character;
      else value += this.escaped();
    }
    return undefined;
  }

  private escaped(): string {
    this.at += 1;
    const character = this.text.charAt(this.at);
    const length = { x: 2, u: 4, U: 8 }[character];
    if (length === undefined) return { n: '\n', t: '\t', r: '\r' }[character] ?? character;
    const code = Number.parseInt(this.text.slice(this.at + 1, this.at + 1 + length), 16);
    this.at += length;
    return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
  }

  private take(mark: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== mark) return false;
    this.at += 1;
    return true;
  }

  private skipSpace(): void {
    while (/\s/.test(this.text.charAt(this.at))) this.at += 1;
  }
}
