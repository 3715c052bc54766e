/** Coded observations of a row. Only what a profile declares becomes one: an answer in free text may name somebody. */
import { foldName } from '../../places/normalise-name.ts';
import type { IndicatorDraft } from '../reports/report-draft.ts';
import { parseBoolean } from './booleans.ts';
import { type Cell, wrong } from './cell.ts';
import { type FieldReader, keyOf } from './field-reader.ts';
import { parseNumber } from './numbers.ts';
import type { ReportMapping } from './profile-records.ts';
import { splitAnswers } from './split-answers.ts';

type IndicatorField = NonNullable<ReportMapping['indicators']>[number];

export interface ReadIndicators {
  readonly drafts: readonly IndicatorDraft[];
  /** Answers that are in no list, as "column: answer": for the vault. */
  readonly free: readonly string[];
}

export function readIndicators(reader: FieldReader, field: IndicatorField): ReadIndicators {
  const drafts: IndicatorDraft[] = [];
  const free: string[] = [];
  for (const code of codesOf(reader, field)) {
    const cell = reader.cell({ column: code, missing: field.missing });
    if (cell === null) continue;
    const { scheme } = field;
    if (field.value === 'word') {
      const { words, unlisted } = sortAnswers(cell, field);
      drafts.push(...words.map((value) => ({ scheme, code, value })));
      for (const answer of unlisted) {
        reader.notes.push(
          wrong({ ...cell, text: answer }, 'a word that the profile lists; the answer is in the vault'),
        );
        free.push(`${code}: ${answer}`);
      }
    } else if (field.value === 'flag') {
      if (reader.settle(parseBoolean(cell), 'note') === true) drafts.push({ scheme, code, value: true });
    } else {
      const value = reader.settle(parseNumber(cell), 'note');
      if (value !== null) drafts.push({ scheme, code, value });
    }
  }
  return { drafts, free };
}

function codesOf(reader: FieldReader, field: IndicatorField): ReadonlySet<string> {
  const begins = 'prefix' in field && field.prefix !== undefined ? keyOf(field.prefix) : null;
  const prefixed = begins === null ? [] : Object.keys(reader.cells).filter((key) => key.startsWith(begins));
  return new Set([...prefixed, ...(field.columns ?? []).map(keyOf)]);
}

function sortAnswers(
  cell: Cell,
  { words, aliases, split }: Extract<IndicatorField, { readonly value: 'word' }>,
): { readonly words: readonly string[]; readonly unlisted: readonly string[] } {
  const answers = split === undefined ? [cell.text.trim()] : splitAnswers(cell.text, split);
  const byFold = foldedWords(words, aliases);
  return {
    words: answers.flatMap((answer) => byFold.get(compact(answer)) ?? []),
    unlisted: answers.filter((answer) => !byFold.has(compact(answer))),
  };
}

const folded = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

/** "Vehicle_Accident", "VehicleAccident" and "Vehicle accident" are one answer. A profile's lists are asked for in every row, so they are kept. */
function foldedWords(
  words: readonly string[],
  aliases: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, string> {
  let byFold = folded.get(words);
  if (byFold === undefined) {
    const all = [...Object.entries(aliases), ...words.map((word) => [word, word] as const)];
    byFold = new Map(all.map(([text, word]) => [compact(text), word]));
    folded.set(words, byFold);
  }
  return byFold;
}

function compact(text: string): string {
  return foldName(text).replaceAll(' ', '');
}
