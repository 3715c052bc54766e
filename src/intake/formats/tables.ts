/** Which reader a file is for: the profile says rows or features, the file's first bytes whether the rows are text or a workbook. */
import { Readable } from 'node:stream';
import { HeadwaterError } from '../../kernel/errors.ts';
import { readRows } from './csv.ts';
import { readFeatures } from './geojson.ts';
import type { ImportProfile } from './profile.ts';
import type { RowTable } from './source-rows.ts';
import { readSheet } from './workbook.ts';
import { refuseCompound, signatureOf } from './zip-parts.ts';

/**
 * Opens a file by its path, or what is held in memory. `sheet` names a sheet of a workbook; null: the one the profile names, else the
 * first. Throws BAD_INPUT for what none of the readers takes, and for a sheet of a file that has none.
 */
export async function openTable(
  profile: Pick<ImportProfile, 'format' | 'sheet'>,
  source: string | Buffer,
  sheet: string | null,
): Promise<RowTable> {
  const text = (): string | Readable => (typeof source === 'string' ? source : Readable.from([source]));
  if (profile.format === 'csv') {
    const signature = await signatureOf(source);
    if (signature === 'workbook') return readSheet(source, sheet ?? profile.sheet ?? null);
    if (signature === 'compound') return refuseCompound(source);
  }
  if (sheet !== null)
    throw new HeadwaterError(
      'BAD_INPUT',
      `found a sheet named ("${sheet}") for a file of text, wanted an .xlsx workbook`,
    );
  return profile.format === 'geojson' ? readFeatures(text()) : readRows(text());
}
