/** `/exports`: files of many records, written as they are read, and the manifest of one that ended. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type RequestHandler, type Response, Router } from 'express';
import type { GraphQLSchema } from 'graphql';
import { maskErrors } from '../graphql/error-mask.ts';
import type { Services } from '../graphql/services.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import type { Purpose } from '../kernel/vocabulary.ts';
import { filterIn } from '../serving/exports/asked-filter.ts';
import { beginExport, type ExportTools, type RunningExport } from '../serving/exports/export.service.ts';
import { ExportDesk } from '../serving/exports/export-desk.ts';
import type { Manifest } from '../serving/exports/manifest.ts';
import { PURPOSE_HEADER, viewerAgainIn, viewerIn } from './authenticate.ts';
import type { HttpServices } from './http-services.ts';
import { refuseRequest } from './refusal.ts';
import { closedBeforeAnswered, contextFor } from './request-context.ts';
import { EXPORT_PACE, endSlowReader } from './slow-reader.ts';

/** The organisation's own reference of the case that an export is for. */
export const CASE_HEADER = 'headwater-case-reference';
/** Its id, under which the manifest is asked for. */
export const EXPORT_HEADER = 'headwater-export';
export const HANDLING_HEADER = 'headwater-handling';

/** A client that takes nothing for so long has gone. */
const IDLE_MS = 120_000;
const ADDRESS = /^\/([a-z-]{1,40})\.([a-z0-9.]{1,20})$/;
const MANIFEST = /^\/([0-9a-f-]{36})\.manifest\.json$/;

const STATUS: Readonly<Record<string, number>> = {
  BAD_INPUT: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BUSY: 429,
  CANCELLED: 409,
};

export function exportRoutes(services: HttpServices, schema: GraphQLSchema, wired: Services): RequestHandler {
  const desk = new ExportDesk();
  const { database, keys } = services.hub;
  const tools: ExportTools = { database, keys, schema, desk, now: services.now };
  const mask = maskErrors(schema, (reference, error) =>
    services.log.error({ reference, err: error }, 'an export failed'),
  );
  const refuse = (response: Response, error: unknown): void => {
    const { message, extensions } = mask({ message: '' }, error);
    const code = String(extensions?.code);
    if (code === 'BUSY') response.set('retry-after', '30');
    refuseRequest(response, STATUS[code] ?? 500, code, message);
  };
  const router = Router();
  // Express would answer HEAD by reading it all, and the log would say that it left.
  router.use((request, response, next) => {
    if (request.method === 'GET') next();
    else refuseRequest(response, 405, 'BAD_INPUT', `found ${request.method}, wanted GET`);
  });
  router.get(MANIFEST, (request, response) => {
    const manifest = desk.manifestOf(viewerIn(response).keyId, MANIFEST.exec(request.path)?.[1] ?? '');
    if (manifest === null) refuse(response, noManifest());
    else response.set('cache-control', 'no-store').json(manifest);
  });
  router.get(ADDRESS, async (request, response) => {
    const [, collection = '', extension = ''] = ADDRESS.exec(request.path) ?? [];
    try {
      // What is derived for it ends with who waits for it.
      const gone = closedBeforeAnswered(response);
      const context = { ...contextFor(services, viewerIn(response), wired), gone };
      const running = await beginExport(tools, context, {
        collection,
        extension,
        filter: filterIn(textOf(request.query.filter)),
        // Its word was checked when the key was.
        purpose: (request.get(PURPOSE_HEADER)?.trim().toLowerCase() ?? null) as Purpose | null,
        caseReference: request.get(CASE_HEADER) ?? null,
        again: viewerAgainIn(response),
      });
      await send(response, running, `${collection}-${running.id}.${extension}`, services);
    } catch (error) {
      refuse(response, error);
    }
  });
  return router;
}

/** A file that did not come to its end has no last chunk and no digest: every client sees that it was cut. */
async function send(
  response: Response,
  running: RunningExport,
  fileName: string,
  { log }: HttpServices,
): Promise<void> {
  const bytes = running.bytes();
  // What fails before the first piece can still be said in words; the trace has that nothing left.
  const first = await bytes.next();
  response.set({
    'content-type': running.mediaType,
    'content-disposition': `attachment; filename="${fileName}"`,
    'cache-control': 'no-store',
    [EXPORT_HEADER]: running.id,
    [HANDLING_HEADER]: running.handling,
    link: `</exports/${running.id}.manifest.json>; rel="describedby"`,
    trailer: 'Repr-Digest',
  });
  response.setTimeout(IDLE_MS, () => response.destroy());
  endSlowReader(response, EXPORT_PACE);
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    if (first.done !== true) yield first.value;
    const manifest: Manifest = first.done === true ? first.value : yield* bytes;
    const digest = Buffer.from(manifest.sha256, 'hex').toString('base64');
    response.addTrailers({ 'Repr-Digest': `sha-256=:${digest}:` });
  };
  try {
    await pipeline(Readable.from(pieces(), { objectMode: false, highWaterMark: 65_536 }), response);
  } catch (error) {
    if (!response.destroyed) response.destroy();
    if (!isGone(error)) log.error({ err: error, export: running.id }, 'an export was cut');
    await bytes.return(undefined as never);
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** Given twice it is neither. */
function textOf(value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string') return value;
  throw new HeadwaterError('BAD_INPUT', 'filter: found several, wanted one');
}

function noManifest(): HeadwaterError {
  return new HeadwaterError(
    'NOT_FOUND',
    'found no manifest under this id, wanted one of an export of this key that came to its end, while this hub runs',
  );
}
