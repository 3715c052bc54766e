/** The columns of the profiles that come along: documented as the profiles are, and begun with a row that they read. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readRows } from '../../src/intake/formats/csv.ts';
import { readDrafts } from '../../src/intake/formats/drafts.ts';
import { forbiddenTopic } from '../../src/intake/formats/forbidden.ts';
import { checkHeader } from '../../src/intake/formats/mapping.ts';
import type { ImportProfile } from '../../src/intake/formats/profile.ts';
import { columnLines, columnsOf, templateLines } from '../../src/intake/formats/profile-columns.ts';
import { columnsUsed } from '../../src/intake/formats/profile-meaning.ts';
import { NAMED_PROFILES } from '../../src/intake/formats/profiles/named.ts';

const FILE = fileURLToPath(new URL('../../docs/profile-columns.md', import.meta.url));

function document(): string {
  return [
    '# The columns of the profiles that come along',
    '',
    'Printed from the profiles by `npm run bless`; `npx headwater profiles NAME` says the same, and `--template` prints a file to start from.',
    'Columns that a profile does not name are reported at import and stay in the sealed raw row. How dates, counts and countries are read:',
    '[import-profiles.md](import-profiles.md).',
    '',
    'Where a column goes: **record** is what those see to whom the record is shown; **vault** opens to a key with the permission, for a stated purpose;',
    'a **keyed token** tells the same from another and cannot be read back; the **sealed raw row** is kept for its owner and shown nowhere; **dropped** never reaches storage.',
    'An answer outside a list of words, and words about a place that are no names of places, are sealed with the case notes and noted on the row.',
    ...NAMED_PROFILES.flatMap(section),
    '',
  ].join('\n');
}

function section(profile: ImportProfile): string[] {
  return [
    '',
    `## ${profile.name}`,
    profile.description,
    '',
    ...(profile.lookups ?? []).flatMap(({ name, key, columns }) => [
      `Beside it the ${name} file: ${columns.map((column) => `\`${column}\``).join(', ')}; \`${key}\` is the id.`,
      '',
    ]),
    '| column | required | says | takes | goes to |',
    '|---|---|---|---|---|',
    ...columnsOf(profile).map(
      ({ name, required, meaning, accepts, goes }) =>
        `| \`${name}\` | ${required ? 'yes' : ''} | ${meaning} | ${accepts.replaceAll('<', '&lt;')} | ${goes} |`,
    ),
  ];
}

describe('docs/profile-columns.md', () => {
  it('is what the profiles say', () => {
    if (process.env['BLESS'] === '1') writeFileSync(FILE, document());
    expect(readFileSync(FILE, 'utf8')).toBe(document());
  });
});

describe.each(NAMED_PROFILES.map((profile) => [profile.name, profile] as const))('%s', (_name, profile) => {
  it('tells of each column that it reads where it goes, and of each forbidden one that it is dropped', () => {
    const told = new Map(columnsOf(profile).map((column) => [column.name, column]));
    for (const column of columnsUsed(profile)) {
      expect(told.get(column)?.meaning, column).not.toBe('not mapped');
      expect(told.get(column)?.accepts, column).not.toBe('anything');
      expect(told.get(column)?.goes, column).toMatch(/record|vault|keyed token/);
    }
    for (const { name, goes } of told.values())
      expect(goes === 'dropped', name).toBe(forbiddenTopic(name) !== null);
    expect(columnLines(profile).join('\n')).toContain(templateLines(profile)[0]);
  });

  it('reads the file that its template begins', async () => {
    const table = await readRows(Readable.from([Buffer.from(templateLines(profile).join('\n'))]));
    expect(checkHeader(profile, table)).toMatchObject({ accepted: true, value: { unknown: [] } });
    const row = (name: string) =>
      [name, { id: name, name: 'Example area', lat: '15.5', lon: '32.5', adm_level: '1' }] as const;
    const lookups = new Map([['locations', new Map([row('EXAMPLE-ORIGIN'), row('EXAMPLE-DEST')])]]);
    const context = { now: new Date('2026-11-01T00:00:00Z'), lookups };
    for await (const draft of readDrafts(profile, table.rows, context))
      expect(draft.kind === 'draft' ? draft.notes : draft.reasons).toEqual([]);
  });
});

it('tells of a name that it goes to the vault and is known again by a token alone', () => {
  const column = (name: string) =>
    columnsOf(NAMED_PROFILES[0] as ImportProfile).find((each) => each.name === name);
  expect(column('full_name')).toMatchObject({ goes: 'vault, keyed token' });
  expect(column('case_notes')).toMatchObject({ goes: 'vault' });
  expect(column('profile')).toMatchObject({ goes: 'dropped' });
  expect(column('date_of_interception')).toMatchObject({ required: true, goes: 'record' });
});
