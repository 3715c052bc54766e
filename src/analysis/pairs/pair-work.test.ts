/** Journeys as lines of text become pairs: events counted once, what cannot be placed told, nothing hanging on the order. */
import { describe, expect, it } from 'vitest';
import { nullPairWorld } from '../../../test/support/pair-worlds.ts';
import { cellAt } from '../../geo/cells.ts';
import { seededRandom } from '../../kernel/random.ts';
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
      expect(around.incidents).toBe(flowAround);
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
