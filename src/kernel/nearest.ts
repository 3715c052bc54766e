/** "Did you mean …?": the word that a mistyped one was probably meant to be. */

/**
 * Null when no word is near: more than a third of its letters would have to change, and neither holds the other. Case, spaces and
 * underscores do not count.
 */
export function nearest(typed: string, words: readonly string[]): string | null {
  const wanted = plain(typed);
  let best: { readonly word: string; readonly distance: number } | null = null;
  for (const word of words) {
    const distance = editDistance(wanted, plain(word));
    const most = Math.max(1, Math.floor(Math.max(wanted.length, plain(word).length) / 3));
    if (distance <= most && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { word, distance };
  }
  if (best !== null) return best.word;
  const holds = (a: string, b: string): boolean => b.length >= 3 && a.includes(b);
  return words.find((word) => holds(wanted, plain(word)) || holds(plain(word), wanted)) ?? null;
}

/** ` (did you mean "…"?)`, or nothing. */
export function suggestion(typed: string, words: readonly string[]): string {
  const near = nearest(typed, words);
  return near === null ? '' : ` (did you mean "${near}"?)`;
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '');
}

/** Letters put in, taken out, replaced, or two neighbours exchanged. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
