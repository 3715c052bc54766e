/** Features asked for as a viewer, without the HTTP layer, and over HTTP by programs from outside. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { GraphQLSchema } from 'graphql';
import { readSlugs } from '../../src/access/organisation.view.ts';
import { readerFor } from '../../src/access/reader.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import type { Hub } from '../../src/cli/hub.ts';
import type { Services } from '../../src/graphql/services.ts';
import { HeadwaterError } from '../../src/kernel/errors.ts';
import type { Purpose } from '../../src/kernel/vocabulary.ts';
import { buildHubSchema, hubServices } from '../../src/schema.ts';
import { collectionsPage } from '../../src/serving/ogc/feature-documents.ts';
import { nameItem, nameItems, visibleSources } from '../../src/serving/ogc/features.service.ts';
import { openApi } from '../../src/serving/ogc/openapi.ts';
import type { Desk } from './exports.ts';
import type { Feature } from './foreign.ts';
import { TEST_NOW } from './test-hub.ts';

export const ROOT = 'https://hub.example.org/ogc';

export interface Page {
  readonly numberMatched: number;
  readonly numberReturned: number;
  readonly links: readonly { readonly rel: string; readonly href: string; readonly type: string }[];
  readonly features: readonly Feature[];
}

let schema: GraphQLSchema | undefined;

/** What a viewer is told under an address below `/ogc`, or the code and words of the refusal. */
export async function askFeatures(
  hub: Hub,
  viewer: Viewer,
  address: string,
  services: Services = hubServices(hub),
): Promise<{ readonly body: unknown } | { readonly code: string; readonly message: string }> {
  schema ??= buildHubSchema();
  const tools = { database: hub.database, keys: hub.keys, schema, now: () => TEST_NOW };
  const asker = {
    context: {
      reader: readerFor(hub.database, viewer),
      now: TEST_NOW,
      slugs: () => readSlugs(hub.database),
      services,
    },
    purpose: viewer.purposes?.[0] ?? ('investigation' satisfies Purpose),
    caseReference: 'case-17',
  };
  const { pathname, searchParams } = new URL(`${ROOT}${address}`);
  const [, , , id, items, featureId] = pathname.split('/').map(decodeURIComponent);
  const given = Object.fromEntries(searchParams);
  try {
    if (id === undefined) {
      const sources = await visibleSources(tools, asker);
      return {
        body: pathname === '/ogc/api' ? openApi(ROOT, sources, '1') : collectionsPage(ROOT, sources),
      };
    }
    if (items !== 'items') throw new Error(`found no address ${address}`);
    const named =
      featureId === undefined
        ? await nameItems(tools, asker, ROOT, id, given)
        : await nameItem(tools, asker, ROOT, { id, featureId }, given);
    return { body: [named.etag.length, (await named.read()).body] };
  } catch (error) {
    if (!(error instanceof HeadwaterError)) throw error;
    return { code: error.code, message: error.message };
  }
}

/** Every page of a collection, by its next links. */
export async function wholeCollection(
  ask: (address: string) => Promise<Page>,
  first: string,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let address: string | undefined = first;
  while (address !== undefined) {
    const page: Page = await ask(address);
    pages.push(page);
    address = page.links.find(({ rel }) => rel === 'next')?.href.split('/ogc')[1];
  }
  return pages;
}

/** The hub at an address of its own, as long as the work takes. */
export async function whileServed<T>({ app }: Desk, work: (hub: string) => Promise<T>): Promise<T> {
  const server = createServer(app.handler).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ogc`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const run = promisify(execFile);

/** What GDAL's OAPIF driver makes of a collection, as GeoJSON it writes itself; the headers stand in a file, in no list of processes. */
export async function collectionByGdal(
  hub: string,
  headers: Readonly<Record<string, string>>,
  collection: string,
  ...options: readonly string[]
): Promise<readonly Feature[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'headwater-ogc-'));
  try {
    const [said, made] = [path.join(folder, 'headers'), path.join(folder, 'out.geojson')];
    writeFileSync(
      said,
      Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\n`)
        .join(''),
    );
    await run(
      'ogr2ogr',
      [
        '-f',
        'GeoJSON',
        '-lco',
        'COORDINATE_PRECISION=15',
        made,
        `OAPIF:${hub}`,
        collection,
        '-oo',
        'PAGE_SIZE=200',
        ...options,
      ],
      { env: { ...process.env, GDAL_HTTP_HEADER_FILE: said } },
    );
    return (JSON.parse(readFileSync(made, 'utf8')) as { features: readonly Feature[] }).features;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Debian: python3-qgis and qgis-providers. */
export const HAS_QGIS = spawnSync('/usr/bin/python3', ['-c', 'import qgis.core']).status === 0;

/** Debian's QGIS has no configuration for headers yet: its requests are given them on their way. */
const QGIS_PROGRAM = `
import json, os, sys
from qgis.core import QgsApplication, QgsFeatureRequest, QgsNetworkAccessManager, QgsRectangle, QgsVectorLayer, QgsWkbTypes
said = json.loads(sys.stdin.read())
QgsApplication.setPrefixPath('/usr', True)
app = QgsApplication([], False)
app.initQgis()
def headed(request):
    for name, value in said['headers'].items():
        request.setRawHeader(name.encode(), value.encode())
QgsNetworkAccessManager.setRequestPreprocessor(headed)
layer = QgsVectorLayer("url='%s' typename='%s'" % (said['hub'], said['collection']), 'layer', 'OAPIF')
features = [{'id': each['id'], 'geometry': json.loads(each.geometry().asJson(15)) if each.hasGeometry() else None} for each in layer.getFeatures()]
inside = [each['id'] for each in layer.getFeatures(QgsFeatureRequest(QgsRectangle(*said['box'])))]
print('READ ' + json.dumps({'valid': layer.isValid(), 'type': QgsWkbTypes.displayString(layer.wkbType()), 'count': layer.featureCount(), 'features': features, 'inside': inside}))
sys.stdout.flush()
os._exit(0)
`;

export interface ReadByQgis {
  readonly valid: boolean;
  readonly type: string;
  readonly count: number;
  readonly features: readonly Pick<Feature, 'id' | 'geometry'>[];
  readonly inside: readonly string[];
}

export async function collectionByQgis(said: {
  readonly hub: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly collection: string;
  readonly box: readonly [number, number, number, number];
}): Promise<ReadByQgis> {
  const folder = mkdtempSync(path.join(tmpdir(), 'headwater-qgis-'));
  try {
    const env = { ...process.env, QT_QPA_PLATFORM: 'offscreen', HOME: folder, XDG_RUNTIME_DIR: folder };
    const running = run('/usr/bin/python3', ['-c', QGIS_PROGRAM], { env, maxBuffer: 2 ** 28 });
    running.child.stdin?.end(JSON.stringify(said));
    const { stdout } = await running;
    const line = stdout.split('\n').find((one) => one.startsWith('READ '));
    return JSON.parse(line?.slice(5) ?? 'null') as ReadByQgis;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
