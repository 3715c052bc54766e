/** `headwater import`: files in, every row accounted for. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readOrganisation } from '../access/key.store.ts';
import { type Recognised, readLookup, recognise } from '../intake/formats/lookups.ts';
import type { ImportProfile } from '../intake/formats/profile.ts';
import { hasDatesWithoutZone } from '../intake/formats/profile-meaning.ts';
import { findProfile, NAMED_PROFILES } from '../intake/formats/profiles/named.ts';
import { readOwnProfile } from '../intake/formats/profiles/own.ts';
import { openTable } from '../intake/formats/tables.ts';
import { checkedZone } from '../intake/formats/time-zones.ts';
import { digestFile, importFile } from '../intake/imports/import.service.ts';
import type { ImportProgress, ImportRequest } from '../intake/imports/import-types.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { suggestion } from '../kernel/nearest.ts';
import { memoryKeeper } from '../platform/memory.ts';
import { refreshStatistics } from '../platform/statistics.ts';
import { foldCounts } from '../records/flows/fold-counts.service.ts';
import type { Command, CommandContext } from './commands.ts';
import { summaryLines } from './import-summary.ts';

export const IMPORT: Command = {
  usage:
    'import --profile NAME|FILE.json --org SLUG [--zone ZONE] [--date-order dmy|mdy|ymd] [--sheet NAME] FILE…',
  summary: `reads files into the hub; profiles: ${NAMED_PROFILES.map(({ name }) => name).join(', ')}, or your own`,
  details: [
    '--profile     one that comes along (npx headwater profiles lists their columns), or a JSON file of your own (docs/import-profiles.md)',
    '--org         the organisation whose records they become; npx headwater key create makes one',
    '--zone        the zone that the times are written in, as Asia/Kathmandu; without it they are read as UTC, and the summary says so',
    '--date-order  the order of days such as 03/04/2024; without it they go to quarantine where the profile names none',
    '--sheet       the sheet of a workbook (.xlsx); without it the first that is not hidden',
    'The same file again changes nothing, or goes on where an import was interrupted. npx headwater undo takes one back.',
  ],
  run: runImport,
};

async function runImport(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      profile: { type: 'string' },
      org: { type: 'string' },
      zone: { type: 'string' },
      'date-order': { type: 'string' },
      sheet: { type: 'string' },
    },
  });
  if (values.profile === undefined || values.org === undefined || positionals.length === 0) {
    throw new HeadwaterError('BAD_INPUT', `wanted: npx headwater ${IMPORT.usage}`);
  }
  const profile = readProfile(values.profile, context.folder);
  const organisation = await context.hub.database.unrestricted(
    'find the importing organisation',
    (connection) => readOrganisation(connection, values.org as string),
  );
  const files = await sortFiles(
    profile,
    positionals.map((file) => existing(path.resolve(context.folder, file))),
  );
  const dates = datesOf(values.zone, values['date-order']);
  const warnings =
    dates?.zone === undefined && hasDatesWithoutZone(profile)
      ? ['no zone given: times are read as UTC (--zone Asia/Kathmandu, for example)']
      : [];
  const keepMemory = memoryKeeper();
  for (const file of files.rows) {
    const size = statSync(file).size;
    const started = performance.now();
    const summary = await importFile(context.hub.imports, {
      organisation,
      keyId: null,
      profile,
      fileName: file,
      fileSha256: await digestFile(file),
      open: () => openTable(profile, file, values.sheet ?? null),
      sheet: values.sheet ?? null,
      lookups: files.lookups,
      ...(dates === undefined ? {} : { dates }),
      size,
      onProgress: (progress) => {
        context.progress(progressLine(path.basename(file), progress, started));
        keepMemory();
      },
    });
    const seconds = (performance.now() - started) / 1000;
    for (const line of summaryLines(summary, seconds, process.resourceUsage().maxRSS * 1024, warnings))
      context.say(line);
  }
  await foldCounts(context.hub.database);
  await refreshStatistics(context.hub.database, 'records');
  return 0;
}

function readProfile(name: string, folder: string): ImportProfile {
  const named = findProfile(name);
  if (named !== null) return named;
  const file = path.resolve(folder, name);
  if (!name.endsWith('.json') || !existsSync(file)) {
    const names = NAMED_PROFILES.map((profile) => profile.name);
    throw new HeadwaterError(
      'BAD_INPUT',
      `--profile: found "${name}"${suggestion(name, names)}, wanted one of ${names.join(', ')}, or a .json file with a profile of your own`,
    );
  }
  const read = readOwnProfile(readFileSync(existing(file), 'utf8'));
  if (read.accepted) return read.value;
  const told = read.reasons.map(({ where, found, wanted }) => `  ${where}: found ${found}, wanted ${wanted}`);
  throw new HeadwaterError('BAD_INPUT', [`${path.basename(file)} is not a profile:`, ...told].join('\n'));
}

function existing(file: string): string {
  const there = statSync(file, { throwIfNoEntry: false });
  if (there === undefined) throw new HeadwaterError('BAD_INPUT', `found no file ${file}`);
  if (there.isDirectory()) throw new HeadwaterError('BAD_INPUT', `found the folder ${file}, wanted a file`);
  return file;
}

/** Lookup files are known by their header and read first, whatever their place on the command line. */
async function sortFiles(
  profile: ImportProfile,
  files: readonly string[],
): Promise<{ readonly rows: readonly string[]; readonly lookups: NonNullable<ImportRequest['lookups']> }> {
  const rows: string[] = [];
  const lookups = new Map<string, Awaited<ReturnType<typeof readLookup>>>();
  for (const file of files) {
    const found = (profile.lookups ?? []).length === 0 ? null : await recogniseFile(profile, file);
    if (found?.as !== 'lookup') {
      rows.push(file);
      continue;
    }
    const key = profile.lookups?.find((lookup) => lookup.name === found.lookup)?.key ?? '';
    lookups.set(found.lookup, await readLookup(await openTable(profile, file, null), key));
  }
  const missing = (profile.lookups ?? []).filter((lookup) => !lookups.has(lookup.name));
  if (missing.length > 0) {
    const wanted = missing
      .map((lookup) => `a ${lookup.name} file with the columns ${lookup.columns.join(', ')}`)
      .join(' and ');
    throw new HeadwaterError(
      'BAD_INPUT',
      `${profile.name}: found no lookup file among the files given, wanted ${wanted}`,
    );
  }
  return { rows, lookups };
}

async function recogniseFile(profile: ImportProfile, file: string): Promise<Recognised | null> {
  const table = await openTable(profile, file, null);
  table.close?.();
  return recognise([profile], table.columns);
}

function datesOf(zone: string | undefined, order: string | undefined): ImportRequest['dates'] | undefined {
  if (order !== undefined && !['dmy', 'mdy', 'ymd'].includes(order)) {
    throw new HeadwaterError('BAD_INPUT', `--date-order: found "${order}", wanted dmy, mdy or ymd`);
  }
  const checked = zone === undefined ? null : checkedZone('--zone', zone);
  if (checked?.accepted === false) {
    const [reason] = checked.reasons;
    throw new HeadwaterError(
      'BAD_INPUT',
      `${reason?.where}: found ${reason?.found}, wanted ${reason?.wanted}`,
    );
  }
  if (zone === undefined && order === undefined) return undefined;
  return {
    ...(zone === undefined ? {} : { zone }),
    ...(order === undefined ? {} : { order: order as 'dmy' | 'mdy' }),
  };
}

function progressLine(name: string, { stage, rows, share }: ImportProgress, started: number): string {
  const seconds = (performance.now() - started) / 1000;
  const rate = Math.round(rows / Math.max(seconds, 0.001));
  const left = share > 0.01 ? `, ${Math.ceil((seconds / share) * (1 - share))} s left` : '';
  const bar = `${'█'.repeat(Math.round(share * 20))}${'░'.repeat(20 - Math.round(share * 20))}`;
  return `${bar} ${name}: ${stage}, ${rows.toLocaleString('en')} rows, ${rate.toLocaleString('en')} rows/s${left}`;
}
