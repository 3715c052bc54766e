/** The attacker's own tool: a linear program over everything that was ever published, which must not find what a hidden cell holds. */
import highsLoader from 'highs';
import { describe, expect, it } from 'vitest';
import { cellAt, toIndex } from '../../geo/cells.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { indexBorders } from '../../places/border-index.ts';
import { ATOM_RULES, type CountableEvent, gatherAtoms, type LeastPersonsOf, standingOf } from './atoms.ts';
import {
  COUNT_LEVELS,
  type CountDimension,
  type CountedFacts,
  type CountKey,
  cellFor,
  countCells,
  keysOf,
} from './count-levels.ts';

import { drawLayer } from './layers/draw-layer.ts';
import type { SharedLayer } from './layers/layer-feature.ts';
import type { PersonsBand } from './layers/persons-band.ts';

// Its types name the module where its default is meant.
const highs = await (highsLoader as unknown as typeof highsLoader.default)();
const SETS = Number(process.env.SETS ?? 500);
const K = ATOM_RULES.leastPersons;
const areaOf = (place: string): string => place.slice(0, 2);

/** A published number is the sum of the hidden ones that it names; a published band holds it. */
interface Sum {
  readonly of: readonly string[];
  readonly is: number | PersonsBand;
}

/** How narrowly all sums together hold one of the hidden numbers, none of which is negative. */
function rangeOf(hidden: string, sums: readonly Sum[]): { readonly least: number; readonly most: number } {
  const names = new Map<string, string>();
  const named = (of: string): string => {
    if (!names.has(of)) names.set(of, `x${names.size}`);
    return names.get(of)!;
  };
  const rows = sums.flatMap(({ of, is }, row) =>
    of.length === 0 ? [] : rowsFor(`c${row}`, of.map(named).join(' + '), is),
  );
  const solve = (aim: 'Minimize' | 'Maximize'): number => {
    const { Status, ObjectiveValue } = highs.solve(
      `${aim}\n obj: ${named(hidden)}\nSubject To\n${rows.join('\n')}\nEnd`,
    );
    if (Status === 'Unbounded' || Status === 'Primal infeasible or unbounded') return Infinity;
    if (Status !== 'Optimal') throw new Error(`the program is ${Status}`);
    return ObjectiveValue;
  };
  return { least: solve('Minimize'), most: solve('Maximize') };
}

function rowsFor(row: string, sum: string, is: Sum['is']): string[] {
  if (typeof is === 'number') return [` ${row}: ${sum} = ${is}`];
  const most = is.most === null ? [] : [` ${row}m: ${sum} <= ${is.most}`];
  return [` ${row}l: ${sum} >= ${is.least}`, ...most];
}

const contributorsOf = (events: readonly CountableEvent[]): readonly string[] => [
  ...new Set(events.flatMap(({ contributors }) => contributors)),
];

interface DrawnEvent extends CountableEvent {
  readonly facts: CountedFacts;
  readonly epoch: number;
}

function draw(random: Random, epochs: number): DrawnEvent[] {
  const one = <T>(of: readonly T[]): T => of[random.int(of.length)]!;
  return Array.from({ length: 40 + random.int(160) }, (_, i): DrawnEvent => {
    const place = one(['p1a', 'p1b', 'p2a', 'p2b', 'p2c']);
    const quarter = one(['2025-Q1', '2025-Q2', '2025-Q3']);
    const facts = {
      origin: one(['AAA', 'BBB']),
      destination: one(['CCC', 'DDD']),
      place: random.int(8) === 0 ? null : place,
      area: areaOf(place),
      quarter,
      year: quarter.slice(0, 4),
    };
    const first = one(['a', 'b', 'c']);
    return {
      id: `e${String(i).padStart(4, '0')}`,
      persons: 1 + random.int(5),
      contributors: random.int(6) === 0 ? [...new Set([first, 'd'])] : [first],
      keys: keysOf(facts),
      facts,
      epoch: random.int(epochs),
    };
  });
}

const VIEWS: readonly (readonly CountDimension[])[] = [
  ['origin', 'destination', 'place', 'quarter'],
  ['origin', 'area', 'quarter'],
  ['origin', 'destination', 'quarter'],
  ['destination', 'quarter'],
  ['origin', 'year'],
  ['year'],
  [],
];

/** What a fine cell adds to a published number: its persons in atoms of one level, gathered at one epoch, told at another. */
function publish(
  random: Random,
  isLayersAlone = false,
): { readonly sums: Sum[]; readonly truth: Map<string, number> } {
  const epochs = 1 + random.int(3);
  const views = VIEWS.filter(() => random.int(3) > 0);
  const layers = LAYERS.filter(() => random.int(3) > 0);
  let events = draw(random, epochs);
  const sums: Sum[] = [];
  const truth = new Map<string, number>();
  let waiting: readonly CountableEvent[] = [];
  let standing: {
    level: number;
    key: string;
    persons: number;
    events: number;
    members: readonly DrawnEvent[];
    born: number;
  }[] = [];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const gone = new Set(epoch === 0 ? [] : events.filter(() => random.int(25) === 0).map(({ id }) => id));
    events = events.filter(({ id }) => !gone.has(id));
    // An agreement that names more persons, at one epoch and not at another.
    const least: LeastPersonsOf =
      random.int(3) === 0 ? new Map([[random.int(2) === 0 ? 'a' : 'b', 12 + random.int(40)]]) : new Map();
    standing = standing.flatMap((atom) => {
      const members = atom.members.filter(({ id }) => !gone.has(id));
      const now = standingOf(
        { ...atom, contributors: contributorsOf(atom.members), members },
        ATOM_RULES,
        least,
      );
      return now === null ? [] : [{ ...atom, ...now, members }];
    });
    const found = gatherAtoms(
      [...waiting.filter(({ id }) => !gone.has(id)), ...events.filter((event) => event.epoch === epoch)],
      ATOM_RULES,
      least,
    );
    waiting = found.waiting;
    for (const { level, key, persons, events: members } of found.atoms)
      standing.push({
        level,
        key,
        persons,
        events: members.length,
        members: members as DrawnEvent[],
        born: epoch,
      });
    const told = tellEpoch(standing, views);
    sums.push(
      ...(isLayersAlone ? [] : told.sums),
      ...layers.flatMap((layer) => tellLayer(layer, standing, told.hiddenIn)),
    );
    for (const [name, persons] of told.truth) truth.set(name, persons);
  }
  return { sums, truth };
}

type Told = {
  readonly level: number;
  readonly key: string;
  readonly persons: number;
  readonly events: number;
  readonly members: readonly DrawnEvent[];
  readonly born: number;
};

/**
 * The attacker knows the rules: which fine cells a number can hold, and that what was counted once stays as it was counted until it is told otherwise. So a hidden
 * number is what one fine cell has in atoms of one level that were gathered at one epoch, as long as their sum is told the same.
 */
function tellEpoch(
  standing: readonly Told[],
  views: readonly (readonly CountDimension[])[],
): { sums: Sum[]; truth: Map<string, number>; hiddenIn: ReadonlyMap<Told, readonly string[]> } {
  const truth = new Map<string, number>();
  const hiddenIn = new Map<Told, string[]>();
  for (const atom of standing) {
    const names: string[] = [];
    for (const cell of fineCells(atom)) {
      const name = `${cell} ${atom.level} ${atom.key} ${atom.born} ${atom.persons}`;
      names.push(name);
      const persons = atom.members
        .filter(({ facts }) => fineCell(facts) === cell)
        .reduce((sum, member) => sum + member.persons, 0);
      truth.set(name, persons);
    }
    hiddenIn.set(atom, names);
  }
  const sums = views.flatMap((dimensions) =>
    countCells(dimensions, standing, areaOf).map(({ key, persons }): Sum => {
      const of = standing.filter((atom) => {
        const cell = cellFor(dimensions, atom, areaOf);
        return cell !== null && dimensions.every((dimension) => cell[dimension] === key[dimension]);
      });
      return { of: of.flatMap((atom) => hiddenIn.get(atom)!), is: persons };
    }),
  );
  return { sums, truth, hiddenIn };
}

const LAYERS: readonly (readonly [SharedLayer, readonly CountDimension[]])[] = [
  ['flows', ['origin', 'destination', 'quarter']],
  ['corridors', ['origin', 'destination', 'place', 'quarter']],
  ['corridors', ['origin', 'destination', 'area', 'quarter']],
  ['route_hotspots', ['place', 'quarter']],
  ['crossing_clusters', ['place', 'quarter']],
  ['change_alerts', ['origin', 'destination', 'quarter']],
  ['change_alerts', ['area', 'quarter']],
];

/** The drawn names as countries and cells that are some: three places side by side on a made-up border, two on another. */
const GROUND: ReadonlyMap<string, string> = new Map([
  ['AAA', 'NPL'],
  ['BBB', 'BGD'],
  ['CCC', 'IND'],
  ['DDD', 'ARE'],
  ...['p1a', 'p1b'].map((name, at) => [name, cellBy([84.9 + 0.45 * at, 27])] as const),
  ...['p2a', 'p2b', 'p2c'].map((name, at) => [name, cellBy([88.9 + 0.45 * at, 23])] as const),
  ['p1', toIndex(cellAt([84.9, 27], 2))],
  ['p2', toIndex(cellAt([88.9, 23], 2))],
]);
const BORDERS = indexBorders(
  (
    [
      ['IND', 'NPL', 27],
      ['BGD', 'IND', 23],
    ] as const
  ).map(([a, b, latitude]) => ({
    countries: [a, b] as const,
    lines: [
      [
        [84, latitude],
        [91, latitude],
      ],
    ],
    lengthKm: 700,
  })),
);

function cellBy(at: readonly [number, number]): string {
  return toIndex(cellAt(at, 4));
}

/** Each band that a layer tells, and which hidden numbers its persons are. */
function tellLayer(
  [layer, dimensions]: (typeof LAYERS)[number],
  standing: readonly Told[],
  hiddenIn: ReadonlyMap<Told, readonly string[]>,
): Sum[] {
  const onGround = (key: CountKey): CountKey =>
    Object.fromEntries(
      Object.entries(key).map(([dimension, value]) => [dimension, GROUND.get(value) ?? value]),
    );
  const cells = countCells(dimensions, standing, areaOf).map((cell) => ({
    ...cell,
    key: onGround(cell.key),
  }));
  return drawLayer({ layer, dimensions, cells, until: '2025-10-01', borders: BORDERS }).flatMap((feature) => {
    const sumOf = (quarters: readonly string[], is: PersonsBand): Sum => {
      const atoms = standing.filter((atom) => {
        const cell = cellFor(dimensions, atom, areaOf);
        if (cell === null) return false;
        const { origin, destination, place, area, quarter } = onGround(cell);
        const countries = feature.stages.flatMap(({ country }) => country ?? []);
        return (
          quarters.includes(quarter!) &&
          [origin, destination].filter((end) => end !== undefined).join() === countries.join() &&
          (place === undefined || feature.cells.includes(place)) &&
          (area === undefined || place !== undefined || feature.cells.includes(area))
        );
      });
      // What the attacker is given is what was told.
      const told = atoms.reduce((sum, { persons }) => sum + persons, 0);
      expect(told).toBeGreaterThanOrEqual(is.least);
      expect(told).toBeLessThanOrEqual(is.most ?? Infinity);
      return { is, of: atoms.flatMap((atom) => hiddenIn.get(atom) ?? []) };
    };
    const { change } = feature;
    return [
      sumOf(feature.quarters, feature.persons),
      ...(change?.before == null ? [] : [sumOf(change.quartersBefore, change.before)]),
    ];
  });
}

const fineCell = ({ origin, destination, place, area, quarter }: CountedFacts): string =>
  [origin, destination, place ?? `${area}?`, quarter].join('|');

/** All that could be in an atom, as its key says: a place that is none of those enough alone, known or not. */
function fineCells({ level, key }: Told): string[] {
  const [origin, destination, third, fourth] = key.split('|') as [string, string, string, string];
  const places = ['p1a', 'p1b', 'p2a', 'p2b', 'p2c', 'p1?', 'p2?'];
  const quarters = ['2025-Q1', '2025-Q2', '2025-Q3'];
  if (level === 0) return [key];
  if (level === 1)
    return places
      .filter((place) => place.startsWith(third))
      .map((place) => [origin, destination, place, fourth].join('|'));
  if (level === 2) return places.map((place) => [origin, destination, place, third].join('|'));
  return places.flatMap((place) =>
    quarters.map((quarter) => [origin, destination, place, quarter].join('|')),
  );
}

describe(`a linear program over ${SETS} random sets of views and epochs`, () => {
  it('finds no hidden cell: none that has fewer persons than may be told is held more narrowly than that', () => {
    let cells = 0;
    let bands = 0;
    for (let seed = 0; seed < SETS; seed += 1) {
      const random = seededRandom(seed);
      // Some see layers and no counts.
      const { sums, truth } = publish(random, seed % 5 === 4);
      bands += sums.filter(({ is }) => typeof is !== 'number').length;
      const small = [...truth].filter(([, persons]) => persons > 0 && persons < K).map(([name]) => name);
      for (const name of small.sort(() => random.next() - 0.5).slice(0, 3)) {
        const { least, most } = rangeOf(name, sums);
        expect(
          most - least,
          `seed ${seed}: ${name} is ${truth.get(name)}, found ${least} to ${most}`,
        ).toBeGreaterThanOrEqual(K);
        cells += 1;
      }
    }
    expect(cells).toBeGreaterThan(SETS);
    expect(bands).toBeGreaterThan(3 * SETS);
  });

  it('finds hidden cells at once where totals count what is hidden', () => {
    let found = 0;
    for (let seed = 0; seed < 50; seed += 1) {
      const events = draw(seededRandom(seed), 1);
      const byCell = (
        dimensions: readonly CountDimension[],
      ): Map<string, { persons: number; fine: Set<string> }> => {
        const cells = new Map<string, { persons: number; fine: Set<string> }>();
        for (const { facts, persons } of events) {
          const key = dimensions.map((dimension) => facts[dimension]).join('|');
          const cell = cells.get(key) ?? { persons: 0, fine: new Set() };
          cell.persons += persons;
          cell.fine.add(fineCell(facts));
          cells.set(key, cell);
        }
        return cells;
      };
      const sums = [COUNT_LEVELS[0]!, COUNT_LEVELS[2]!, COUNT_LEVELS[3]!].flatMap((dimensions) =>
        [...byCell(dimensions).values()]
          .filter(({ persons }) => persons >= K)
          .map(({ persons, fine }): Sum => ({ of: [...fine], is: persons })),
      );
      for (const [name, { persons }] of byCell(COUNT_LEVELS[0]!)) {
        if (persons >= K || !sums.some(({ of }) => of.includes(name))) continue;
        const { least, most } = rangeOf(name, sums);
        if (most - least < K) found += 1;
      }
    }
    expect(found).toBeGreaterThan(50);
  });
});
