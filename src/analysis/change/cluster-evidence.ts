/** What stands behind a cluster: its incidents, their origins, and whether it may be the watching. */
import { monthNumber } from '../month-number.ts';
import { type Watching, watchingOf } from './derive-alarms.ts';
import { type StaffMonth, staffByPlace, watchedOf } from './monthly-series.ts';
import type { FoundCluster } from './scan-work.ts';

/** An event of a cell by one of its reports; the owner and place of seen staff-time that found it, or ''. */
export interface ClusterReport {
  readonly cell: string;
  readonly step: number;
  readonly event: string;
  readonly incidentId: string;
  readonly origin: string;
  readonly ownerId: string;
  readonly placeId: string;
}

export interface ClusterEvidence {
  /** Ascending. */
  readonly incidentIds: readonly string[];
  readonly independentOrigins: number;
  readonly watching: Watching;
}

/** `cellOf`: the cell of a place as the scan was asked for it. */
export function readReports(
  blocks: readonly string[],
  firstMonth: number,
  cellOf: (place: string) => string,
): readonly ClusterReport[] {
  return blocks.flatMap((block) =>
    block.split('\n').map((line): ClusterReport => {
      const [key, month, event, incidentId, origin, ownerId, placeId] = line.split('\t') as Fields;
      const step = monthNumber(month) - firstMonth;
      return { cell: cellOf(key), step, event, incidentId, origin, ownerId, placeId };
    }),
  );
}

type Fields = [string, string, string, string, string, string, string];

export function evidenceOf(
  { cells, from, to }: FoundCluster,
  reports: readonly ClusterReport[],
  staff: readonly StaffMonth[],
  firstMonth: number,
  months: number,
): ClusterEvidence {
  const inside = new Set(cells);
  const own = reports.filter(({ cell, step }) => inside.has(cell) && step >= from && step < to);
  const origins = new Set(own.flatMap(({ origin }) => (origin === '' ? [] : [origin])));
  const events = new Set(own.map(({ event }) => event));
  const places = new Map<string, { ownerId: string; placeId: string; events: Set<string> }>();
  for (const { ownerId, placeId, event } of own) {
    if (placeId === '') continue;
    const name = `${ownerId} ${placeId}`;
    const place = places.get(name) ?? { ownerId, placeId, events: new Set<string>() };
    place.events.add(event);
    places.set(name, place);
  }
  const found = new Set([...places.values()].flatMap((place) => [...place.events]));
  const watched =
    found.size * 2 < events.size
      ? null
      : watchedOf(
          Array.from({ length: months }, () => 0),
          [...places.values()].map((place) => ({ ...place, incidents: place.events.size })),
          staffByPlace(staff, firstMonth, months),
        );
  return {
    incidentIds: [...new Set(own.map(({ incidentId }) => incidentId))].sort(),
    independentOrigins: Math.max(origins.size, own.length > 0 ? 1 : 0),
    watching: watchingOf({ watched }, from, to - 1).watching,
  };
}
