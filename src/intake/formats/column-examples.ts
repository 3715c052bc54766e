/** Cells of the invented row that a file is begun with. */

import type { ColumnUse } from './column-meanings.ts';
import { columnKey } from './column-names.ts';
import type { ImportProfile } from './profile.ts';
import { isRecord } from './profile-shape.ts';

const ID = 'EXA0001';

/** What is a code is no invented text. */
const CODED: Readonly<Record<string, string>> = {
  'weight.form': 'border-intercept/1',
  'weight.code': 'evade_caught_in_lie',
};

/** A text that the profile reads; empty where nothing need be said. */
export function exampleOf(name: string, uses: readonly ColumnUse[], profile: ImportProfile): string {
  const written = uses.find(({ as }) => as !== 'rules' && as !== 'when' && as !== 'identity');
  const identifies = (profile.identity ?? []).some((column) => columnKey(column) === columnKey(name));
  if (written === undefined) {
    const condition = uses.find(({ as, path }) => as === 'when' && path.endsWith('persons'));
    return condition === undefined ? (identifies ? ID : '') : firstText(condition.field['when'], name);
  }
  const { kind, field, as, path } = written;
  if (isRecord(field['lookup'])) return `EXAMPLE-${name.toUpperCase()}`;
  if (as === 'time') return '14:30';
  if (as === 'year') return '';
  const coded = CODED[path];
  if (coded !== undefined) return coded;
  if (kind === 'text')
    return path.endsWith('.phone') || /phone/i.test(name)
      ? '+000 000 0000'
      : /plate/i.test(name)
        ? 'EXA 0001'
        : identifies &&
            profile.target !== 'effort' &&
            profile.target !== 'statistics' &&
            profile.target !== 'weight'
          ? ID
          : `Example ${name.replaceAll('_', ' ')}`;
  if (kind === 'choice') return Object.keys(isRecord(field['map']) ? field['map'] : {})[0] ?? '';
  if (kind === 'number') return path.endsWith('.age') ? '24' : '1';
  if (kind === 'country')
    return field['writing'] === 'alpha2' ? 'NP' : field['writing'] === 'alpha3' ? 'NPL' : 'Nepal';
  if (kind === 'coordinate') return path.endsWith('.latitude') ? '26.45' : '87.27';
  return CELLS[kind] ?? '';
}

const CELLS: Readonly<Record<string, string>> = {
  date: '2026-01-15',
  count: '1',
  pair: '26.45, 87.27',
  address: 'Example Road 1, Exampletown',
};

function firstText(condition: unknown, name: string): string {
  const texts = isRecord(condition)
    ? Object.entries(condition).find(([column]) => columnKey(column) === columnKey(name))?.[1]
    : undefined;
  return Array.isArray(texts) ? String(texts[0]) : '';
}
