/** The examples of the document for partner developers: taken out of its code blocks, pointed at a hub, and a page of them served from another origin. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const MAPLIBRE = path.join(repository, 'node_modules', 'maplibre-gl', 'dist');
/** What the document calls the hub. */
const HUB = 'https://hub.example.org';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
};

/** By the name that stands behind the language of each block. Changed in nothing but the hub's address. */
export function examplesFor(hub: string): ReadonlyMap<string, string> {
  const text = readFileSync(path.join(repository, 'docs', 'partner-developers.md'), 'utf8');
  const blocks = text.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm);
  return new Map([...blocks].map(([, name = '', code = '']) => [name, code.replaceAll(HUB, hub)]));
}

export interface PartnerSite {
  readonly origin: string;
  close(): Promise<void>;
}

/** A folder of examples with MapLibre's files beside them, as a partner would put them up. `hub` is asked for with each request. */
export async function servePartnerSite(hub: () => string): Promise<PartnerSite> {
  const server = createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1);
    const body = /^maplibre-gl[\w.-]*$/.test(name)
      ? readFileSync(path.join(MAPLIBRE, name))
      : examplesFor(hub()).get(name);
    if (body === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': TYPES[path.extname(name)] ?? 'text/plain' }).end(body);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
