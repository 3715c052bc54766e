/** `headwater export`: a file of many records and its manifest, as the holder of a key sees them. */
import { createWriteStream, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { readSlugs } from '../access/organisation.view.ts';
import { readerFor } from '../access/reader.ts';
import { readViewer } from '../access/viewer.view.ts';
import type { RequestContext } from '../graphql/context.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { PURPOSES } from '../kernel/vocabulary.ts';
import { buildHubSchema, hubServices } from '../schema.ts';
import { filterIn } from '../serving/exports/asked-filter.ts';
import { beginExport } from '../serving/exports/export.service.ts';
import { ExportDesk } from '../serving/exports/export-desk.ts';
import type { Manifest } from '../serving/exports/manifest.ts';
import { EXPORT_NAMES } from '../serving/exports/shapes.ts';
import type { Command, CommandContext } from './commands.ts';

const OPTIONS = {
  'key-file': { type: 'string' },
  purpose: { type: 'string' },
  'case-reference': { type: 'string' },
  filter: { type: 'string' },
  out: { type: 'string' },
} as const;

export const EXPORT: Command = {
  usage:
    'export --key-file FILE --purpose PURPOSE --case-reference REF [--filter JSON|@FILE] [--out FILE] COLLECTION.FORMAT',
  summary: 'writes records to a file, and a manifest beside it, as the holder of the key sees them',
  details: [
    `COLLECTION.FORMAT  ${EXPORT_NAMES.join(', ')}`,
    '--key-file         a key of a role that exports: analyst, investigator, data_officer',
    `--purpose          ${PURPOSES.join(', ')}`,
    '--case-reference   your organisation’s reference of the case; only a digest of it is kept',
    '--filter           the filter of the GraphQL list as JSON, or the file that holds it',
    '--out              COLLECTION.FORMAT in this folder unless given; what is there already stays',
    'A file that is not whole is called FILE.part and has no manifest.',
  ],
  run: runExport,
};

async function runExport(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [name, ...others] = positionals;
  const match = /^([a-z-]+)\.([a-z0-9.]+)$/.exec(name ?? '');
  if (values['key-file'] === undefined || match === null || others.length > 0)
    throw new HeadwaterError('BAD_INPUT', `wanted: npx headwater ${EXPORT.usage}`);
  const [, collection = '', extension = ''] = match;
  const purpose = PURPOSES.find((each) => each === values.purpose?.toLowerCase());
  if (purpose === undefined)
    throw new HeadwaterError(
      'BAD_INPUT',
      `--purpose: found ${values.purpose ?? 'none'}, wanted one of ${PURPOSES.join(', ')}`,
    );
  const file = path.resolve(context.folder, values.out ?? `${collection}.${extension}`);
  if (existsSync(file))
    throw new HeadwaterError('CONFLICT', `found the file ${file} there already, wanted another name: --out`);
  const { hub } = context;
  const now = hub.imports.now();
  const key = readText(context, '--key-file', values['key-file']).trim();
  const viewer = await readViewer(hub.database, key, now, purpose);
  const request: RequestContext = {
    reader: readerFor(hub.database, viewer),
    now,
    slugs: () => readSlugs(hub.database),
    services: hubServices(hub),
  };
  const tools = {
    database: hub.database,
    keys: hub.keys,
    schema: buildHubSchema(),
    desk: new ExportDesk(),
    now: hub.imports.now,
  };
  const filter = filterIn(filterText(context, values.filter));
  const caseReference = values['case-reference'] ?? null;
  const running = await beginExport(tools, request, {
    collection,
    extension,
    filter,
    purpose,
    caseReference,
    again: () => readViewer(hub.database, key, hub.imports.now(), purpose),
  });
  const manifest = await write(running.bytes(), file, running.expectedRows, context);
  writeFileSync(`${file}.manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`, { flag: 'wx' });
  context.say(
    `${manifest.counts.rows.toLocaleString('en')} rows, ${manifest.handling}, SHA-256 ${manifest.sha256}`,
  );
  context.say(`written to ${file}, what it is to ${path.basename(file)}.manifest.json`);
  return 0;
}

/** Under another name until it is whole. */
async function write(
  bytes: AsyncGenerator<Uint8Array, Manifest>,
  file: string,
  rows: number,
  { progress }: CommandContext,
): Promise<Manifest> {
  const part = `${file}.part`;
  // An export that was never begun would have no end in the log.
  const first = await bytes.next();
  const whole: Manifest[] = [];
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    let size = 0;
    let told = 0;
    for (let next = first; ; next = await bytes.next()) {
      if (next.done === true) {
        whole.push(next.value);
        return;
      }
      size += next.value.length;
      if (size - told > 2 ** 24) {
        told = size;
        progress(`${Math.round(size / 2 ** 20)} MB written, of about ${rows.toLocaleString('en')} rows`);
      }
      yield next.value;
    }
  };
  try {
    await pipeline(
      Readable.from(pieces(), { objectMode: false }),
      createWriteStream(part, { flags: 'wx', mode: 0o600 }),
    );
  } finally {
    // Where the disk is full nothing more is read, and the log hears that it was cut.
    await bytes.return(undefined as never);
  }
  const [manifest] = whole;
  if (manifest === undefined) throw new Error('an export ended without its manifest');
  renameSync(part, file);
  return manifest;
}

function filterText(context: CommandContext, said: string | undefined): string | null {
  if (said === undefined) return null;
  return said.startsWith('@') ? readText(context, '--filter', said.slice(1)) : said;
}

function readText({ folder }: CommandContext, option: string, name: string): string {
  const file = path.resolve(folder, name);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new HeadwaterError('BAD_INPUT', `${option}: found no file ${file} that can be read`);
  }
}
