/** Taking records out: by permission, for a stated purpose and case, with a trace before the first byte and a manifest after the last. */
import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { readerFor } from '../../access/reader.ts';
import { readScopeVersion } from '../../access/scope-version.view.ts';
import { keepEvents } from '../../audit/keep-events.service.ts';
import { personEvents } from '../../audit/person-events.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { sightOf } from '../../graphql/kept-answers.ts';
import { takePersonsRead } from '../../graphql/persons-read.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { highestHandling } from '../../kernel/handling.ts';
import { randomIds } from '../../kernel/ids.ts';
import { stableText } from '../../kernel/stable-text.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import type { Database } from '../../platform/database.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import { coercedFilter } from './asked-filter.ts';
import type { Marks, Opened } from './collection.ts';
import type { ExportDesk } from './export-desk.ts';
import { begunEvents, type ExportTrace, endedEvent } from './export-events.ts';
import { admitted, type ExportRequest, sightNow } from './export-request.ts';
import type { About, Marked, Pages } from './layer.ts';
import { type Manifest, Tally } from './manifest.ts';
import { marksFor } from './marks.service.ts';
import { findShape, type Shape } from './shapes.ts';

export interface ExportTools {
  readonly database: Database;
  readonly keys: KeyStore;
  readonly schema: GraphQLSchema;
  readonly desk: ExportDesk;
  readonly now: () => Date;
}

export interface RunningExport {
  readonly id: string;
  readonly mediaType: string;
  readonly handling: Handling;
  readonly expectedRows: number;
  /** To be begun by all means. Whoever stops taking ends the reading, and the trace says that it was cut. */
  bytes(): AsyncGenerator<Uint8Array, Manifest>;
}

/** Throws FORBIDDEN, BAD_INPUT, NOT_FOUND for what cannot be exported, BUSY; nothing has left then. */
export async function beginExport(
  tools: ExportTools,
  context: RequestContext,
  request: ExportRequest,
): Promise<RunningExport> {
  const { viewer } = context.reader;
  const { organisationId, purpose, caseToken } = admitted(tools.keys, viewer, request);
  const shape = findShape(request.collection, request.extension);
  const filter = coercedFilter(tools.schema, shape.collection.filter, request.filter);
  const end = tools.desk.begin(viewer.keyId, organisationId);
  try {
    // A reader of its own: what the loaders of a request keep must not grow with the rows.
    const own = { ...context, reader: readerFor(tools.database, viewer) };
    const version = await readScopeVersion(own.reader);
    const opened = await shape.collection.open({ context: own, schema: tools.schema, filter });
    const marks = await marksFor(tools.database, own);
    const handling = highestHandling(opened.classes.map(({ class_id }) => marks.handlingOf(class_id)));
    const id = randomIds();
    const trace: ExportTrace = {
      id,
      organisationId,
      keyId: viewer.keyId,
      purpose,
      collection: request.collection,
      extension: request.extension,
    };
    await keepEvents(tools.database, begunEvents(trace, opened.classes, marks, caseToken), tools.now());
    const run = {
      tools,
      context: own,
      request,
      shape,
      opened,
      marks,
      trace,
      version,
      handling,
      end,
      begunAt: tools.now(),
    };
    return {
      id,
      mediaType: shape.format.mediaType,
      handling,
      expectedRows: expectedRows(opened),
      bytes: () => bytesOf(run),
    };
  } catch (error) {
    end();
    throw error;
  }
}

interface Run {
  readonly tools: ExportTools;
  readonly context: RequestContext;
  readonly request: ExportRequest;
  readonly shape: Shape;
  readonly opened: Opened<Marked>;
  readonly marks: Marks;
  readonly trace: ExportTrace;
  readonly version: string;
  readonly handling: Handling;
  readonly end: () => void;
  readonly begunAt: Date;
}

async function* bytesOf(run: Run): AsyncGenerator<Uint8Array, Manifest> {
  const { tools, context, shape, opened, marks, trace, handling, end } = run;
  const { begunAt } = run;
  const tally = new Tally(handling);
  const hash = createHash('sha256');
  let bytes = 0;
  let manifest: Manifest | null = null;
  try {
    const about: About = {
      exportId: trace.id,
      collection: trace.collection,
      organisation: context.reader.viewer.organisationSlug ?? '',
      handling,
      at: begunAt,
      rows: expectedRows(opened),
    };
    const pages = watched(run, opened.pages(marks), tally);
    for await (const piece of shape.format.write(pages, about)) {
      const chunk = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
    const sha256 = hash.digest('hex');
    const changedMeanwhile = (await readScopeVersion(context.reader)) !== run.version;
    manifest = { ...manifestOf(run, tally, begunAt), changedMeanwhile, bytes, sha256 };
    return manifest;
  } finally {
    end();
    await keepEvents(tools.database, [endedEvent(trace, tally, bytes, manifest)], tools.now());
    if (manifest !== null) tools.desk.keep(trace.keyId, manifest);
  }
}

/** However slowly a client takes it. */
const LONGEST_MS = 3_600_000;

/**
 * Counts what goes by; persons among it are in the log before their page is written. Before each page it is looked at again whether whoever asked still sees what it
 * saw: a file that takes an hour outlives no agreement and no key. CANCELLED where not.
 */
async function* watched<Row extends Marked>(
  { tools, context, trace, request, begunAt }: Run,
  pages: Pages<Row>,
  tally: Tally,
): AsyncGenerator<readonly Row[]> {
  const sight = stableText(sightOf(context.reader.viewer));
  for await (const rows of pages) {
    if ((await sightNow(request)) !== sight)
      throw new HeadwaterError(
        'CANCELLED',
        'what this key or account sees changed while the file was written',
      );
    if (tools.now().getTime() - begunAt.getTime() > LONGEST_MS)
      throw new HeadwaterError('CANCELLED', 'the file took longer than an hour; ask for less at once');
    const persons = takePersonsRead(context.reader);
    if (persons.size > 0)
      await keepEvents(
        tools.database,
        personEvents({ ...trace, detail: { export: trace.id } }, persons),
        tools.now(),
      );
    tally.add(rows);
    yield rows;
  }
}

function manifestOf(
  { tools, request, shape, opened, marks, trace }: Run,
  tally: Tally,
  begunAt: Date,
): Omit<Manifest, 'changedMeanwhile' | 'bytes' | 'sha256'> {
  const records: Record<string, number> = {};
  for (const { owner_id, rows } of opened.classes) {
    if (rows === 0) continue;
    const owner = marks.slugOf(owner_id);
    records[owner] = (records[owner] ?? 0) + rows;
  }
  return {
    manifestVersion: 1,
    export: trace.id,
    collection: request.collection,
    format: request.extension,
    mediaType: shape.format.mediaType,
    filter: request.filter,
    organisation: marks.slugOf(trace.organisationId),
    purpose: trace.purpose,
    begunAt: begunAt.toISOString(),
    endedAt: tools.now().toISOString(),
    counts: {
      rows: tally.rows,
      redacted: opened.classes.reduce((sum, { redacted }) => sum + redacted, 0),
      records,
    },
    ...tally.markings,
    methods: opened.methods,
    notCarried: shape.format.notCarried,
  };
}

function expectedRows({ classes, rows }: Opened<Marked>): number {
  if (rows !== undefined) return rows;
  return classes.reduce((sum, counted) => sum + counted.rows, 0);
}
