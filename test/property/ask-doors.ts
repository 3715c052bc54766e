/** Tiles and exports of one viewer as texts: what a browser or a file would hold, refusals and manifests included, but for what is drawn by lot. */
import { gunzipSync } from 'node:zlib';
import { readSlugs } from '../../src/access/organisation.view.ts';
import { readerFor } from '../../src/access/reader.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import type { Hub } from '../../src/cli/hub.ts';
import type { RequestContext } from '../../src/graphql/context.ts';
import { NOTHING_KEPT } from '../../src/graphql/kept-answers.ts';
import { buildHubSchema, hubServices } from '../../src/schema.ts';
import { beginExport, type ExportTools } from '../../src/serving/exports/export.service.ts';
import { ExportDesk } from '../../src/serving/exports/export-desk.ts';
import type { Manifest } from '../../src/serving/exports/manifest.ts';
import { DOORS, type Door, type ExportDoor, nameOf } from '../access/doors.ts';
import { TEST_NOW } from '../support/test-hub.ts';
import { askTile } from '../support/tile-reading.ts';

export interface AtDoors {
  /** A line for each question, in the order of DOORS. */
  readonly said: readonly string[];
  /** Tiles with something on them, and rows taken out: a run without any has proved nothing. */
  readonly tiles: number;
  readonly rows: number;
}

export type AskDoors = (viewer: Viewer, asked?: readonly Door[]) => Promise<AtDoors>;

/** Nothing is kept from one question to the next. */
export function doorsOf(hub: Hub): AskDoors {
  const schema = buildHubSchema();
  const services = hubServices({ ...hub, answers: NOTHING_KEPT });
  const context = (viewer: Viewer): RequestContext => ({
    reader: readerFor(hub.database, viewer),
    now: TEST_NOW,
    slugs: () => readSlugs(hub.database),
    services,
  });
  const tools: Omit<ExportTools, 'desk'> = {
    database: hub.database,
    keys: hub.keys,
    schema,
    now: () => TEST_NOW,
  };
  const take = async (viewer: Viewer, door: ExportDoor): Promise<{ text: string; rows: number }> => {
    // A desk for each: as many worlds ask at once as there are, and no more than four would be let in.
    const running = await beginExport({ ...tools, desk: new ExportDesk() }, context(viewer), {
      ...door,
      filter: null,
      purpose: viewer.purposes?.[0] ?? 'investigation',
      caseReference: 'case-17',
      again: () => Promise.resolve(viewer),
    });
    const pieces: Buffer[] = [];
    const bytes = running.bytes();
    for (let next = await bytes.next(); ; next = await bytes.next()) {
      if (next.done === true)
        return {
          text: written(running.id, running.handling, pieces, next.value),
          rows: next.value.counts.rows,
        };
      pieces.push(Buffer.from(next.value));
    }
  };
  const ask = async (viewer: Viewer, door: Door): Promise<AtDoors> => {
    if (door.kind === 'export') {
      const { text, rows } = await take(viewer, door);
      return { said: [text], tiles: 0, rows };
    }
    const drawn = [];
    for (const tile of door.tiles)
      drawn.push(await askTile(hub, viewer, door.layer, tile, undefined, services));
    return {
      said: drawn.map((tile) => (tile === null ? '-' : gunzipSync(tile).toString('base64'))),
      tiles: drawn.filter((tile) => tile !== null).length,
      rows: 0,
    };
  };
  return async (viewer, asked = DOORS) => {
    const all = { said: [] as string[], tiles: 0, rows: 0 };
    for (const door of asked) {
      const { said, tiles, rows } = await ask(viewer, door).catch((error: Error) => ({
        said: [`refused: ${error.message}`],
        tiles: 0,
        rows: 0,
      }));
      all.said.push(...said.map((text) => `${nameOf(door)}: ${text}`));
      all.tiles += tiles;
      all.rows += rows;
    }
    return all;
  };
}

/** An export has a number of its own, and a digest of a text that names it; all else is to be the same. */
function written(id: string, handling: string, pieces: readonly Buffer[], manifest: Manifest): string {
  const { sha256: _drawn, ...rest } = manifest;
  return `${handling} ${Buffer.concat(pieces).toString('utf8')} ${JSON.stringify(rest)}`.replaceAll(id, 'ID');
}
