/** What layers say of told counts, and that they say nothing of anything else. */
import { describe, expect, it } from 'vitest';
import { cellAt, diskAround, fromIndex, toIndex } from '../../../geo/cells.ts';
import { seededRandom } from '../../../kernel/random.ts';
import { indexBorders } from '../../../places/border-index.ts';
import { ATOM_RULES, type CountableEvent, gatherAtoms, isEnough } from '../atoms.ts';
import { type CountDimension, type CountKey, countCells, keysOf } from '../count-levels.ts';
import { areaOf } from '../view-definition.ts';
import { drawLayer, isDrawnOf } from './draw-layer.ts';
import { SHARED_LAYERS, type SharedLayer } from './layer-feature.ts';
import { bandOf, PERSONS_BANDS } from './persons-band.ts';
import type { ToldCell } from './told-series.ts';

const BORDER = indexBorders([
  {
    countries: ['IND', 'NPL'],
    lines: [
      [
        [80, 27],
        [88, 27],
      ],
    ],
    lengthKm: 800,
  },
]);
const at = (longitude: number, latitude = 27): string => toIndex(cellAt([longitude, latitude], 4));
const told = (key: CountKey, incidents: number, persons = 2 * incidents): ToldCell => ({
  key,
  incidents,
  persons,
});
const draw = (layer: SharedLayer, dimensions: readonly CountDimension[], cells: readonly ToldCell[]) =>
  drawLayer({ layer, dimensions, cells, until: '2026-07-01', borders: BORDER });
const PAIR: readonly CountDimension[] = ['origin', 'destination', 'quarter'];
const pair = (quarter: string, incidents: number, origin = 'NPL', destination = 'IND'): ToldCell =>
  told({ origin, destination, quarter }, incidents);

describe('bands of persons', () => {
  it('begin at what may be told, follow one another, and are none of them narrower than that', () => {
    expect(PERSONS_BANDS[0]?.least).toBe(ATOM_RULES.leastPersons);
    for (const [index, { least, most }] of PERSONS_BANDS.entries()) {
      expect(most === null).toBe(index === PERSONS_BANDS.length - 1);
      if (most !== null) {
        expect(most - least + 1).toBeGreaterThanOrEqual(ATOM_RULES.leastPersons);
        expect(PERSONS_BANDS[index + 1]?.least).toBe(most + 1);
      }
      expect(bandOf(least)).toEqual({ least, most });
    }
    expect(() => bandOf(10)).toThrow('found 10 persons, wanted 11 or more');
  });
});

describe('flows and corridors', () => {
  it('are of the latest four quarters, as far as they are told', () => {
    const [flow, ...more] = draw('flows', PAIR, [
      pair('2024-Q4', 400),
      pair('2025-Q3', 10),
      pair('2026-Q2', 20),
    ]);
    expect(more).toEqual([]);
    expect(flow).toMatchObject({
      id: 'NPL>IND',
      quarters: ['2025-Q3', '2026-Q2'],
      persons: { least: 50, most: 99 },
      stages: [
        { role: 'source', country: 'NPL' },
        { role: 'destination', country: 'IND' },
      ],
      geometry: { type: 'LineString' },
    });
    expect(draw('flows', PAIR, [pair('2025-Q2', 90)])).toEqual([]);
  });

  it('rise or fall where what is told of the latest quarter is other than chance, and say nothing where too little is told', () => {
    const trend = (...incidents: readonly number[]) =>
      draw(
        'flows',
        PAIR,
        incidents.flatMap((count, back) =>
          count === 0 ? [] : [pair(['2026-Q2', '2026-Q1', '2025-Q4', '2025-Q3', '2025-Q2'][back]!, count)],
        ),
      )[0]?.trend;
    expect(trend(40, 10, 12, 9, 11)).toBe('up');
    expect(trend(5, 30, 28, 33)).toBe('down');
    expect(trend(10, 11, 9, 12)).toBe('steady');
    expect(trend(0, 30, 28, 33)).toBe('not_available');
    expect(trend(40, 3)).toBe('not_available');
    expect(trend(3, 3, 3)).toBe('not_available');
  });

  it('go by way of the border that runs through the cell, if one of both countries does', () => {
    const by: readonly CountDimension[] = ['origin', 'destination', 'place', 'quarter'];
    const corridor = (origin: string, destination: string, place: string) =>
      draw('corridors', by, [told({ origin, destination, place, quarter: '2026-Q1' }, 20)])[0];
    expect(corridor('NPL', 'ARE', at(84))).toMatchObject({
      id: `NPL>${at(84)}>ARE`,
      border: ['IND', 'NPL'],
      stages: [{ role: 'source' }, { role: 'transit', border: ['IND', 'NPL'] }, { role: 'destination' }],
    });
    expect(corridor('BGD', 'PAK', at(84))?.border).toBeNull();
    expect(corridor('NPL', 'IND', at(84, 29))?.border).toBeNull();
  });

  it('are cut at the antimeridian', () => {
    const [flow] = draw('flows', PAIR, [pair('2026-Q1', 20, 'FJI', 'WSM')]);
    expect(flow?.geometry.type).toBe('MultiLineString');
    expect(JSON.stringify(flow?.geometry)).toMatch(/180/);
  });
});

describe('hotspots', () => {
  const by: readonly CountDimension[] = ['place', 'quarter'];
  const around = diskAround(fromIndex(at(84)), 3).map(toIndex);

  it('are significant among thirty told cells or more, and density among fewer', () => {
    const near = new Set(diskAround(fromIndex(at(84)), 1).map(toIndex));
    const cells = around.map((place) => told({ place, quarter: '2026-Q1' }, near.has(place) ? 60 : 6));
    const classes = (of: readonly ToldCell[]) =>
      new Map(draw('route_hotspots', by, of).map((feature) => [feature.id, feature.class]));
    const many = classes(cells);
    expect(many.size).toBe(37);
    expect(many.get(at(84))).toBe('hotspot');
    expect([...many].filter(([id]) => !near.has(id)).map(([, found]) => found)).not.toContain('hotspot');
    expect(new Set(classes(cells.slice(0, 29)).values())).toEqual(new Set(['density']));
  });
});

describe('crossing clusters', () => {
  const by: readonly CountDimension[] = ['place', 'quarter'];
  const told2 = (place: string, incidents: number, quarter = '2026-Q1'): ToldCell =>
    told({ place, quarter }, incidents);
  const [middle, beside] = [
    at(84),
    diskAround(cellAt([84, 27], 4), 1)
      .map(toIndex)
      .find((cell) => cell !== at(84) && draw('crossing_clusters', by, [told2(cell, 20)]).length === 1)!,
  ];

  it('are told cells of one border side by side, with ten incidents or more', () => {
    const far = at(86.5);
    const clusters = draw('crossing_clusters', by, [
      told2(middle, 6),
      told2(beside, 6),
      told2(far, 9),
      told2(at(84, 31), 90),
    ]);
    expect(clusters).toHaveLength(1);
    expect(clusters[0]).toMatchObject({
      cells: [middle, beside].sort(),
      border: ['IND', 'NPL'],
      persons: { least: 11, most: 24 },
      geometry: { type: 'MultiPolygon' },
    });
  });

  it('have a trend of quarters in which all of them are told', () => {
    const quarters = ['2025-Q4', '2026-Q1', '2026-Q2'];
    const whole = quarters.flatMap((quarter) => [told2(middle, 30, quarter), told2(beside, 30, quarter)]);
    expect(draw('crossing_clusters', by, whole)[0]?.trend).toBe('steady');
    expect(draw('crossing_clusters', by, whole.slice(0, -1))[0]?.trend).toBe('not_available');
  });
});

describe('alerts of change', () => {
  it('are of a quarter that differs from the told ones of the year before', () => {
    const steady = ['2024-Q3', '2024-Q4', '2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1'].map(
      (quarter) => pair(quarter, 20),
    );
    const alerts = draw('change_alerts', PAIR, [
      ...steady,
      pair('2026-Q2', 60),
      pair('2026-Q2', 12, 'BGD', 'ARE'),
    ]);
    expect(alerts.map(({ id, change }) => [id, change?.direction])).toEqual([
      ['BGD>ARE@2026-Q2', 'newly_told'],
      ['NPL>IND@2026-Q2', 'up'],
    ]);
    expect(alerts[1]?.change).toMatchObject({
      quartersBefore: ['2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1'],
      before: { least: 100, most: 249 },
    });
    expect(draw('change_alerts', PAIR, [...steady, pair('2026-Q2', 22)])).toEqual([]);
  });

  it('are not of what is new because telling is', () => {
    expect(draw('change_alerts', PAIR, [pair('2026-Q1', 20), pair('2026-Q2', 21)])).toEqual([]);
  });
});

const PAIRS = Number(process.env.PAIRS ?? 300);

/** The view of each layer, as it may be proposed. */
const DRAWN: readonly (readonly [SharedLayer, readonly CountDimension[]])[] = [
  ['flows', PAIR],
  ['corridors', ['origin', 'destination', 'place', 'quarter']],
  ['corridors', ['origin', 'destination', 'area', 'quarter']],
  ['route_hotspots', ['place', 'quarter']],
  ['crossing_clusters', ['place', 'quarter']],
  ['change_alerts', PAIR],
];

describe('two worlds that differ by fewer persons than may be told', () => {
  it('are drawn the same; and otherwise once as many are added', () => {
    expect(DRAWN.every(([layer, dimensions]) => isDrawnOf(layer, dimensions))).toBe(true);
    expect(new Set(DRAWN.map(([layer]) => layer))).toEqual(new Set(SHARED_LAYERS));
    let seen = 0;
    let shown = 0;
    let toldApart = 0;
    for (let seed = 0; seed < PAIRS; seed += 1) {
      const random = seededRandom(seed);
      const one = <T>(of: readonly T[]): T => of[random.int(of.length)]!;
      const event = (id: string, more: Partial<Facts> = {}): CountableEvent => {
        const quarter = more.quarter ?? one(['2025-Q3', '2025-Q4', '2026-Q1', '2026-Q2']);
        const place = more.place === undefined ? one([at(84), at(84.5), at(88.4), null]) : more.place;
        return {
          id,
          persons: more.persons ?? 1 + random.int(5),
          contributors: [more.by ?? one(['a', 'b', 'c'])],
          keys: keysOf({
            origin: more.origin ?? one(['NPL', 'BGD']),
            destination: one(['IND', 'ARE']),
            place,
            area: place === null ? null : areaOf(place),
            quarter,
            year: quarter.slice(0, 4),
          }),
        };
      };
      const common = Array.from({ length: 60 + random.int(140) }, (_, nth) => event(`e${nth}`));
      // A cell that nobody else is in, with 1 to k − 1 persons.
      const few = 1 + random.int(ATOM_RULES.leastPersons - 1);
      const added = [event('x', { origin: 'LKA', persons: few, by: 'a' })];
      expect(isEnough(added)).toBe(false);
      const [before, after] = [layersOf(common), layersOf([...common, ...added])];
      expect(after).toEqual(before);
      const [naive, naiveAfter] = [common, [...common, ...added]].map((events) =>
        JSON.stringify(hidingSmallCells(events)),
      );
      if (naive !== naiveAfter) toldApart += 1;
      seen += before.flat().length;
      const quarter = '2026-Q2';
      const many = Array.from({ length: 9 }, (_, nth) =>
        event(`y${nth}`, {
          origin: 'LKA',
          persons: 20,
          by: ['a', 'b', 'c'][nth % 3]!,
          quarter,
          place: at(84),
        }),
      ).map((each): CountableEvent => ({ ...each, keys: keysInQuarter(quarter) }));
      if (JSON.stringify(layersOf([...common, ...many])) !== JSON.stringify(before)) shown += 1;
    }
    expect(seen).toBeGreaterThan(5 * PAIRS);
    expect(shown).toBe(PAIRS);
    // Drawn of counts of everything, of which small ones are left out, the same worlds are told apart.
    expect(toldApart).toBeGreaterThan(PAIRS / 20);
  }, 300_000);
});

interface Facts {
  readonly origin: string;
  readonly quarter: string;
  readonly place: string | null;
  readonly persons: number;
  readonly by: string;
}

const keysInQuarter = (quarter: string): readonly (string | null)[] =>
  keysOf({
    origin: 'LKA',
    destination: 'IND',
    place: at(84),
    area: areaOf(at(84)),
    quarter,
    year: quarter.slice(0, 4),
  });

/** What layers would be if cells were counted one by one and only small ones left out. */
function hidingSmallCells(events: readonly CountableEvent[]) {
  return DRAWN.map(([layer, dimensions]) => {
    const each = events.flatMap(({ keys: [key], persons }) =>
      key === null || key === undefined ? [] : [{ level: 0, key, persons, events: 1 }],
    );
    const cells = countCells(dimensions, each, areaOf).filter(
      ({ persons, incidents }) => persons >= ATOM_RULES.leastPersons && incidents >= ATOM_RULES.leastEvents,
    );
    return draw(layer, dimensions, cells);
  });
}

function layersOf(events: readonly CountableEvent[]) {
  const atoms = gatherAtoms(events).atoms.map((atom) => ({ ...atom, events: atom.events.length }));
  return DRAWN.map(([layer, dimensions]) => draw(layer, dimensions, countCells(dimensions, atoms, areaOf)));
}
