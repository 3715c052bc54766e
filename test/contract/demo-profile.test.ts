import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { generateDemo } from '../../seeds/demo.ts';
import { INVESTIGATION_PROFILE } from '../../seeds/investigation-profile.ts';
import { parseProfile } from '../../src/intake/formats/profile.ts';

it('is a profile that the importer reads, in JSON as in code', () => {
  const json: unknown = JSON.parse(JSON.stringify(INVESTIGATION_PROFILE));
  expect(json).toEqual(INVESTIGATION_PROFILE);
  const read = parseProfile(json);
  expect(read.accepted ? [] : read.reasons).toEqual([]);
});

it('maps every column of the demo’s investigation files but the forbidden one', () => {
  const file = generateDemo(1, { now: '2026-11-01', scale: 1 }).files.find(
    ({ profile }) => profile === 'demo-investigation',
  );
  const rows: readonly (readonly string[])[] = parse(file?.text ?? '');
  const [header] = rows;
  const written = JSON.stringify(INVESTIGATION_PROFILE);
  const unmapped = header?.filter((column) => !written.includes(`"${column}"`));
  expect(unmapped).toEqual(['religion']);
});
