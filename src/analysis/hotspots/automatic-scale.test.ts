import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { type Cell, cellAt, diskAround, parentOf } from '../../geo/cells.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { Numbering } from '../numbering.ts';
import { chooseScale as chooseScaleOf } from './automatic-scale.ts';
import { deriveRouteHotspots } from './route-hotspots.ts';

interface ObservedStop {
  readonly incident: string;
  readonly cell: Cell;
}

function chooseScale(stops: readonly ObservedStop[]): ReturnType<typeof chooseScaleOf> {
  const events = new Numbering();
  return chooseScaleOf({
    incidents: Int32Array.from(stops, ({ incident }) => events.of(incident)),
    cells: BigInt64Array.from(stops, ({ cell }) => cell),
  });
}

/** Anywhere in a region of some 200 km. */
function anywhere(random: Random, count: number, resolution: number): ObservedStop[] {
  return Array.from({ length: count }, (_, incident) => ({
    incident: `${incident}`,
    cell: cellAt([84 + 2 * random.next(), 26 + 2 * random.next()], resolution),
  }));
}

/** Cells that are each as likely, and whole at every resolution: coarser cells cut off at an edge would hold less, and that is no null world. */
const WHOLE = new Set(diskAround(cellAt([85, 27], 3), 1));
const REGION = diskAround(cellAt([85, 27], 5), 25).filter((cell) => WHOLE.has(parentOf(cell, 3)));

describe('a scale chosen from the data', () => {
  it('is the finest with enough cells and enough incidents in them, of those at which stops are known', () => {
    const random = seededRandom(1);
    const fine = chooseScale(anywhere(random, 3_000, 7));
    const [resolution] = fine.decisions;
    const chosen = resolution!.considered.find(({ value }) => value === fine.resolution)!;
    expect(chosen.cells).toBeGreaterThanOrEqual(30);
    expect(chosen.incidentsPerCell).toBeGreaterThanOrEqual(3);
    for (const { value, incidentsPerCell } of resolution!.considered)
      if (value > fine.resolution) expect(incidentsPerCell).toBeLessThan(3);
    // Seen no finer than resolution 4, nothing finer is chosen; figures of what is coarser are the same.
    const coarse = chooseScale(
      anywhere(seededRandom(1), 3_000, 7).map(({ incident, cell }) => ({
        incident,
        cell: parentOf(cell, 4),
      })),
    );
    expect(coarse.resolution).toBe(4);
    expect(coarse.decisions[0]!.considered.find(({ value }) => value === 3)).toEqual(
      resolution!.considered.find(({ value }) => value === 3),
    );
  });

  it('does not see the order of stops, nor stops told twice', () => {
    const stops = anywhere(seededRandom(2), 800, 7);
    const wanted = chooseScale(stops);
    expect(chooseScale([...stops].reverse())).toEqual(wanted);
    const { knownShare: _known, ...rest } = chooseScale([...stops, ...stops]).decisions[0]!.considered[0]!;
    expect(wanted.decisions[0]!.considered[0]).toMatchObject(rest);
  });

  it('says that it is the usual one where there is too little', () => {
    const { resolution, rings, decisions } = chooseScale(anywhere(seededRandom(3), 5, 7));
    expect([resolution, rings]).toEqual([5, expect.any(Number)]);
    expect(decisions[0]!.why).toContain('the usual one');
    expect(chooseScale([]).resolution).toBe(5);
  });

  it('takes the rings at which alike lies closest together, and says what each had', () => {
    const random = seededRandom(4);
    const spread = (degrees: number, count: number): ObservedStop[] =>
      Array.from({ length: count }, (_, incident) => ({
        incident: `${degrees} ${incident}`,
        cell: cellAt([85 + degrees * (random.next() - 0.5), 27 + degrees * (random.next() - 0.5)], 7),
      }));
    const { rings, decisions } = chooseScale([...spread(6, 400), ...spread(1.5, 2_000)]);
    const figures = decisions[1]!.considered.map(({ autocorrelation }) => autocorrelation!);
    expect(figures[rings - 1]).toBe(Math.max(...figures));
    expect(figures.every((z) => z > 1.96)).toBe(true);
    const even = chooseScale(anywhere(random, 3_000, 7)).decisions[1]!.considered[0]!;
    expect(even.autocorrelation!).toBeLessThan(figures[0]!);
  });

  it('raises an alarm in at most 5 % of 1,000 worlds without a hotspot, though it chose the scale itself', () => {
    const random = seededRandom(5);
    let alarms = 0;
    for (let world = 0; world < 1_000; world += 1) {
      const stops = Array.from({ length: 240 }, (_, incident) => ({
        incident: `${incident}`,
        cell: REGION[random.int(REGION.length)]!,
      }));
      const { resolution, rings } = chooseScale(stops);
      const found = deriveRouteHotspots(
        stops.map(({ incident, cell }) => ({
          incident,
          cells: [resolution === 5 ? cell : parentOf(cell, resolution)],
          weight: 1,
        })),
        { resolution, rings, alpha: 0.05, simulations: 19 },
        random,
      );
      if (!found.refused && found.cells.some((cell) => cell.class !== 'density')) alarms += 1;
    }
    tellFigure('route hotspots, scale chosen itself', `${alarms} of 1,000 null worlds`);
    expect(alarms, `${alarms} of 1,000`).toBeLessThanOrEqual(71);
  });
});
