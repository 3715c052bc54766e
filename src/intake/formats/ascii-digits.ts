/** Figures of other scripts. */

/** Devanagari, Arabic, Bengali, full-width and other decimal digits → 0–9; Unicode lists them in runs of ten that begin at zero. */
export function asciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let zero = code;
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String(code - zero);
  });
}
