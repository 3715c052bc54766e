/** Bundles from lines as the database writes them: the same in a thread, in any order of the lines, and with what they stand on. */
import { expect, it } from 'vitest';
import { cellAt } from '../../geo/cells.ts';
import { seededRandom } from '../../kernel/random.ts';
import { runInBackground } from '../../platform/background.ts';
import { TRACK_WORK, type TrackTask, work } from './track-work.ts';

const TRACKS = 12;
const STOPS = 9;

/** Twelve movements eastwards; the last two are of one event. Every third stop is known by its cell alone. */
function task(
  order: (lines: string[]) => string[] = (lines) => lines,
  more: Partial<TrackTask> = {},
): TrackTask {
  const random = seededRandom(4);
  const movements: string[] = [];
  const stops: string[] = [];
  for (let track = 0; track < TRACKS; track += 1) {
    const event = track === TRACKS - 1 ? `i${TRACKS - 2}` : '';
    movements.push(
      [
        track,
        `m${100 - track}`,
        `i${track}`,
        event,
        track % 2 === 0 ? 'origin' : '',
        'owner',
        '2026-03',
        1,
        '',
      ].join('\t'),
    );
    for (let stop = 0; stop < STOPS; stop += 1) {
      const place = [80 + 0.2 * stop, 27 + 0.05 * random.next()] as const;
      const shown = stop % 3 === 0 ? ['', '', ''] : [...place, 2];
      stops.push([track, stop, cellAt(place, 6), ...shown].join('\t'));
    }
  }
  return {
    blocks: [
      { part: 'asked', block: '40' },
      { part: 'movement', block: order(movements).join('\n') },
      { part: 'stop', block: order(stops).join('\n') },
    ],
    epsKm: 15,
    minIncidents: 5,
    minOrigins: 1,
    precisionKm: 3.2,
    first: 10,
    evidence: 10,
    ...more,
  };
}

it('are read with their evidence, linked reports one incident, the ids cut at what was asked for', () => {
  const { bundles, counts, unknowns, window, total } = work(task());
  expect(counts).toEqual({ records: TRACKS, incidents: TRACKS - 1, owners: 1 });
  expect(window).toEqual({ first: '2026-03', last: '2026-03' });
  expect(unknowns.join(' ')).toContain('28 of 40 movements have fewer than 8 observed stops');
  expect(unknowns.join(' ')).toContain('chance alone');
  expect([total, bundles.length]).toEqual([1, 1]);
  expect(bundles[0]).toMatchObject({
    incidents: TRACKS - 1,
    independentOrigins: 1,
    persons: { min: TRACKS - 1, max: null },
    movementIds: ['m100', ...Array.from({ length: 9 }, (_, i) => `m${89 + i}`)],
  });
  // Where only a cell is known, its own radius is what is not known of the place.
  expect(bundles[0]?.widthKm).toBeGreaterThan(2 * 2.5);
});

it('are the same from a thread and in any order of the lines, and tell how far they are', async () => {
  const shares: number[] = [];
  const here = work(task(), (share) => shares.push(share));
  expect(shares).toEqual([0.3, 0.9]);
  expect(await runInBackground(TRACK_WORK, task(), true)).toEqual(here);
  expect(work(task((lines) => lines.toReversed()))).toEqual(here);
});

it('are the same however the database numbers the movements and parts the lines', () => {
  const given = task();
  const [, movements, stops] = given.blocks.map(({ block }) => block.split('\n'));
  const renumbered = (line: string): string => {
    const [number, ...rest] = line.split('\t');
    return [(7 * Number(number) + 5) % TRACKS, ...rest].join('\t');
  };
  const byNumber = (a: string, b: string): number => Number.parseInt(a, 10) - Number.parseInt(b, 10);
  const blocksOf = (part: 'movement' | 'stop', lines: readonly string[]) => {
    const mixed = lines.map(renumbered).toSorted(byNumber);
    return [mixed.slice(5), mixed.slice(0, 5)].map((block) => ({ part, block: block.join('\n') }));
  };
  const blocks = [...blocksOf('stop', stops!), ...blocksOf('movement', movements!), given.blocks[0]!];
  expect(work({ ...given, blocks })).toEqual(work(given));
});
