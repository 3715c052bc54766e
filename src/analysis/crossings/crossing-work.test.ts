import { describe, expect, it } from 'vitest';
import type { Position } from '../../geo/position.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { deriveCrossingClusters } from './crossing-clusters.ts';
import { type CrossingBlock, type ObservedCrossing, readColumns } from './crossing-columns.ts';
import { type CrossingTask, work } from './crossing-work.ts';
import { UuidNumbering } from './uuid-numbering.ts';

const PARAMETERS = { epsKm: 5, minIncidents: 5 };

function uuid(random: Random): string {
  const digits = (count: number): string =>
    Array.from({ length: count }, () => random.int(16).toString(16)).join('');
  return [8, 4, 4, 4, 12].map(digits).join('-');
}

interface Told extends ObservedCrossing {
  readonly incidentId: string;
  readonly owner: string;
}

/** Two gates and stragglers on two borders, repeated coordinates, reports of one event, unknown months and origins. */
function told(random: Random, count: number): Told[] {
  const ids = Array.from({ length: count }, () => uuid(random)).sort();
  const [origins, owners] = [1, 2].map(() => Array.from({ length: 4 }, () => uuid(random))) as [
    string[],
    string[],
  ];
  return ids.map((incidentId, i) => {
    const [x, y] = i % 9 === 0 ? [80 + random.int(8), 28] : [85 + (i % 2), 26.5];
    const month = random.int(24);
    return {
      position: [x + random.int(8) / 512, y + random.int(8) / 512],
      weight: 1 + random.int(4),
      incidentId,
      // Every sixth is a report of the event before it.
      incident: i % 6 === 5 ? ids[i - 1]! : incidentId,
      border: i % 4 === 0 ? ['BGD', 'IND'] : ['IND', 'NPL'],
      month:
        i % 7 === 0 ? null : `${2024 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`,
      origin: i % 3 === 0 ? null : origins[random.int(4)]!,
      owner: owners[random.int(4)]!,
    };
  });
}

/** As the database writes them, a few lines a block. */
function blocksOf(crossings: readonly Told[], linesABlock = 7): CrossingBlock[] {
  const pairs = new Map<string, Told[]>();
  for (const crossing of crossings)
    pairs.set(crossing.border.join(' '), [...(pairs.get(crossing.border.join(' ')) ?? []), crossing]);
  return [...pairs.values()].flatMap((own) =>
    Array.from({ length: Math.ceil(own.length / linesABlock) }, (_, block) => ({
      border: own[0]!.border,
      lines: own
        .slice(block * linesABlock, (block + 1) * linesABlock)
        .map(({ position, weight, incidentId, incident, month, origin, owner }) =>
          [
            ...position,
            weight,
            incidentId,
            incident === incidentId ? '' : incident,
            month === null ? '' : Date.parse(`${month}-01T00:00:00Z`) / 86_400_000,
            origin ?? '',
            owner,
          ].join('\t'),
        )
        .join('\n'),
    })),
  );
}

function task(crossings: readonly Told[], more: Partial<CrossingTask> = {}): CrossingTask {
  return {
    blocks: blocksOf(crossings),
    parameters: PARAMETERS,
    stations: [],
    points: new Map(),
    lines: [],
    withStretches: false,
    withMass: false,
    withStability: false,
    evidence: 0,
    withPlaces: true,
    ...more,
  };
}

describe('crossing clusters from the lines of the database', () => {
  it('are those of the crossings told, however the lines are cut into blocks', () => {
    const crossings = told(seededRandom(1), 300);
    const expected = deriveCrossingClusters(crossings, PARAMETERS);
    const found = work(task(crossings));
    expect(expected.clusters.length).toBeGreaterThan(2);
    expect(found).toMatchObject({ ...expected, owners: 4 });
    expect(found.window).toEqual({
      first: crossings.reduce((least, { month }) => (month !== null && month < least ? month : least), '~'),
      last: crossings.reduce((most, { month }) => (month !== null && month > most ? month : most), ''),
    });
    const { clusters } = work(task(crossings, { blocks: blocksOf(crossings.toReversed(), 50) }));
    expect(clusters).toEqual(found.clusters);
  });

  it('tell how far they are', () => {
    const shares: number[] = [];
    const { clusters } = work(task(told(seededRandom(1), 300)), (share) => shares.push(share));
    expect(shares).toHaveLength(2 + clusters.length);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  it('are told with their evidence as a count by hand has it', () => {
    const crossings = told(seededRandom(2), 240);
    const found = work(task(crossings, { evidence: 10_000 }));
    const at = ({ position: [x, y], border }: Told): string => `${border.join(' ')} ${x} ${y}`;
    for (const cluster of found.clusters) {
      const places = new Set(
        cluster.places.map(({ position: [x, y] }) => `${cluster.border.join(' ')} ${x} ${y}`),
      );
      const members = crossings.filter((crossing) => places.has(at(crossing)));
      const parties = new Map<unknown, number>();
      for (const { incident, weight } of members)
        parties.set(incident, Math.max(weight, parties.get(incident) ?? 0));
      const months = [...new Set(members.flatMap(({ month }) => month ?? []))].sort();
      expect(cluster).toMatchObject({
        records: members.length,
        incidents: parties.size,
        personEvents: [...parties.values()].reduce((sum, one) => sum + one, 0),
        independentOrigins: Math.max(1, new Set(members.flatMap(({ origin }) => origin ?? [])).size),
        monthsActive: months.length,
        firstMonth: months[0],
        lastMonth: months.at(-1),
        incidentIds: members.map(({ incidentId }) => incidentId).sort(),
      });
    }
    const first = work(task(crossings, { evidence: 3 })).clusters[0]!;
    expect(first.incidentIds).toEqual(found.clusters[0]!.incidentIds.slice(0, 3));
  });

  it('are watched by the stations within reach of a member, each by one, in the months it was staffed', () => {
    const crossings = told(seededRandom(3), 240);
    const [{ owner, month }] = crossings.filter((one) => one.month !== null) as [Told];
    const station = (position: Position) => ({
      ownerId: owner,
      position,
      staffMonths: 2,
      months: [month as string],
    });
    const { clusters } = work(
      task(crossings, { stations: [station([85, 26.5]), station([85.01, 26.53]), station([70, 20])] }),
    );
    expect(clusters.reduce((sum, { watched }) => sum + watched.stations, 0)).toBe(2);
    for (const { watched, places, border } of clusters) {
      const positions = new Set(places.map(({ position }) => position.join(' ')));
      const seen = crossings.filter(
        (one) =>
          one.owner === owner &&
          one.month === month &&
          one.border.join() === border.join() &&
          positions.has(one.position.join(' ')),
      );
      const expected = watched.stations === 0 ? 0 : new Set(seen.map(({ incident }) => incident)).size;
      expect(watched.incidents).toBe(expected);
    }
  });

  it('leave the places out where nobody asked for them, and are of nothing none', () => {
    const crossings = told(seededRandom(4), 120);
    const whole = work(task(crossings));
    const bare = work(task(crossings, { withPlaces: false }));
    expect(bare.clusters.every(({ places }) => places.length === 0)).toBe(true);
    expect(bare.clusters.map(({ anchor, incidents }) => [anchor, incidents])).toEqual(
      whole.clusters.map(({ anchor, incidents }) => [anchor, incidents]),
    );
    expect(work(task([]))).toMatchObject({ clusters: [], noise: [], counts: { records: 0, incidents: 0 } });
  });
});

describe('numbering of ids', () => {
  it('gives one number an id, and the id back', () => {
    const random = seededRandom(5);
    const ids = Array.from({ length: 2_000 }, () => uuid(random));
    // Alike in three of their four words.
    const alike = [0, 9, 19, 28]
      .map((at) => `${'0'.repeat(at)}`.padEnd(36, 'f'))
      .map((text) =>
        [8, 13, 18, 23].reduce((word, dash) => `${word.slice(0, dash)}-${word.slice(dash + 1)}`, text),
      );
    const all = [...ids, ...alike, ...ids.toReversed()];
    const numbering = new UuidNumbering();
    const numbers = all.map((id) => numbering.of(`x\t${id}\n`, 2));
    expect(numbering.size).toBe(new Set(all).size);
    expect(numbers.map((number) => numbering.name(number))).toEqual(all);
  });

  it('reads one line a row', () => {
    const columns = readColumns(blocksOf(told(seededRandom(6), 15)));
    expect(columns.count).toBe(15);
    expect(columns.borders).toEqual([
      ['BGD', 'IND'],
      ['IND', 'NPL'],
    ]);
  });
});
