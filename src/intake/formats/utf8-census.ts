/** What bytes that are not UTF-8 throughout are instead: another encoding, or UTF-8 with damage. */

export type Verdict =
  /** No byte is out of place. */
  | { readonly kind: 'utf-8' }
  /** Nothing in it, or next to nothing, is a character of UTF-8: bytes of one letter each. */
  | { readonly kind: 'western' }
  /** UTF-8, but for the last character, which is cut. */
  | { readonly kind: 'cut'; readonly offset: number; readonly line: number }
  /** Characters of UTF-8 and bytes that are none. */
  | { readonly kind: 'mixed'; readonly offset: number; readonly line: number; readonly characters: number };

/** Letters and signs of a western text that stand together as a character of UTF-8 by chance ("É»") are at most one in so many. */
const BY_CHANCE = 50;

/** Counts the characters of UTF-8 beyond ASCII, and the bytes that belong to none, in pieces of any size. */
export class Utf8Census {
  private at = 0;
  private lines = 1;
  /** Bytes of the character that is being read, and how many it wants. */
  private had = 0;
  private wanted = 0;
  private second: readonly [number, number] = [0x80, 0xbf];
  private short = 0;
  private long = 0;
  private strays = 0;
  private first: { readonly offset: number; readonly line: number } | null = null;

  push(piece: Uint8Array): void {
    for (const byte of piece) {
      if (this.had > 0 && this.continues(byte)) {
        this.had += 1;
        if (this.had === this.wanted) this.whole();
      } else {
        if (this.had > 0) this.stray(this.at - this.had);
        this.begin(byte);
      }
      if (byte === 10) this.lines += 1;
      this.at += 1;
    }
  }

  /** To be asked after the last piece. */
  verdict(): Verdict {
    const cut = this.had > 0 ? this.at - this.had : null;
    const characters = this.short + this.long;
    if (this.first === null && cut === null) return { kind: 'utf-8' };
    const strays = this.strays + (cut === null ? 0 : 1);
    if (this.long === 0 && this.short * BY_CHANCE <= strays) return { kind: 'western' };
    if (this.first === null) return { kind: 'cut', offset: cut ?? this.at, line: this.lines };
    return { kind: 'mixed', ...this.first, characters };
  }

  private begin(byte: number): void {
    if (byte < 0x80) return;
    this.wanted =
      byte >= 0xc2 && byte <= 0xdf
        ? 2
        : byte >= 0xe0 && byte <= 0xef
          ? 3
          : byte >= 0xf0 && byte <= 0xf4
            ? 4
            : 0;
    if (this.wanted === 0) return this.stray(this.at);
    this.had = 1;
    // Overlong forms, surrogates and what lies beyond Unicode show in the second byte.
    this.second = SECOND_BYTE.get(byte) ?? [0x80, 0xbf];
  }

  private continues(byte: number): boolean {
    const [from, to] = this.had === 1 ? this.second : [0x80, 0xbf];
    return byte >= from && byte <= to;
  }

  private whole(): void {
    if (this.wanted === 2) this.short += 1;
    else this.long += 1;
    this.had = 0;
  }

  private stray(offset: number): void {
    this.first ??= { offset, line: this.lines };
    this.strays += 1;
    this.had = 0;
  }
}

const SECOND_BYTE: ReadonlyMap<number, readonly [number, number]> = new Map([
  [0xe0, [0xa0, 0xbf]],
  [0xed, [0x80, 0x9f]],
  [0xf0, [0x90, 0xbf]],
  [0xf4, [0x80, 0x8f]],
]);
