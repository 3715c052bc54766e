/** Names of the gazetteer as people write them: mistyped, heard and written down, without the word for what kind of place it is. */
import type { Random } from '../src/kernel/random.ts';

export const SCRIPTS = ['latin', 'devanagari', 'bengali', 'arabic', 'cyrillic'] as const;
export type Script = (typeof SCRIPTS)[number];

const LETTERS: Readonly<Record<Script, RegExp>> = {
  latin: /^[\p{Script=Latin}\p{M} ]+$/u,
  devanagari: /^[\p{Script=Devanagari} ]+$/u,
  bengali: /^[\p{Script=Bengali} ]+$/u,
  arabic: /^[\p{Script=Arabic} ]+$/u,
  cyrillic: /^[\p{Script=Cyrillic} ]+$/u,
};

/** Null for a name in several scripts, or in another. */
export function scriptOf(name: string): Script | null {
  return SCRIPTS.find((script) => LETTERS[script].test(name)) ?? null;
}

/** What a slip of the finger puts in. */
const KEYS: Readonly<Record<Script, string>> = {
  latin: 'abcdefghijklmnopqrstuvwxyz',
  devanagari: 'कगचजतदनपबमरलवसह',
  bengali: 'কগচজতদনপবমরলসহ',
  arabic: 'ابتجحدرسعفقكلمنهوي',
  cyrillic: 'абвгдежзиклмнопрстух',
};

/** Written either way by people who mean the same. */
const VARIANTS: Readonly<Record<Script, readonly (readonly [RegExp, string])[]>> = {
  latin: [
    [/sh/, 's'],
    [/v/, 'b'],
    [/b/, 'v'],
    [/a(?=.)/, 'aa'],
    [/i/, 'ee'],
    [/u/, 'oo'],
    [/ch/, 'chh'],
    [/j/, 'z'],
    [/ksh/, 'x'],
    [/th/, 't'],
    [/a(?=n|r)/, 'u'],
  ],
  devanagari: [
    [/ं/, 'ँ'],
    [/ी/, 'ि'],
    [/ि/, 'ी'],
    [/ू/, 'ु'],
    [/ु/, 'ू'],
    [/व/, 'ब'],
    [/श/, 'स'],
    [/ं(?=ज)/, 'ञ्'],
    [/ं(?=द)/, 'न्'],
    [/ड/, 'ड़'],
  ],
  bengali: [
    [/ী/, 'ি'],
    [/ি/, 'ী'],
    [/ু/, 'ূ'],
    [/শ/, 'স'],
    [/ণ/, 'ন'],
    [/ং(?=গ)/, 'ঙ্'],
    [/র/, 'ৰ'],
  ],
  arabic: [
    [/ي/, 'ی'],
    [/ك/, 'ک'],
    [/ه$/, 'ة'],
    [/ه/, 'ہ'],
    [/ا/, 'أ'],
    [/ن$/, 'ں'],
    [/م/, 'مَ'],
    [/ر/, 'رّ'],
  ],
  cyrillic: [
    [/е/, 'ё'],
    [/и/, 'і'],
    [/и$/, 'й'],
    [/к/, 'қ'],
    [/ы/, 'и'],
    [/у/, 'ү'],
  ],
};

const SLIPS: readonly ((name: string, at: number, key: string) => string)[] = [
  (name, at, key) => name.slice(0, at) + key + name.slice(at + 1),
  (name, at) => name.slice(0, at) + name.slice(at + 1),
  (name, at) => name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2),
  (name, at) => name.slice(0, at) + name.charAt(at) + name.slice(at),
];

/** As many edits as are asked for: half of them slips of the finger, half what is written either way. */
export function spoil(name: string, script: Script, edits: number, random: Random): string {
  let written = name;
  for (let edit = 0; edit < edits; edit += 1) {
    const usable = VARIANTS[script].filter(([pattern]) => pattern.test(written));
    const variant = usable[random.int(Math.max(1, usable.length))];
    if (variant !== undefined && random.int(2) === 0) written = written.replace(variant[0], variant[1]);
    else {
      const at = 1 + random.int(Math.max(1, written.length - 2));
      const key = KEYS[script].charAt(random.int(KEYS[script].length));
      written = SLIPS[random.int(SLIPS.length)]?.(written, at, key) ?? written;
    }
  }
  return written;
}
