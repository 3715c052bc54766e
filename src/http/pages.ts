/** The hub's own pages beside the dashboard, whole from this machine: signing in, GraphiQL with its examples, the published schema. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import { PAGE_POLICY } from './security-headers.ts';

export interface ExampleQuery {
  /** The first line of the comment that the file begins with. */
  readonly title: string;
  /** The lines after it: whose key shows it in the demo, and what is to be seen. */
  readonly note: string;
  readonly query: string;
}

/** The package's folder. */
export const FOLDER = packageFolder(path.dirname(fileURLToPath(import.meta.url)));
const PUBLIC = path.join(FOLDER, 'public');
const packages = createRequire(import.meta.url);

const DEVANAGARI = 'files/noto-sans-devanagari-devanagari-wght-normal.woff2';

/** By path: where the file is, and what it is. GraphiQL and React come from their packages, not from a network. */
const FILES: readonly (readonly [route: string, file: string, type: string])[] = [
  ['/auth/', path.join(PUBLIC, 'auth', 'page.html'), 'html'],
  ['/auth/callback', path.join(PUBLIC, 'auth', 'page.html'), 'html'],
  ['/auth/page.css', path.join(PUBLIC, 'auth', 'page.css'), 'css'],
  ['/auth/page.js', path.join(PUBLIC, 'auth', 'page.js'), 'js'],
  ['/graphiql', path.join(PUBLIC, 'graphiql', 'page.html'), 'html'],
  ['/graphiql/page.css', path.join(PUBLIC, 'graphiql', 'page.css'), 'css'],
  ['/graphiql/page.js', path.join(PUBLIC, 'graphiql', 'page.js'), 'js'],
  ['/graphiql/graphiql.js', inPackage('graphiql', 'graphiql.min.js'), 'js'],
  ['/graphiql/graphiql.css', inPackage('graphiql', 'graphiql.min.css'), 'css'],
  ['/graphiql/react.js', inPackage('react', 'umd/react.production.min.js'), 'js'],
  ['/graphiql/react-dom.js', inPackage('react-dom', 'umd/react-dom.production.min.js'), 'js'],
  ['/words/language.js', path.join(PUBLIC, 'words', 'language.js'), 'js'],
  ['/words/ne.json', path.join(PUBLIC, 'words', 'ne.json'), 'json'],
  ['/words/nepali.css', path.join(PUBLIC, 'words', 'nepali.css'), 'css'],
  ['/words/devanagari.woff2', inPackage('@fontsource-variable/noto-sans-devanagari', DEVANAGARI), 'woff2'],
  ['/words/OFL.txt', inPackage('@fontsource-variable/noto-sans-devanagari', 'LICENSE'), 'txt'],
  ['/schema.graphql', path.join(FOLDER, 'schema', 'schema.graphql'), 'txt'],
  ['/partner.graphql', path.join(FOLDER, 'schema', 'partner.graphql'), 'txt'],
];

/** Long enough for a reload, short enough for an upgrade. */
const CACHE = 'private, max-age=300';

export function pageRoutes(): Router {
  const router = Router({ strict: true });
  for (const [route, file, type] of FILES) {
    router.get(route, (_request, response, next) => {
      response.set({ 'content-security-policy': PAGE_POLICY, 'cache-control': CACHE }).type(type);
      response.sendFile(file, { cacheControl: false, dotfiles: 'allow' }, (error) => {
        if (error) next(error);
      });
    });
  }
  router.get('/graphiql/examples.json', (_request, response) => {
    response.set('cache-control', CACHE).json(exampleQueries());
  });
  return router;
}

/** Every `public/examples/*.graphql`, by file name. */
export function exampleQueries(): readonly ExampleQuery[] {
  const folder = path.join(PUBLIC, 'examples');
  const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
  return files.sort().map((file) => {
    const query = readFileSync(path.join(folder, file), 'utf8');
    const [title = file, ...note] = (/^(?:#.*\n)+/.exec(query)?.[0] ?? '').match(/(?<=^# ).*/gm) ?? [];
    return { title, note: note.join(' '), query };
  });
}

function inPackage(name: string, file: string): string {
  return path.join(path.dirname(packages.resolve(`${name}/package.json`)), file);
}

/** The package's folder, whether the code runs from src or from dist/src. */
function packageFolder(from: string): string {
  return readdirSync(from).includes('package.json') ? from : packageFolder(path.dirname(from));
}
