/** Observed crossings around the month of an interdiction, as one event each: where it crossed, between which ends, and when. */

import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { monthNumber } from '../month-number.ts';

export interface CrossingPlaceKnown {
  readonly id: string;
  readonly position: Position;
  /** Like "IND NPL". */
  readonly border: string;
}

/** One event, whatever reports and movements it is told by. */
export interface ClosingEvent {
  readonly incidentIds: readonly string[];
  readonly month: number;
  /** Crossing points it was observed at, in the order of travel. */
  readonly places: readonly string[];
  /** Its ends, as "origin > destination": cells where known finely enough, else countries. */
  readonly pairs: readonly string[];
  /** '' when unknown. */
  readonly origins: readonly string[];
}

/** The month of the event is the first that any of its crossings is dated to. A line: place, ordinal, month, incident, event, origin, pair. */
export function readEvents(blocks: readonly string[]): ClosingEvent[] {
  interface Draft {
    readonly incidents: Set<string>;
    readonly places: Map<string, number>;
    readonly pairs: Set<string>;
    readonly origins: Set<string>;
    month: number;
  }
  const events = new Map<string, Draft>();
  for (const block of blocks) {
    for (const line of block.split('\n')) {
      const [place, ordinal, month, incident, event, origin, pair] = line.split('\t') as Fields;
      const key = event || incident;
      let draft = events.get(key);
      if (!draft) {
        draft = {
          incidents: new Set(),
          places: new Map(),
          pairs: new Set(),
          origins: new Set(),
          month: Infinity,
        };
        events.set(key, draft);
      }
      draft.incidents.add(incident);
      draft.places.set(place, Math.min(Number(ordinal), draft.places.get(place) ?? Infinity));
      draft.pairs.add(pair);
      draft.origins.add(origin);
      draft.month = Math.min(draft.month, monthNumber(month));
    }
  }
  return [...events.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { incidents, places, pairs, origins, month }]) => ({
      incidentIds: [...incidents].sort(),
      month,
      places: [...places].sort(([a, i], [b, j]) => i - j || (a < b ? -1 : 1)).map(([place]) => place),
      pairs: [...pairs].sort(),
      origins: [...origins].sort(),
    }));
}

type Fields = [string, string, string, string, string, string, string];

export function kmBetween(a: CrossingPlaceKnown, b: CrossingPlaceKnown): number {
  return greatCircleKm(a.position, b.position);
}
