import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { monthName, monthNumber } from '../month-number.ts';
import { type CorridorMovement, movementColumns } from './movement-columns.ts';
import { NextStages } from './next-stages.ts';
import { PlaceGraph } from './place-graph.ts';

const places = new PlaceGraph();
for (const key of ['palpa', 'butwal', 'sunauli', 'delhi', 'mumbai', 'gorakhpur'])
  places.add({ key, label: key, position: null, country: null, radiusKm: null, level: 'locality' });
const numbered = (...keys: string[]): number[] => keys.map((key) => places.numberOf(key)!);
const nodes = (...keys: string[]) => numbered(...keys).map((number) => places.node(number));

function movement(
  name: string,
  incident: string,
  month: string | null,
  path: readonly number[],
): CorridorMovement {
  return {
    movement: name,
    incident,
    origin: null,
    month,
    personsMin: 1,
    personsMax: 1,
    waypoints: path.map((node) => ({ node, kind: 'observed' as const })),
  };
}

/** Whoever came from Palpa goes to Delhi, whoever from Butwal to Mumbai; 9 in 10 of them. */
function journeys(random: Random, count: number, firstMonth: string, months: number): CorridorMovement[] {
  return Array.from({ length: count }, (_, number) => {
    const isPalpa = random.next() < 0.5;
    const isUsual = random.next() < 0.9;
    const end = isPalpa === isUsual ? 'delhi' : 'mumbai';
    const month = monthName(monthNumber(firstMonth) + random.int(months));
    return movement(`${number}`, `${number}`, month, numbered(isPalpa ? 'palpa' : 'butwal', 'sunauli', end));
  });
}

function stagesFrom(movements: readonly CorridorMovement[]): NextStages {
  return new NextStages(movementColumns(movements).columns, places);
}

describe('where journeys go on to', () => {
  const stages = stagesFrom(journeys(seededRandom(3), 200, '2025-01', 12));

  it('depends on where they came from, and the chances sum to 1 at most', () => {
    const [fromPalpa, fromButwal] = ['palpa', 'butwal'].map((start) => stages.after(nodes(start, 'sunauli')));
    expect(fromPalpa!.next[0]!.place.key).toBe('delhi');
    expect(fromButwal!.next[0]!.place.key).toBe('mumbai');
    expect(fromPalpa!.next[0]!.probability).toBeGreaterThan(0.75);
    for (const { next, notKnown } of [fromPalpa!, fromButwal!]) {
      expect(next.length).toBeGreaterThan(0);
      expect(next.every(({ probability }) => probability >= 0.01)).toBe(true);
      expect(next.reduce((sum, { probability }) => sum + probability, notKnown)).toBeLessThanOrEqual(1);
    }
    const atTheEnd = stages.after(nodes('sunauli', 'delhi'));
    expect(atTheEnd.notKnown).toBeGreaterThan(0.9);
    expect(atTheEnd.next).toEqual([]);
  });

  it('is foretold on later months better with a history than without', () => {
    const { first, withoutHistory, bitsPerStep, learntTo, testedFrom, steps } = stages.test()!;
    expect([learntTo, testedFrom]).toEqual(['2025-09', '2025-10']);
    expect(first).toBeGreaterThan(0.85);
    expect(first).toBeGreaterThan(withoutHistory.first + 0.3);
    expect(bitsPerStep).toBeLessThan(withoutHistory.bitsPerStep);
    expect(steps).toBe(withoutHistory.steps);
  });

  it('counts an incident once, however many movements it has', () => {
    const path = numbered('palpa', 'sunauli', 'delhi');
    const other = numbered('palpa', 'sunauli', 'mumbai');
    const many = Array.from({ length: 40 }, (_, number) => movement(`m${number}`, 'one', '2025-01', path));
    const few = ['two', 'three'].map((incident) => movement(incident, incident, '2025-01', other));
    const [best] = stagesFrom([...many, ...few]).after(nodes('palpa', 'sunauli')).next;
    expect(best!.place.key).toBe('mumbai');
  });

  it('leaves out journeys with a stop that is not known, and has no test where there is too little', () => {
    const broken = movement('x', 'x', '2025-01', [places.numberOf('palpa')!, -1, places.numberOf('delhi')!]);
    const whole = movement('y', 'y', '2025-01', numbered('palpa', 'gorakhpur'));
    const [best] = stagesFrom([broken, broken, whole]).after(nodes('palpa')).next;
    expect(best!.place.key).toBe('gorakhpur');
    expect(stagesFrom(journeys(seededRandom(4), 200, '2025-01', 7)).test()).toBeNull();
    expect(stagesFrom(journeys(seededRandom(5), 30, '2025-01', 12)).test()).toBeNull();
    expect(
      stagesFrom(
        journeys(seededRandom(6), 200, '2025-01', 12).map((one) => ({ ...one, month: null })),
      ).test(),
    ).toBeNull();
  });
});
