/** Finds the features of a GeoJSON text without holding it: each comes out as its own piece of JSON, as soon as it is whole. */
import { HeadwaterError } from '../../kernel/errors.ts';

export interface JsonElement {
  readonly line: number;
  /** The element's JSON; cut short when `complete` is false (the text ended inside it). */
  readonly text: string;
  readonly complete: boolean;
}

/** A feature, or what stands before the features, may not be longer than this, in characters. */
const LONGEST_ELEMENT = 64 << 20;

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 123;
const CLOSE = 125;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const NEWLINE = 10;

/**
 * Yields the members of a FeatureCollection's `features`, and every object that stands by itself (newline-delimited features, or
 * one feature). Pushed in pieces of any size. Throws BAD_INPUT for an element beyond 64 Mi characters.
 */
export class ElementSplitter {
  private text = '';
  private at = 0;
  private line = 1;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private stringFrom = -1;
  /** The last string read at depth 1: a key when a colon follows. */
  private lastKey = '';
  /** Depth at which elements live: 0 for objects standing alone, 2 inside `features`, -1 (nowhere) between its end and the collection's. */
  private level = 0;
  private from = -1;
  private fromLine = 1;

  push(piece: string): readonly JsonElement[] {
    this.text += piece;
    const found: JsonElement[] = [];
    for (; this.at < this.text.length; this.at += 1) {
      const code = this.text.charCodeAt(this.at);
      if (code === NEWLINE) this.line += 1;
      if (this.inString) this.stepInString(code);
      else if (code === QUOTE) {
        this.inString = true;
        this.stringFrom = this.at + 1;
      } else if (code === OPEN || code === OPEN_LIST) this.open(code);
      else if (code === CLOSE || code === CLOSE_LIST) this.close(found);
    }
    this.forget();
    return found;
  }

  end(): readonly JsonElement[] {
    if (this.from < 0) {
      return this.depth === 0 ? [] : [{ line: this.line, text: '', complete: false }];
    }
    return [{ line: this.fromLine, text: this.text.slice(this.from), complete: false }];
  }

  private stepInString(code: number): void {
    if (this.escaped) this.escaped = false;
    else if (code === BACKSLASH) this.escaped = true;
    else if (code === QUOTE) {
      this.inString = false;
      if (this.depth === 1 && this.level === 0) this.lastKey = this.text.slice(this.stringFrom, this.at);
    }
  }

  private open(code: number): void {
    if (this.depth === this.level && code === OPEN) {
      this.from = this.at;
      this.fromLine = this.line;
    }
    if (this.depth === 1 && this.level === 0 && code === OPEN_LIST && this.lastKey === 'features') {
      this.level = 2;
      this.from = -1;
    }
    this.depth += 1;
  }

  private close(found: JsonElement[]): void {
    this.depth -= 1;
    if (this.depth === this.level && this.from >= 0) {
      found.push({ line: this.fromLine, text: this.text.slice(this.from, this.at + 1), complete: true });
      this.from = -1;
    }
    if (this.level === 2 && this.depth === 1) this.level = -1;
    if (this.depth === 0) this.level = 0;
  }

  /** Lets go of text that no element needs any more. */
  private forget(): void {
    const keep = this.from >= 0 ? this.from : this.inString ? Math.min(this.stringFrom, this.at) : this.at;
    if (this.at - keep > LONGEST_ELEMENT) {
      throw new HeadwaterError(
        'BAD_INPUT',
        `found an element of more than ${LONGEST_ELEMENT} characters, wanted features`,
      );
    }
    this.text = this.text.slice(keep);
    this.at -= keep;
    if (this.from >= 0) this.from = 0;
    this.stringFrom -= keep;
  }
}
