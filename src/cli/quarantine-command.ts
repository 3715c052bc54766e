/** `headwater quarantine`: every row of an import that waits, and every one taken with something left out. */
import { parseArgs } from 'node:util';
import { readToldPage, type ToldRow } from '../intake/imports/told-rows.service.ts';
import { HeadwaterError, saidOnce } from '../kernel/errors.ts';
import type { Command } from './commands.ts';
import { rowsOf } from './import-summary.ts';

const USUAL_ROWS = 100;
const MOST_ROWS = 10_000;

export const QUARANTINE: Command = {
  usage: 'quarantine BATCH [--first N] [--after LINE] [--csv]',
  summary: 'lists the rows of an import that wait, and the notes on rows that were taken, in file order',
  details: [
    'BATCH         the id at the end of the summary of the import',
    `--first N     at most so many rows, up to ${MOST_ROWS}; usual: ${USUAL_ROWS}`,
    '--after LINE  only rows behind this line of the file',
    '--csv         line, outcome, where, found, wanted: for a spreadsheet beside the file',
  ],
  run: async (args, { hub, say }) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        first: { type: 'string', default: String(USUAL_ROWS) },
        after: { type: 'string', default: '0' },
        csv: { type: 'boolean', default: false },
      },
    });
    const [batch, ...others] = positionals;
    if (batch === undefined || others.length > 0 || !/^[0-9a-f-]{36}$/.test(batch))
      throw new HeadwaterError('BAD_INPUT', `wanted: npx headwater ${QUARANTINE.usage}`);
    const page = await readToldPage(hub.database, batch, {
      first: wholeNumber('--first', values.first, 1, MOST_ROWS),
      afterLine: wholeNumber('--after', values.after, 0, 2 ** 31 - 1),
    });
    if (values.csv) {
      say('line,outcome,where,found,wanted');
      for (const row of page.rows) for (const line of csvLines(row)) say(line);
    } else {
      say(
        `${page.file_name} as ${page.profile}: ${rowsOf(page.quarantined)} in quarantine${page.mended === 0 ? '' : ` (${page.mended} mended since)`}, notes on ${rowsOf(page.noted)}`,
      );
      for (const row of page.rows) for (const line of plainLines(row)) say(line);
    }
    const last = page.rows.at(-1)?.line;
    if (page.more && !values.csv)
      say(`more: npx headwater quarantine ${batch} --first ${values.first} --after ${last}`);
    return 0;
  },
};

function plainLines(row: ToldRow): readonly string[] {
  const mended = row.mended_by === null ? '' : `, mended since by import ${row.mended_by}`;
  const what = row.outcome === 'quarantined' ? `quarantined${mended}` : 'left out and noted';
  const told = saidOnce(row.reasons).map(
    ({ where, found, wanted }) => `  ${where}: found ${found}, wanted ${wanted}`,
  );
  return [`line ${row.line}, ${what}`, ...told];
}

function csvLines(row: ToldRow): readonly string[] {
  const outcome = row.outcome !== 'quarantined' ? 'noted' : row.mended_by === null ? 'quarantined' : 'mended';
  return saidOnce(row.reasons).map(({ where, found, wanted }) =>
    [String(row.line), outcome, where, found, wanted].map(cell).join(','),
  );
}

/** A spreadsheet would reckon what begins with one of these signs. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new HeadwaterError(
      'BAD_INPUT',
      `${option}: found "${text}", wanted a whole number from ${least} to ${most}`,
    );
  return value;
}
