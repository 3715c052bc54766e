/** Precision and recall of place names, per script, edits and what else is known: of the gazetteer's own names, and of other publishers'. */
import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse';
import { atlasFile, PACKAGE_FOLDER } from '../src/cli/hub.ts';
import { seededRandom } from '../src/kernel/random.ts';
import { atlasFrom } from '../src/places/gazetteer.service.ts';
import {
  type Figures,
  type Known,
  measure,
  namesByScript,
  precisionOf,
  type TrueName,
} from './place-accuracy.ts';
import { type Script, scriptOf } from './place-noise.ts';

/** node bench/place-resolution.ts [names a line, default 200] [seed, default 1] */
const trials = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? 1);
const DATA = path.join(PACKAGE_FOLDER, '..', 'shared', 'data');
const KNOWN: readonly Known[] = ['country', 'near', 'far', 'nothing'];

const atlas = await atlasFrom(atlasFile())();
const random = seededRandom(seed);
console.log(`${trials} names a line, seed ${seed}`);
console.log('| names | edits | known besides | precision | recall | left ambiguous | right among those |');
console.log('|---|---|---|---|---|---|---|');
for (const [script, names] of namesByScript(atlas))
  lines(`${script}, ${names.length}`, script, names, [0, 1, 2]);

await published('Natural Earth', 'basemap/ne_10m_populated_places.csv', (row) => ({
  names: [row.name, ...(row.namealt ?? '').split('|')],
  country: row.adm0_a3,
  longitude: row.longitude,
  latitude: row.latitude,
}));

interface Published {
  readonly names: readonly (string | undefined)[];
  readonly country: string | undefined;
  readonly longitude: string | undefined;
  readonly latitude: string | undefined;
}

async function published(
  label: string,
  file: string,
  read: (row: Readonly<Record<string, string | undefined>>) => Published,
): Promise<void> {
  const at = path.join(DATA, file);
  if (!existsSync(at)) {
    console.log(`skipped ${label}: its file is not beside the checkout`);
    return;
  }
  const names: TrueName[] = [];
  for await (const row of createReadStream(at).pipe(parse({ columns: true, bom: true }))) {
    const { names: given, country, longitude, latitude } = read(row as Record<string, string>);
    if (country === undefined || !longitude || !latitude) continue;
    for (const name of given)
      if (name !== undefined && name.length >= 4 && scriptOf(name) === 'latin')
        names.push({ name, country, position: [Number(longitude), Number(latitude)], radiusKm: 25 });
  }
  lines(`${label}, ${names.length}`, 'latin', names, [0, 1]);
}

function lines(label: string, script: Script, names: readonly TrueName[], levels: readonly number[]): void {
  for (const edits of levels)
    for (const known of KNOWN) {
      const figures = measure(atlas, names, { script, edits, known, trials, random });
      console.log(`| ${label} | ${edits} | ${known} | ${cells(figures)} |`);
    }
}

function cells(figures: Figures): string {
  const percent = (share: number | null): string => (share === null ? '-' : `${(100 * share).toFixed(0)} %`);
  const { right, ambiguous, among } = figures;
  return [precisionOf(figures), right / figures.trials, ambiguous / figures.trials, among / figures.trials]
    .map(percent)
    .join(' | ');
}
