import { describe, expect, it } from 'vitest';
import { tellFigure } from '../../../test/support/figures.ts';
import { type Cell, cellAt, cellsAlong, diskAround } from '../../geo/cells.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import type { Refusal } from '../derivation.ts';
import type { IncidentFootprint } from './footprint-columns.ts';
import { deriveRouteHotspots, type HotspotCell, type RouteHotspots } from './route-hotspots.ts';

const RESOLUTION = 5;
const REGION = diskAround(cellAt([85, 27], RESOLUTION), 9);
const INSIDE = new Set(REGION);
const PARAMETERS = { resolution: RESOLUTION, rings: 1, alpha: 0.05, simulations: 99 };

/** A wandering footprint of up to `longest` cells that starts anywhere in the region. */
function wander(random: Random, longest: number): Cell[] {
  const cells = [REGION[random.int(REGION.length)]!];
  const length = 1 + random.int(longest);
  while (cells.length < length) {
    const next = diskAround(cells[cells.length - 1]!, 1).filter(
      (cell) => INSIDE.has(cell) && !cells.includes(cell),
    );
    if (next.length === 0) break;
    cells.push(next[random.int(next.length)]!);
  }
  return cells;
}

function noise(random: Random, count: number, longest: number): IncidentFootprint[] {
  return Array.from({ length: count }, (_, incident) => ({
    incident,
    cells: wander(random, longest),
    weight: 1 + random.int(5),
  }));
}

function derived(result: RouteHotspots | Refusal): RouteHotspots {
  if (result.refused) throw new Error(result.reason);
  return result;
}

const isAlarm = (cell: HotspotCell): boolean => cell.class !== 'density';

describe('route hotspots', () => {
  it.each([
    ['single cells', 1],
    ['footprints of many cells', 12],
  ])('raise an alarm in at most 5 % of maps of random incidents with %s', (_, longest) => {
    const random = seededRandom(100 + longest);
    const runs = 1_000;
    let alarms = 0;
    for (let run = 0; run < runs; run += 1) {
      const result = derived(deriveRouteHotspots(noise(random, 120, longest), PARAMETERS, random));
      if (result.cells.some(isAlarm)) alarms += 1;
    }
    tellFigure(
      `route hotspots, any alarm, incidents of up to ${longest} cells`,
      `${alarms} of 1,000 null worlds`,
    );
    expect(alarms / runs).toBeLessThanOrEqual(0.05);
  });

  it.each([2, 3, 5])(
    'raise as few alarms with %i rings of neighbours, be incidents dense or sparse',
    (rings) => {
      const random = seededRandom(300 + rings);
      for (const [reach, incidents] of [
        [4, 60],
        [9, 400],
        [20, 150],
      ] as const) {
        const region = diskAround(cellAt([85, 27], RESOLUTION), reach);
        const runs = 340;
        let alarms = 0;
        for (let run = 0; run < runs; run += 1) {
          const found = Array.from({ length: incidents }, (_, incident) => ({
            incident,
            cells: [region[random.int(region.length)]!],
            weight: 1,
          }));
          const result = derived(
            deriveRouteHotspots(found, { ...PARAMETERS, rings, simulations: 19 }, random),
          );
          if (result.cells.some(isAlarm)) alarms += 1;
        }
        tellFigure(
          `route hotspots, any alarm, ${rings} rings, ${incidents} incidents`,
          `${alarms} of ${runs} null worlds`,
        );
        expect(alarms / runs).toBeLessThanOrEqual(0.05);
      }
    },
  );

  it('would alarm far more often if one incident’s cells were taken as many cases', () => {
    const random = seededRandom(55);
    let alarms = 0;
    for (let run = 0; run < 40; run += 1) {
      const whole = noise(random, 40, 20);
      const torn = whole.flatMap(({ cells, weight }, i) =>
        cells.map((cell, j) => ({ incident: i * 100 + j, cells: [cell], weight })),
      );
      if (derived(deriveRouteHotspots(torn, PARAMETERS, random)).cells.some(isAlarm)) alarms += 1;
    }
    expect(alarms).toBeGreaterThan(10);
  });

  it('are found where they were planted, and only there', () => {
    const random = seededRandom(9);
    const middle = cellAt([85.1, 27.1], RESOLUTION);
    const planted = Array.from({ length: 40 }, (_, i) => ({
      incident: 1000 + i,
      cells: [diskAround(middle, 1)[random.int(7)]!],
      weight: 3,
    }));
    const result = derived(deriveRouteHotspots([...noise(random, 150, 4), ...planted], PARAMETERS, random));
    const hot = result.cells.filter((cell) => cell.class === 'hot').map(({ cell }) => cell);
    expect(hot).toContain(middle);
    for (const cell of hot) expect(diskAround(middle, 3)).toContain(cell);
    expect(result.counts).toEqual({ records: 190, incidents: 190 });
  });

  it('are found where legs from everywhere run together', () => {
    const random = seededRandom(10);
    const bridge = { from: [85, 26.95], to: [85, 27.05] } as const;
    const through = Array.from({ length: 40 }, (_, i) => {
      const start = [84.4 + 1.2 * random.next(), 27.7] as const;
      const end = [84.4 + 1.2 * random.next(), 26.3] as const;
      const legs = [start, bridge.to, bridge.from, end];
      const cells = legs.slice(1).flatMap((to, j) => cellsAlong(legs[j]!, to, RESOLUTION));
      return { incident: 2000 + i, cells, weight: 2 };
    });
    const result = derived(deriveRouteHotspots([...noise(random, 200, 2), ...through], PARAMETERS, random));
    expect(result.cells.find(({ cell }) => cell === cellAt([85, 27], RESOLUTION))?.class).toBe('hot');
  });

  it('never come from one large case alone', () => {
    const random = seededRandom(13);
    const lorry = { incident: 'lorry', cells: [cellAt([85, 27], RESOLUTION)], weight: 400 };
    const result = derived(deriveRouteHotspots([...noise(random, 100, 3), lorry], PARAMETERS, random));
    const there = result.cells.find(({ cell }) => cell === lorry.cells[0])!;
    expect(there.p).toBeLessThan(1e-6);
    expect(there.class).toBe('density');
  });

  it('do not depend on the order or the names of the incidents, nor on incidents or cells given twice', () => {
    const incidents = noise(seededRandom(21), 80, 5);
    const straight = derived(deriveRouteHotspots(incidents, PARAMETERS, seededRandom(1)));
    const renamed = [...incidents]
      .reverse()
      .map((one, i) => ({ ...one, incident: `x${i}`, cells: [...one.cells, ...one.cells].reverse() }));
    expect(derived(deriveRouteHotspots(renamed, PARAMETERS, seededRandom(1))).cells).toEqual(straight.cells);
    const twice = derived(deriveRouteHotspots([...incidents, ...incidents], PARAMETERS, seededRandom(1)));
    expect(twice.cells).toEqual(straight.cells);
    expect(twice.counts).toEqual({ records: 160, incidents: 80 });
  });

  it('keep z when every incident happens twice', () => {
    const incidents = noise(seededRandom(22), 80, 5);
    const once = derived(deriveRouteHotspots(incidents, PARAMETERS, seededRandom(1)));
    const again = incidents.map((one) => ({ ...one, incident: `again ${one.incident}` }));
    const doubled = derived(deriveRouteHotspots([...incidents, ...again], PARAMETERS, seededRandom(1)));
    const z = new Map(doubled.cells.map((cell) => [cell.cell, cell.z]));
    for (const cell of once.cells) expect(z.get(cell.cell)).toBeCloseTo(cell.z!, 9);
  });

  it('are refused with what was found and wanted when the data are few', () => {
    expect(deriveRouteHotspots(noise(seededRandom(1), 9, 5), PARAMETERS, seededRandom(1))).toEqual({
      refused: true,
      reason: 'not enough data',
      found: '9 incidents',
      wanted: '10 or more',
    });
    const onePlace = Array.from({ length: 20 }, (_, incident) => ({
      incident,
      cells: [REGION[0]!],
      weight: 1,
    }));
    expect(deriveRouteHotspots(onePlace, PARAMETERS, seededRandom(1))).toMatchObject({
      refused: true,
      found: '7 cells',
    });
    const coarse = onePlace.map((one) => ({ ...one, cells: [cellAt([85, 27], 4)] }));
    expect(() => deriveRouteHotspots(coarse, PARAMETERS, seededRandom(1))).toThrow(
      'found a cell of resolution 4, wanted 5',
    );
  });
});
