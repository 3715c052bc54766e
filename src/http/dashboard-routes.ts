/** The dashboard as it was built: one page at `/`, and its files under names that change with what is in them. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { FOLDER } from './pages.ts';
import { refuseRequest } from './refusal.ts';
import { DASHBOARD_POLICY } from './security-headers.ts';
import { isKnown } from './telling.ts';

const BUILT = path.join(FOLDER, 'dist', 'dashboard');
/** Their names are digests: another content has another name. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Kept, and asked about each time: after an upgrade it names other files. */
const ASK_AGAIN = 'no-cache';
const NOT_BUILT = 'the dashboard was not built; run npm run build and start the hub again';
/** Best first; made when the dashboard is built. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

interface BuiltFile {
  readonly route: string;
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly packed: ReadonlyMap<string, Buffer>;
}

export function dashboardRoutes(folder = BUILT): Router {
  const router = Router({ strict: true });
  const files = existsSync(folder) ? readBuilt(folder) : [];
  for (const file of files) {
    router.get(file.route, file.route === '/' ? page(file) : asset(file));
  }
  if (files.length === 0) {
    router.get('/', (_request, response) => refuseRequest(response, 503, 'BUSY', NOT_BUILT));
  }
  return router;
}

function page(file: BuiltFile): RequestHandler {
  return (request, response) => {
    response.set({ 'content-security-policy': DASHBOARD_POLICY, 'cache-control': ASK_AGAIN });
    send(request, response, file);
  };
}

function asset(file: BuiltFile): RequestHandler {
  return (request, response) => {
    // A worker brings its own policy: it loads nothing but what its page asks it for.
    response.set({ 'content-security-policy': DASHBOARD_POLICY, 'cache-control': FOR_EVER });
    send(request, response, file);
  };
}

function send(request: Request, response: Response, { type, etag, plain, packed }: BuiltFile): void {
  // Of the content, whatever it is packed in: weak.
  response.vary('Accept-Encoding').set('etag', `W/${etag}`);
  if (isKnown(request, etag)) {
    response.status(304).end();
    return;
  }
  const [encoding] = ENCODINGS.find(([name]) => packed.has(name) && request.acceptsEncodings(name)) ?? [];
  response.type(type);
  if (encoding === undefined) response.end(plain);
  else response.set('content-encoding', encoding).end(packed.get(encoding));
}

/** All of them, in memory: some MB, read once. */
function readBuilt(folder: string): readonly BuiltFile[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
    file.replaceAll(path.sep, '/'),
  );
  return all
    .filter((file) => /\.(html|m?js|css|svg|woff2)$/.test(file))
    .map((file) => {
      const plain = readFileSync(path.join(folder, file));
      const packed = ENCODINGS.filter(([, ending]) => all.includes(file + ending)).map(
        ([name, ending]) => [name, readFileSync(path.join(folder, file + ending))] as const,
      );
      const digest = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
      return {
        route: file === 'index.html' ? '/' : `/${file}`,
        type: path.extname(file).slice(1),
        etag: `"${digest}"`,
        plain,
        packed: new Map(packed),
      };
    });
}
