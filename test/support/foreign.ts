/** Programs from outside that read exports back: GDAL's command line, where it is installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The tests that want it are skipped, and counted as skipped, where it is not there (Debian: gdal-bin). */
export const HAS_GDAL = spawnSync('ogr2ogr', ['--version']).status === 0;

export interface Feature {
  readonly id?: unknown;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A folder for a file, gone when `work` is done. */
export async function withFile<T>(
  name: string,
  bytes: Uint8Array,
  work: (file: string) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'headwater-foreign-'));
  try {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    return await work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What GDAL makes of a file, as GeoJSON it writes itself. */
export function readByGdal(
  name: string,
  bytes: Uint8Array,
  ...options: readonly string[]
): Promise<readonly Feature[]> {
  return withFile(name, bytes, (file) => {
    const made = `${file}.out.geojson`;
    execFileSync('ogr2ogr', ['-f', 'GeoJSON', '-lco', 'COORDINATE_PRECISION=15', made, file, ...options], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const { features } = JSON.parse(readFileSync(made, 'utf8')) as { features: readonly Feature[] };
    // The driver takes a feature's id for its own.
    return features.map((each) => ({ ...each, properties: { id: each.id, ...each.properties } }));
  });
}
