/** The hub killed again and again while it imports: nothing it acknowledged is lost, nothing is there twice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { hubFolder, post, type RunningHub, startHub } from '../support/hub-process.ts';

const KILLS = Number(process.env.KILLS ?? 5);
const SEED = Number(process.env.SEED ?? 1);
const folder = hubFolder();
let hub: RunningHub;

beforeAll(async () => {
  hub = await startHub(folder);
});
afterAll(async () => {
  await hub.end('SIGKILL');
  folder.remove();
});

const IMPORT = `mutation ($name: String!, $content: String!) { importFile(profile: "staffing", fileName: $name, content: $content) {
  ... on ImportAccepted { batchId counts { accepted } } } }`;
const LIST = '{ imports(first: 500) { nodes { id fileName state } totalCount } }';

describe(`a hub killed ${KILLS} times while it imports`, () => {
  it('has every import it acknowledged, once', async () => {
    const random = seededRandom(SEED);
    const acknowledged = new Map<string, string>();
    let file = 0;
    const importFile = async (key: string): Promise<void> => {
      const month = `20${10 + (file % 15)}-${String(1 + (file % 12)).padStart(2, '0')}`;
      const content = `country,station_name,location,month,staff,work_fraction\nNepal,Gate ${file},,${month},2,0.5\n`;
      const name = `effort-${file}.csv`;
      const answer = await post<{ importFile: { batchId: string } }>(hub, key, IMPORT, { name, content });
      acknowledged.set(answer.importFile.batchId, name);
    };
    const importNext = (key: string): Promise<void> => {
      file += 1;
      return importFile(key);
    };
    for (let kill = 0; kill < KILLS; kill += 1) {
      const key = hub.key('lantern-line', 'data_officer');
      // The first import of a process reads the gazetteer, for longer than the kill waits: the clock starts after it.
      await importNext(key);
      const dead = new Promise<void>((resolve) =>
        setTimeout(() => void hub.end('SIGKILL').then(() => resolve()), 200 + random.int(1_500)),
      );
      for (;;) {
        try {
          await importNext(key);
        } catch {
          break;
        }
      }
      await dead;
      hub = await startHub(folder);
      // The file that was cut short is gone on with at once: a dead importer of this folder holds nothing up.
      await importFile(hub.key('lantern-line', 'data_officer'));
      const { imports } = await post<{
        imports: { nodes: { id: string; fileName: string; state: string }[] };
      }>(hub, hub.key('lantern-line', 'data_officer'), LIST);
      const found = new Map(imports.nodes.map((node) => [node.id, node]));
      const recent = [...acknowledged].slice(-400);
      expect(recent.filter(([id]) => found.get(id)?.state.toLowerCase() !== 'done')).toEqual([]);
    }
    console.log(`${KILLS} kills (seed ${SEED}), ${acknowledged.size} acknowledged imports, none lost`);
    expect(acknowledged.size).toBeGreaterThan(0);
  });
});
