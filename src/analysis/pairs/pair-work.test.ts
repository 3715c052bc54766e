/** Journeys as lines of text become pairs: events counted once, what cannot be placed told, nothing hanging on the order. */
import { describe, expect, it } from 'vitest';
import { nullPairWorld } from '../../../test/support/pair-worlds.ts';
import { cellAt, centreOf } from '../../geo/cells.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { seededRandom } from '../../kernel/random.ts';
import { readJourneyLines } from './journeys.ts';
import { type PairTask, work } from './pair-work.ts';

const line = (
  incident: string,
  from: string,
  to: string,
  { event = incident, origin = '', month = '2026-01', kind = 'stated' } = {},
): string => [incident, event, origin, 'owner', month, from, to, kind].join('\t');

/** Origins and destinations far apart, so that each place is a cell of its own. */
function worldLines(seed: number, turned = 0): string[] {
  const { places, incidents } = nullPairWorld(seededRandom(seed), {
    places: 20,
    origins: 10,
    destinations: 10,
    incidents: 90,
  });
  const cellOf = (place: number): string =>
    String(cellAt([places[place]![0] * 2 + turned, places[place]![1] + (place < 10 ? 0 : 20)], 4));
  return incidents.flatMap((pairs, i) =>
    pairs.map(([from, to]) =>
      line(`incident ${String(i).padStart(3, '0')}`, cellOf(from), cellOf(to), { origin: `voice ${i % 7}` }),
    ),
  );
}

const task = (lines: readonly string[], more: Partial<PairTask> = {}): PairTask => ({
  blocks: [lines.join('\n')],
  reachKm: 60,
  maxRadiusKm: 300,
  replications: 99,
  mostPairs: 500,
  mostClusters: 5,
  evidence: 100,
  withAround: true,
  enoughOrigins: 3,
  seed: 3,
  ...more,
});

describe('pairs of journeys', () => {
  const lines = worldLines(5);
  const told = work(task(lines));

  it('count each incident once a pair, and name it', () => {
    expect(told.pairRefusal).toBeNull();
    expect(told.counts.incidents).toBe(90);
    expect(told.pairs.reduce((sum, { flow }) => sum + flow, 0)).toBe(90);
    for (const { flow, own, flowAround, around } of told.pairs) {
      expect([own.incidents, own.incidentIds.length]).toEqual([flow, flow]);
      expect(around.incidentIds).toHaveLength(flowAround);
      expect(around.incidentIds).toEqual(expect.arrayContaining([...own.incidentIds]));
      expect(own.notObservedShare).toBe(1);
    }
  });

  it('do not hang on the order of lines, on movements told twice, or on reports of one event', () => {
    expect(work(task(lines.toReversed()))).toEqual(told);
    const twice = work(task([...lines, ...lines]));
    expect({ ...twice, counts: null }).toEqual({ ...told, counts: null });
    const retold = lines.map((text) => text.replace('incident', 'incident retold'));
    const asOne = retold.map((text, i) => {
      const fields = text.split('\t');
      return [fields[0], lines[i]!.split('\t')[1], ...fields.slice(2)].join('\t');
    });
    const linked = work(task([...lines, ...asOne]));
    expect(linked.pairs.map(({ flow, q }) => [flow, q])).toEqual(told.pairs.map(({ flow, q }) => [flow, q]));
    expect(linked.pairs[0]!.own.incidentIds).toHaveLength(2 * told.pairs[0]!.flow);
  });

  it('have the same p, to the last digit, whatever the rows and reports are called and however they come', () => {
    const { places, incidents } = nullPairWorld(seededRandom(8), {
      places: 16,
      origins: 9,
      destinations: 8,
      incidents: 120,
      double: 0.4,
    });
    const cellOf = (place: number): string =>
      String(cellAt([places[place]![0] * 2, places[place]![1] + 2 * place], 4));
    const linesOf = (nameOf: (number: number) => string): string[] =>
      incidents.flatMap((pairs, i) => pairs.map(([from, to]) => line(nameOf(i), cellOf(from), cellOf(to))));
    const pairs = incidents.flatMap((own) => own.map((pair) => pair.join(' ')));
    expect(new Set(pairs).size).toBeLessThan(pairs.length - 20);
    const figures = (blocks: readonly string[]) => {
      const { pairs: found, clusters, dealt } = work(task([], { blocks }));
      return {
        dealt,
        pairs: found.map(({ fromCell, toCell, flow, z, p, q }) => [fromCell, toCell, flow, z, p, q]),
        clusters: clusters.map(({ fromCells, toCells, observed, expected, p }) => [
          fromCells,
          toCells,
          observed,
          expected,
          p,
        ]),
      };
    };
    const named = linesOf((i) => `incident ${i}`);
    const known = figures([named.join('\n')]);
    expect(new Set(known.pairs.map(([, , , , p]) => p)).size).toBeGreaterThan(10);
    expect(figures([named.toReversed().join('\n')])).toEqual(known);
    const renamed = linesOf((i) => `report ${(37 * i + 11) % incidents.length}`).sort();
    expect(figures([renamed.slice(50).join('\n'), renamed.slice(0, 50).join('\n')])).toEqual(known);
  });

  it('name those around a pair only where they are asked for, and tell no more origins apart than are enough', () => {
    const without = work(task(lines, { withAround: false, enoughOrigins: 2 }));
    for (const [i, { around, ...pair }] of without.pairs.entries()) {
      const { around: asked, ...same } = told.pairs[i]!;
      expect(pair).toEqual(same);
      expect(around).toEqual({
        incidentIds: [],
        independentOrigins: Math.min(2, asked.independentOrigins),
      });
    }
    expect(without.clusters).toEqual(told.clusters);
  });

  it('have around them what trying all journeys finds', () => {
    const reachKm = 400;
    const { pairs } = work(task(lines, { reachKm, enoughOrigins: 100 }));
    const journeys = readJourneyLines([lines.join('\n')]);
    const isNear = (a: string, b: string): boolean =>
      greatCircleKm(centreOf(BigInt(a)), centreOf(BigInt(b))) <= reachKm;
    let wide = 0;
    for (const { fromCell, toCell, flow, around } of pairs) {
      const near = journeys.filter(({ from, to }) => isNear(from, fromCell) && isNear(to, toCell));
      expect(around.incidentIds).toEqual([...new Set(near.map(({ incidentId }) => incidentId))].sort());
      expect(around.independentOrigins).toBe(new Set(near.map(({ origin }) => origin)).size);
      if (near.length > flow) wide += 1;
    }
    expect(wide).toBeGreaterThan(10);
  });

  it('leave out what has no place, or does not leave its own, and say so', () => {
    const [from, to] = [String(cellAt([80, 27], 3)), String(cellAt([90, 27], 3))];
    const more = [
      line('country only', from, ''),
      line('nowhere', '', ''),
      line('at home', from, from),
      line('two ways', from, to),
      line('two ways', to, from, { kind: 'observed' }),
    ];
    const found = work(task([...lines, ...more]));
    expect(found.counts.incidents).toBe(94);
    expect(found.pairs.reduce((sum, { flow }) => sum + flow, 0)).toBe(92);
    expect(found.unknowns.join('\n')).toContain('2 of 94 incidents have an end');
    expect(found.unknowns.join('\n')).toContain('1 of 94 incidents begin and end in one cell');
    expect(found.unknowns.join('\n')).toContain('In 90 of 91 incidents with a pair nobody was seen');
    expect(found.unknowns.join('\n')).toContain('1 of 91 incidents have several pairs');
    const back = found.pairs.find(({ fromCell }) => fromCell === to);
    expect(back).toMatchObject({ toCell: from, own: { notObservedShare: 0, incidentIds: ['two ways'] } });
  });

  it('are refused of little', () => {
    const few = work(task(lines.slice(0, 8)));
    expect([few.pairRefusal?.found, few.clusterRefusal?.found]).toEqual(['8 incidents', '8 incidents']);
    expect([few.pairs, few.clusters]).toEqual([[], []]);
    const none = work(task([], { blocks: [] }));
    expect(none.counts).toEqual({ records: 0, incidents: 0, owners: 0 });
    expect(none.window).toBeNull();
  });
});
