/** The gazetteer as a hub has it: prepared in a file beside the program, opened when first needed, its core in the database. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runInBackground } from '../platform/background.ts';
import type { Queryable, UnrestrictedDatabase } from '../platform/database.ts';
import { type Atlas, openAtlas } from './atlas.ts';
import { ATLAS_WORK } from './atlas-work.ts';
import { addPlaces, countPlaces, loadGazetteer, missingPlaces } from './gazetteer.store.ts';
import type { PlaceRow } from './place-rows.ts';

export type { Atlas } from './atlas.ts';
/** The same atlas at every call, of the same file. */
export type AtlasSource = () => Promise<Atlas>;

const opened = new Map<string, Promise<Atlas>>();

/** Opens the file (0.2 s), or builds what it should hold in a thread (20 s) and keeps that for the next time. */
export function atlasFrom(file: string): AtlasSource {
  return () => {
    const known = opened.get(file);
    if (known !== undefined) return known;
    const atlas = openOrBuild(file);
    opened.set(file, atlas);
    atlas.catch(() => opened.delete(file));
    return atlas;
  };
}

async function openOrBuild(file: string): Promise<Atlas> {
  try {
    return openAtlas(readFileSync(file));
  } catch {
    // Missing, cut short or of another layout: all mean the same, that it must be made.
    const bytes = await runInBackground(ATLAS_WORK, null, true);
    keep(file, bytes);
    return openAtlas(bytes);
  }
}

/** Under another name first: somebody else may be reading or making the same file. Where nothing can be written, it is built anew next time. */
function keep(file: string, bytes: Uint8Array): void {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(draft, bytes);
    renameSync(draft, file);
  } catch {
    // A program folder that cannot be written to is a good habit of servers, and no error.
  }
}

/** Puts places in that records are about to name. */
export async function ensurePlaces(
  connection: Queryable,
  atlas: Atlas,
  placeIds: readonly string[],
): Promise<void> {
  await addPlaces(connection, atlas.placeRows(await missingPlaces(connection, placeIds)), false);
}

/** Fills an empty gazetteer; true when it did. */
export async function ensureGazetteer(database: UnrestrictedDatabase, source: AtlasSource): Promise<boolean> {
  const there = await database.unrestricted('look whether the gazetteer is loaded', countPlaces);
  if (there > 0) return false;
  const atlas = await source();
  await database.unrestricted('load the gazetteer', (connection) =>
    loadGazetteer(connection, atlas.core(isCore), atlas.borders.rows),
  );
  return true;
}

/** Towns of this size and up are in every hub's database; smaller ones are known to the importer and come in with the first record. */
const LEAST_CORE_POPULATION = 15_000;

/** 33,000 of 200,000 places: all of them would make a first start slow and a data folder large, for names nobody uses. */
function isCore(place: PlaceRow): boolean {
  return (
    place.kind === 'country' ||
    place.kind === 'crossing_point' ||
    (place.kind === 'admin_area' && place.adminCode?.split('.').length === 2) ||
    (place.kind === 'locality' && (place.population ?? 0) >= LEAST_CORE_POPULATION)
  );
}
