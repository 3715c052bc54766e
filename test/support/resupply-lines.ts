/** Lines as the database hands them over, of establishments with a journey and a phone each. */

import { type ResupplyTask, type ResupplyWork, work } from '../../src/analysis/resupply/resupply-work.ts';
import { cellAt, parentOf } from '../../src/geo/cells.ts';
import type { Position } from '../../src/geo/position.ts';

export const DAY_MS = 86_400_000;
const MUMBAI: Position = [72.85, 19.05];

export interface Told {
  readonly house?: string;
  readonly day: number;
  readonly days?: number;
  readonly kind?: string;
  readonly event?: string;
  readonly owner?: string;
  readonly at?: Position;
  readonly country?: string;
  readonly origin?: string;
  readonly phone?: string;
  readonly journey?: boolean;
}

/** As the view hands incidents over: one establishment, one journey to it, one phone. */
export function linesOf(told: readonly Told[]): string[] {
  const last = Math.max(...told.map(({ day }) => day));
  return [
    ...told.flatMap((one, i) => {
      const {
        house = 'inn',
        day,
        days = 1,
        kind = 'exploitation',
        owner = 'a',
        at = MUMBAI,
        country = 'IND',
      } = one;
      const id = `i${String(i).padStart(3, '0')}`;
      const event = one.event ?? id;
      const span = `${day * DAY_MS} ${(day + days) * DAY_MS} UTC`;
      const cell = country === '' ? '' : cellAt(at, 8);
      return [
        ['mention', `e${id}`, id, event, kind, owner, 1, span, country, cell, `name${house}`, `The ${house}`],
        ...(one.journey === false
          ? []
          : [['arrival', id, event, owner, 'completed', span, 'NPL', parentOf(cellAt([85.3, 27.7], 8), 4)]]),
        ...(one.phone === undefined
          ? []
          : [
              [
                'thing',
                event,
                id,
                `p${id}`,
                'phone',
                'contact',
                span,
                `phone${one.phone}`,
                `phone ${one.phone}`,
              ],
            ]),
        ['origin', event, one.origin ?? `o${i}`],
      ].map((line) => line.join('\t'));
    }),
    ['window', 0, last * DAY_MS, 'UTC'].join('\t'),
  ];
}

export const TASK: Omit<ResupplyTask, 'blocks'> = {
  establishmentId: null,
  actions: ['recovery'],
  sameWithinKm: 50,
  asked: { from: -Infinity, to: 20_000 },
  windowDays: 180,
  replacementDays: 180,
  confidence: 0.95,
  staff: null,
  first: 20,
  seed: 1,
};

export const ask = (told: readonly Told[], changes: Partial<ResupplyTask> = {}): ResupplyWork =>
  work({ ...TASK, blocks: [linesOf(told).join('\n')], ...changes });
