/**
 * An importer killed at seeded points of its work, in the middle of statements and between them, its files given three times over with
 * their rows in another order: what stands at the end is what one importer that nobody killed made of each file once.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHub, PACKAGE_FOLDER } from '../../src/cli/hub.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { home, intercept, maya, sita } from '../support/border-intercept-rows.ts';
import { recordLines } from '../support/intake.ts';
import { prepareTestDatabase, type TestDatabase } from '../support/test-hub.ts';

const KILLS = Number(process.env.KILLS ?? 5);
const SEED = Number(process.env.SEED ?? 1);
/** On a server a killed importer's claim stands for half a minute: meanwhile other organisations import. */
const AT_ONCE = 24;

interface GivenFile {
  readonly profile: 'border-intercept' | 'staffing';
  readonly file: string;
}

let base: TestDatabase;
let folder: string;
beforeAll(async () => {
  base = await prepareTestDatabase('base');
  folder = mkdtempSync(path.join(tmpdir(), 'headwater-kills-'));
  // A file of its own: a program given as text would hand that on to the thread of the embedded database.
  writeFileSync(path.join(folder, 'importer.mjs'), CHILD);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await base.remove();
});

describe(`an importer killed ${KILLS} times (seed ${SEED})`, () => {
  it('leaves what one that nobody killed leaves', async () => {
    const random = seededRandom(SEED);
    const once = writeFiles(path.join(folder, 'once'), seededRandom(0), false);
    const clean = await importAll('clean', once, null);
    expect(clean).toMatchObject({ ended: 'done', left: [] });
    const perFile = Math.ceil(clean.statements / once.length);
    const worlds: World[] = [];
    let kills = 0;
    let between = 0;
    while (kills < KILLS) {
      let world = worlds.find((each) => each.left.length > 0 && each.readyAt <= Date.now());
      if (world === undefined) {
        const running = worlds.filter((each) => each.left.length > 0);
        if (running.length >= AT_ONCE) {
          await new Promise((resolve) => setTimeout(resolve, 500));
          continue;
        }
        world = worldOf(worlds.length, random);
        worlds.push(world);
      }
      const kill = { at: 1 + random.int(perFile * 3), afterMs: random.int(4) };
      const run = await importAll(world.slug, world.left, kill);
      if (!['killed', 'done', 'busy'].includes(run.ended)) throw new Error(`kill ${kills}: ${run.ended}`);
      world.left = run.left;
      if (run.ended !== 'killed') continue;
      kills += 1;
      between += Number(kill.afterMs === 0);
      if (base.server) world.readyAt = Date.now() + 31_000;
    }
    for (const world of worlds) {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, world.readyAt - Date.now())));
      expect(await importAll(world.slug, world.left, null)).toMatchObject({ ended: 'done', left: [] });
    }
    const hub = await openHub({ database: base.database, keysFolder: base.keysFolder });
    const wanted = await recordLines(hub, 'clean');
    expect(wanted.length).toBeGreaterThan(200);
    for (const { slug } of worlds) expect(await recordLines(hub, slug)).toEqual(wanted);
    await hub.close();
    console.log(
      `${kills} kills, ${between} of them as a statement was sent, ${worlds.length} organisations of ${wanted.length} rows each, ${perFile} statements a file, seed ${SEED}`,
    );
  });
});

interface World {
  readonly slug: string;
  left: readonly GivenFile[];
  readyAt: number;
}

function worldOf(number: number, random: Random): World {
  const files = [1, 2, 3].flatMap((time) =>
    writeFiles(path.join(folder, `${number}-${time}`), random, time > 1),
  );
  return { slug: `killed-${number}`, left: shuffled(random, files), readyAt: 0 };
}

const CHILD = `
  import { randomUUID } from 'node:crypto';
  import { createReadStream, statSync } from 'node:fs';
  import { openHub } from ${JSON.stringify(path.join(PACKAGE_FOLDER, 'dist/src/cli/hub.js'))};
  import { addOrganisation, readOrganisation } from ${JSON.stringify(path.join(PACKAGE_FOLDER, 'dist/src/access/key.store.js'))};
  import { readRows } from ${JSON.stringify(path.join(PACKAGE_FOLDER, 'dist/src/intake/formats/csv.js'))};
  import { findProfile } from ${JSON.stringify(path.join(PACKAGE_FOLDER, 'dist/src/intake/formats/profiles/named.js'))};
  import { digestFile, importFile } from ${JSON.stringify(path.join(PACKAGE_FOLDER, 'dist/src/intake/imports/import.service.js'))};
  const { base, slug, files, kill } = JSON.parse(process.argv[2]);
  let importing = false;
  let statements = 0;
  const die = () => process.kill(process.pid, 'SIGKILL');
  const observe = () => {
    if (!importing) return;
    statements += 1;
    if (kill === null || statements !== kill.at) return;
    if (kill.afterMs === 0) die();
    else setTimeout(die, kill.afterMs);
  };
  const hub = await openHub({ database: base.database, keysFolder: base.keysFolder, observe });
  const organisation = await hub.database.unrestricted('find the organisation', (connection) =>
    readOrganisation(connection, slug).catch(() => addOrganisation(connection, randomUUID, { slug, name: slug, fictional: true })));
  await hub.atlas();
  importing = true;
  for (const { profile, file } of files) {
    await importFile(hub.imports, { organisation, keyId: null, profile: findProfile(profile), fileName: file, fileSha256: await digestFile(file),
      open: () => readRows(createReadStream(file)), dates: { zone: 'Asia/Kathmandu' }, size: statSync(file).size });
    console.log('done ' + file);
  }
  console.log('statements ' + statements);
  await hub.close();
`;

interface Run {
  /** done, killed, busy, or what the importer complained of. */
  readonly ended: string;
  readonly left: readonly GivenFile[];
  readonly statements: number;
}

async function importAll(
  slug: string,
  files: readonly GivenFile[],
  kill: { readonly at: number; readonly afterMs: number } | null,
): Promise<Run> {
  const child = spawn(
    process.execPath,
    [path.join(folder, 'importer.mjs'), JSON.stringify({ base, slug, files, kill })],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let text = '';
  let wrong = '';
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString();
  });
  child.stderr.on('data', (piece: Buffer) => {
    wrong += piece.toString();
  });
  const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)));
  const done = new Set(text.split('\n').flatMap((line) => (line.startsWith('done ') ? [line.slice(5)] : [])));
  const ended =
    signal === 'SIGKILL' ? 'killed' : /code: 'BUSY'/.test(wrong) ? 'busy' : wrong === '' ? 'done' : wrong;
  return {
    ended,
    left: files.filter(({ file }) => !done.has(file)),
    statements: Number(/statements (\d+)/.exec(text)?.[1] ?? 0),
  };
}

function shuffled<T>(random: Random, all: readonly T[]): T[] {
  const rest = [...all];
  return all.map(() => rest.splice(random.int(rest.length), 1)[0] as T);
}

/** Files of which none says anything of what another says, so that their order changes nothing. */
function writeFiles(into: string, random: Random, reordered: boolean): readonly GivenFile[] {
  mkdirSync(into);
  const files: GivenFile[] = [];
  const write = (
    profile: GivenFile['profile'],
    name: string,
    groups: readonly string[][],
    header: string,
  ): void => {
    const file = path.join(into, name);
    const rows = (reordered ? shuffled(random, groups) : groups).flat();
    writeFileSync(file, [header, ...rows].map((line) => `${line}\n`).join(''));
    files.push({ profile, file });
  };
  const columns = [...new Set([intercept, maya, sita].flatMap((row) => Object.keys(row)))];
  for (let file = 0; file < 3; file += 1) {
    const groups = Array.from({ length: 12 }, (_, index) => {
      const shared = {
        ...intercept,
        irf_number: `KIL${100 * file + index}`,
        date_of_interception: `2024-0${1 + (index % 9)}-1${file}`,
      };
      return [maya, sita].slice(0, 1 + (index % 2)).map((person) => {
        const row: Readonly<Record<string, string>> = { ...shared, ...person, address: home };
        return columns.map((column) => `"${row[column] ?? ''}"`).join(',');
      });
    });
    write('border-intercept', `intercepts-${file}.csv`, groups, columns.join(','));
    const effort = Array.from({ length: 12 }, (_, index) => [
      `Nepal,Gate ${file},,2024-${String(index + 1).padStart(2, '0')},${1 + file},0.5`,
    ]);
    write(
      'staffing',
      `effort-${file}.csv`,
      effort,
      'country,station_name,location,month,staff,work_fraction',
    );
  }
  return files;
}
