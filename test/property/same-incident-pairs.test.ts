/** Pairs are looked for in blocks: in crowded worlds, none that comparing all with all would find is missing. */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readerFor } from '../../src/access/reader.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { cellAt } from '../../src/geo/cells.ts';
import { mortonCode } from '../../src/geo/morton.ts';
import type { Position } from '../../src/geo/position.ts';
import { seededIds } from '../../src/kernel/ids.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { findCandidates } from '../../src/records/same-incident/candidates.service.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';
import { makeAsker } from './asker.ts';
import { compareCandidates } from './check-same-incident.ts';
import { Onlooker } from './oracle-answers.ts';
import type { World, WorldGrant, WorldRow } from './world.ts';
import { addWorlds, clearRecords } from './world-store.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterEach(() => clearRecords(hub.database));
afterAll(() => hub.close());

const MARK = { handling: 'green', sensitivity: 'routine' } as const;
const KNOWN = { version: 1, known_from: '2026-02-01T00:00:00Z', known_to: null, version_of: null };
const HOUR_MS = 3_600_000;
const digest = (text: string): string => `\\x${createHash('sha256').update(text).digest('hex')}`;

interface Crowd {
  readonly incidents: number;
  /** Within which they all happened. */
  readonly days: number;
  /** How many identifiers of each kind there are. */
  readonly tokens: number;
  /** Around each, up to 15 km away. */
  readonly spots: readonly Position[];
}

/** Three organisations: the first sees the second whole and the third not at all. */
function crowdedWorld(seed: number, crowd: Crowd): World {
  const random = seededRandom(seed);
  const ids = seededIds(seededRandom(seed));
  const rows: WorldRow[] = [];
  const pick = <T>(list: readonly T[]): T => list[random.int(list.length)] as T;
  const organisations = [0, 1, 2].map(() => {
    const id = ids();
    return { id, slug: `crowd-${id}` };
  });
  for (let number = 0; number < crowd.incidents; number += 1) {
    const owner = pick([0, 0, 0, 1, 1, 1, 2]);
    const add = (
      table: string,
      recordClass: WorldRow['recordClass'],
      columns: Record<string, unknown>,
    ): void => void rows.push({ table, owner, recordClass, marking: MARK, columns });
    const [report, incident, movement] = [ids(), ids(), ids()];
    const from = Date.UTC(2026, 0, 1) + random.int(crowd.days * 24) * HOUR_MS;
    const hours = pick([1, 1, 2, 24, 24, 24, 24, 36, 48, 744, 2_160, 8_760]);
    const timed = random.int(20) > 0;
    const time = {
      occurred_from: timed ? new Date(from).toISOString() : null,
      occurred_to: timed ? new Date(from + hours * HOUR_MS).toISOString() : null,
      occurred_granularity: timed ? 'day' : 'unknown',
      occurred_zone: null,
      occurred_basis: random.int(10) === 0 ? 'registration' : 'incident',
      month: null,
    };
    const size = { persons_min: 1 + random.int(3), persons_max: random.int(3) === 0 ? null : 4 };
    const exact = random.int(3) > 0 ? { persons_min: 2, persons_max: 2 } : size;
    add('report', 'report', {
      id: report,
      kind: 'investigation',
      identity_digest: digest(report),
      content_digest: digest('content'),
      external_reference: report,
      recorded_at: KNOWN.known_from,
      reliability: 'B',
      credibility: 2,
      origin_id: null,
      origin_kind: 'staff',
      handling: MARK.handling,
      occurrence: 1,
      ...KNOWN,
    });
    add('incident', 'incident', {
      id: incident,
      report_id: report,
      kind: 'intercept',
      population: 'trafficking',
      verification: random.int(15) === 0 ? 'should_not_count' : 'unverified',
      ...time,
      ...placeNear(
        pick(crowd.spots),
        random.next(),
        random.next(),
        pick([9, 9, 9, 9, 8, 7, 7, 6, 5, 4, null]),
      ),
      ...exact,
      counts: {},
      ...KNOWN,
    });
    add('movement', 'movement', {
      id: movement,
      incident_id: incident,
      report_id: report,
      origin_id: null,
      purpose: 'trafficking',
      mode: 'bus',
      status: 'intercepted',
      exploitation: 'unknown',
      ...time,
      ...exact,
      origin_country: 'NPL',
      destination_country: 'IND',
      countries: ['NPL', 'IND'],
      roles: ['source', 'destination'],
      verification: 'unverified',
      reliability: 'B',
      credibility: 2,
      ...KNOWN,
    });
    for (let held = random.int(4); held > 0; held -= 1) {
      const [entity, kind] = [ids(), pick(['phone', 'plate', 'name', 'agency', 'agency'])];
      const token = random.int(crowd.tokens);
      add('entity', 'entity', { id: entity, kind: 'phone', label: 'x', report_id: report, ...KNOWN });
      add('selector', 'entity', {
        id: ids(),
        entity_id: entity,
        kind,
        token: digest(`${kind} ${token}`),
        hint: '…',
      });
      add('participation', 'entity', {
        id: ids(),
        incident_id: incident,
        subject_id: null,
        entity_id: entity,
        role: pick(['recruiter', 'driver', 'possible_victim']),
      });
    }
  }
  const grants = ['report', 'incident', 'movement', 'entity'].map(
    (recordClass): WorldGrant => ({
      id: ids(),
      grantee: 0,
      owner: 1,
      recordClass,
      ceiling: 'amber',
      projection: 'full',
      validFrom: '2026-01-01T00:00:00Z',
      validTo: null,
      revokedAt: null,
      sight: null,
      cases: null,
      purposes: null,
    }),
  );
  return {
    organisations,
    agreements: [],
    grants,
    viewers: [{ organisation: 0, role: 'analyst', purposes: null }],
    rows,
    question: seed,
  };
}

function placeNear([longitude, latitude]: Position, a: number, b: number, resolution: number | null) {
  const nothing = { longitude: null, latitude: null, z: null, cell: null, cell_resolution: null };
  const common = { place_id: null, country: 'NPL' };
  if (resolution === null) return { ...common, ...nothing };
  // Crowded in the middle; the distance on the ground is the same at every latitude.
  const degrees = 0.14 * a ** 7;
  const east = (degrees * Math.cos(7 * b)) / Math.max(0.02, Math.cos((latitude * Math.PI) / 180));
  const turned = ((longitude + east + 540) % 360) - 180;
  const position: Position = [turned, Math.min(89.99, latitude + degrees * Math.sin(7 * b))];
  return {
    ...common,
    longitude: position[0],
    latitude: position[1],
    z: mortonCode(position),
    cell: cellAt(position, resolution),
    cell_resolution: resolution,
  };
}

const GATES: readonly Position[] = [
  [84.87, 27.01],
  [84.95, 27.05],
  // On the date line, near the pole, and on the meridian and equator where cubes of the earth meet.
  [180, -16.8],
  [20, 89.9],
  [0, 0],
];

describe('pairs in crowded worlds', () => {
  it('are those that comparing all with all finds', async () => {
    const asker = makeAsker(hub);
    let pairs = 0;
    for (let seed = 1; seed <= 8; seed += 1) {
      const world = crowdedWorld(seed, { incidents: 120, days: 1 + (seed % 3), tokens: 40, spots: GATES });
      const [[viewer]] = (await addWorlds(hub.database, [world])) as [[Viewer]];
      asker.renew();
      pairs += await compareCandidates(
        asker,
        viewer,
        new Onlooker(world, { organisation: 0, role: 'analyst', purposes: null }),
      );
      await clearRecords(hub.database);
    }
    console.log(`${pairs} pairs in 8 worlds of 120 incidents`);
    expect(pairs).toBeGreaterThan(60);
  });

  it('grow with the incidents, not with their square', async () => {
    const told: string[] = [];
    const graded: number[] = [];
    for (const incidents of [500, 2_000, 8_000]) {
      // As dense in time whatever the number: about thirty incidents a day over five gates.
      const days = incidents / 30;
      const world = crowdedWorld(incidents, { incidents, days, tokens: incidents, spots: GATES });
      const [[viewer]] = (await addWorlds(hub.database, [world])) as [[Viewer]];
      await hub.database.asOwner((connection) => connection.execute('analyze'));
      const started = performance.now();
      const { total, complete } = await findCandidates(
        readerFor(hub.database, viewer),
        {},
        { gradeAtLeast: 0.5, first: 500 },
      );
      expect(complete).toBe(true);
      told.push(`${incidents} incidents: ${total} pairs in ${Math.round(performance.now() - started)} ms`);
      graded.push(total);
      await clearRecords(hub.database);
    }
    console.log(told.join('; '));
    const [few, , many] = graded as [number, number, number];
    expect(few).toBeGreaterThan(5);
    expect(many).toBeLessThan(2 * 16 * few);
  });
});
