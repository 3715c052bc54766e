/**
 * Names of places are compared after folding: what is left says the same in every spelling that means the
 * same.
 */

/**
 * The fold: case, accents, punctuation and the letters that only keyboards tell apart. Devanagari and other
 * scripts keep their vowel signs, which are part of the name; nuktas, joiners, tatweel and harakat go.
 */
export function foldName(name: string): string {
  if (PLAIN_WORDS.test(name)) return name.toLowerCase();
  if (PLAIN.test(name))
    return name.toLowerCase().replace(APOSTROPHES, '').replace(NOT_ASCII_WORD, ' ').trim();
  const bare = name
    .normalize('NFKD')
    .replace(LATIN_LIKE_MARKS, '$1')
    .replace(IGNORED_SIGNS, '')
    .toLowerCase()
    .replace(SPECIAL_LETTERS, (letter) => SPECIAL[letter] ?? letter);
  return bare.normalize('NFC').replace(APOSTROPHES, '').replace(NOT_A_WORD, ' ').trim();
}

/**
 * The key names are filed under: the fold without the words that say what kind of place it is ("Dist.",
 * "VDC", "Ward no. 4", "City"). A name made of such words alone keeps them: an answer must never be an empty
 * key unless the name was empty.
 */
export function normaliseName(name: string): string {
  const folded = foldName(name);
  if (!KIND_WORDS.test(folded) && !WARD.test(folded)) return folded;
  const words = folded.replace(WARD, ' ').split(' ').filter(Boolean);
  let start = 0;
  let end = words.length;
  while (end - start > 1 && SUFFIXES.has(words[end - 1] ?? '')) end -= 1;
  while (end - start > 1 && PREFIXES.has(words[start] ?? '')) start += 1;
  const left = words.slice(start, end);
  if (left[0] === 'of' && left.length > 1) left.shift();
  return left.length === 0 ? folded : left.join(' ');
}

/** Whether the text itself says that an administrative area is meant, not the town it is named for. */
export function namesAnArea(name: string): boolean {
  return AREA_WORDS.test(foldName(name));
}

/**
 * A key that is equal for the usual romanisations of one name (Laxmi / Lakshmi, Birgunj / Birganj, Biratnagar
 * / Viratnagar, Sunauli / Sonauli, Shrestha / Shresth). Vowels are only kept as places, so it is broad: rank
 * what it finds by `nameSimilarity`. Empty for a name that is not in Latin letters.
 */
export function phoneticKey(name: string): string {
  let key = normaliseName(name);
  if (!LATIN_ONLY.test(key)) return '';
  key = key.replace(/[^a-z]/g, '');
  for (const [pattern, replacement] of [...CONSONANTS, ...VOWELS]) key = key.replace(pattern, replacement);
  return key;
}

/**
 * How alike two normalised names are, 0–1: by letters, or a little less by letters after the usual
 * romanisations are made one.
 */
export function spellingLikeness(a: string, b: string): number {
  return Math.max(nameSimilarity(a, b), 0.95 * nameSimilarity(inOneRomanisation(a), inOneRomanisation(b)));
}

/**
 * 1 for equal keys, falling with each insertion, deletion, substitution or swap of neighbours, per letter of
 * the longer.
 */
export function nameSimilarity(a: string, b: string): number {
  if (a === b) return 1;
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - editDistance(a, b) / longest;
}

// Most names: the world's aliases are folded in a second only because these are not taken apart.
const PLAIN_WORDS = /^[a-z0-9]+(?: [a-z0-9]+)*$/i;
const PLAIN = /^[\x20-\x7e]*$/;
const APOSTROPHES = /['’ʼʻʿʾ`´]/g;
const NOT_ASCII_WORD = /[^a-z0-9]+/g;
const NOT_A_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
const LATIN_LIKE_MARKS = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;
// Soft hyphen, joiners, Arabic harakat and tatweel, Hebrew points, the nuktas of the Indic scripts.
const IGNORED_SIGNS =
  /[\u00ad\u200b-\u200f\u0591-\u05c7\u0640\u064b-\u065f\u0670\u093c\u09bc\u0a3c\u0abc\u0b3c]/g;
// Letter and what it is compared as: Latin letters that do not decompose, Arabic letters as Persian and Urdu
// keyboards write them, chandrabindu as anusvara.
const SPECIAL_PAIRS =
  'ł l ø o đ d ð d þ th æ ae œ oe ß ss ı i ħ h ŧ t ə e ŋ n ٱ ا ى ي ی ي ې ي ک ك ة ه ہ ه ھ ه \u0901 \u0902 \u0981 \u0982'.split(
    ' ',
  );
const SPECIAL: Readonly<Record<string, string>> = Object.fromEntries(
  SPECIAL_PAIRS.flatMap((letter, i) => (i % 2 === 0 ? [[letter, SPECIAL_PAIRS[i + 1] ?? letter]] : [])),
);
const SPECIAL_LETTERS = new RegExp(`[${Object.keys(SPECIAL).join('')}]`, 'g');
const WARD = /(?:^| )(?:ward|wada|vada) ?(?:n[or] ?)?\d+(?= |$)|(?: \d{1,2})$/g;
const SUFFIXES = new Set(
  (
    'dist district districts zila zilla zillah jilla vdc gavisa gabisa gaunpalika gaupalika nagarpalika upamahanagarpalika ' +
    'mahanagarpalika municipality municipal metropolitan submetropolitan sub rural urban city town village tehsil taluk taluka ' +
    'upazila upazilla thana ps po mandal province state division governorate prefecture oblast county region department zone ' +
    'border boarder crossing checkpost checkpoint ' +
    'जिल्ला जिला गाविस नगरपालिका गाउँपालिका गाउंपालिका महानगरपालिका उपमहानगरपालिका জেলা উপজেলা'
  ).split(' '),
);
const PREFIXES = new Set(
  'dist district zila village town city municipality province state governorate county ps po vill near nr'.split(
    ' ',
  ),
);
const KIND_WORDS = new RegExp(`(?:^| )(?:${[...new Set([...SUFFIXES, ...PREFIXES])].join('|')})(?= |$)`);
const AREA_WORDS =
  /(?:^| )(?:dist|district|zila|zilla|jilla|province|state|division|governorate|oblast|county|region|zone|जिल्ला|जिला)(?= |$)/;
const LATIN_ONLY = /^[a-z0-9 ]+$/;

// In order: each rule sees what the ones before it left.
const CONSONANTS: readonly (readonly [RegExp, string])[] = [
  [/x/g, 'ks'],
  [/ksh/g, 'ks'],
  [/ph/g, 'f'],
  [/sch|sh|chh|ch|ts|c(?=[eiy])/g, 's'],
  [/ck|c|q/g, 'k'],
  [/([aeiou])w(?![aeiou])/g, '$1'],
  [/z/g, 'j'],
  [/([bdgjkt])h/g, '$1'],
  [/[vw]/g, 'b'],
  [/([aeiou])h(?=[aeiou]|$)/g, '$1'],
  [/y(?=[aeiou])/g, ''],
  [/m(?=[bpf])/g, 'n'],
];
const VOWELS: readonly (readonly [RegExp, string])[] = [
  [/[aeiouy]+/g, 'a'],
  [/(.)\1+/g, '$1'],
  [/(.)a$/, '$1'],
];

const LONG_VOWELS: readonly (readonly [RegExp, string])[] = [
  [/ee|ii|y/g, 'i'],
  [/oo|uu/g, 'u'],
  [/(.)\1+/g, '$1'],
];

function inOneRomanisation(normalised: string): string {
  let form = normalised;
  for (const [pattern, replacement] of [...CONSONANTS, ...LONG_VOWELS])
    form = form.replace(pattern, replacement);
  return form;
}

/** Optimal string alignment: edits with swaps of neighbours, each stretch edited once. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
