/** What of a cell may be shown to whoever mends it: a value that can name nobody, else its shape. The same measure as in the reasons of a refusal. */
import { isPersonalColumn } from './cell.ts';
import { columnKey } from './column-names.ts';
import { parseCountry } from './countries.ts';
import type { ColumnTold } from './profile-columns.ts';
import { describeValue } from './shape.ts';

export interface ShownCell {
  /** Null where it may name, reach or find somebody. */
  readonly value: string | null;
  /** Like "letters, 12 characters". */
  readonly shape: string;
}

/**
 * `told`: what the profile makes of the column; undefined where it makes nothing of it. `wrong`: a reason speaks of it. What is right of a moved
 * person is nobody's to read here.
 */
export function shownCell(
  name: string,
  text: string,
  told: ColumnTold | undefined,
  wrong: boolean,
): ShownCell {
  const trimmed = text.trim();
  const hidden = { value: null, shape: `${trimmed.length} characters` };
  if (trimmed === '') return { value: '', shape: 'nothing' };
  // What is in the vault, or is kept as a token alone, and what nobody said anything of.
  if (told === undefined || told.goes !== 'record' || isPersonalColumn(name)) return hidden;
  if (!wrong && told.meaning.includes('the moved person')) return hidden;
  if (
    isOfAList(told, trimmed) ||
    isCountry(told, trimmed) ||
    (told.kinds.includes('identity') && isIdentity(trimmed))
  )
    return { value: trimmed, shape: 'text' };
  const reading = told.kinds.includes('date')
    ? 'date'
    : told.kinds.includes('country')
      ? 'country'
      : 'figure';
  const described = describeValue(trimmed, reading);
  return described.startsWith('"') ? { value: trimmed, shape: 'text' } : { value: null, shape: described };
}

/** Cells that slid to the side stand in the wrong column: what may be a name or a telephone number is told by its shape. */
function isIdentity(text: string): boolean {
  return /^(?=.*\d)[\w./-]{1,40}$/.test(text) && !/\d{7}/.test(text);
}

function isOfAList({ words }: ColumnTold, text: string): boolean {
  return words.some((word) => columnKey(word) === columnKey(text));
}

function isCountry({ kinds }: ColumnTold, text: string): boolean {
  return kinds.includes('country') && parseCountry({ where: '', text, personal: false }).accepted;
}
