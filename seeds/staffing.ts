/** The effort behind the detections: who stood where in which month, as each organisation's own staffing sheet. */
import type { Random } from '../src/kernel/random.ts';
import { firstDay, type Month } from './calendar.ts';
import { csvText } from './csv-text.ts';
import { chance } from './draw.ts';
import { COUNTRY_NAMES } from './geography.ts';
import { type MonitoringLocation, STATIONS, type Station } from './stations.ts';

export const STAFFING_HEADER = [
  'country',
  'station_name',
  'location',
  'month',
  'staff',
  'work_fraction',
  'latitude',
  'longitude',
] as const;

export interface Staffing {
  readonly station: Station;
  readonly location: MonitoringLocation;
  readonly month: Month;
  /** 0 where the station is open and has nobody. */
  readonly staff: number;
  /** Share of full time, 0–1. */
  readonly workFraction: number;
}

/** One entry per open location and month; a closed station has none. Effort does not grow with the demo's scale. */
export function planStaffing(random: Random, months: readonly Month[]): readonly Staffing[] {
  return STATIONS.flatMap((station) =>
    months
      .filter((month) => station.closedFrom === null || month.index < station.closedFrom)
      .flatMap((month) => station.locations.map((location) => staff(random, station, location, month))),
  );
}

/** Staff-time of a plan's entries as a share of what their stations usually have. */
export function effortShare(entries: readonly Staffing[]): number {
  const usual = entries.reduce((sum, entry) => sum + entry.location.staff, 0);
  return usual === 0 ? 0 : entries.reduce((sum, entry) => sum + entry.staff * entry.workFraction, 0) / usual;
}

export function staffingText(entries: readonly Staffing[]): string {
  return csvText(
    STAFFING_HEADER,
    entries.map(({ station, location, month, staff: count, workFraction }) => ({
      country: COUNTRY_NAMES[station.country] ?? station.country,
      station_name: station.name,
      location: location.name,
      month: firstDay(month),
      staff: String(count),
      work_fraction: String(workFraction),
      latitude: location.position[1].toFixed(5),
      longitude: location.position[0].toFixed(5),
    })),
  );
}

function staff(random: Random, station: Station, location: MonitoringLocation, month: Month): Staffing {
  const entry = { station, location, month };
  if (station.unstaffed.includes(month.index)) return { ...entry, staff: 0, workFraction: 0 };
  if (station.steady) return { ...entry, staff: location.staff, workFraction: 1 };
  const change = chance(random, 0.15) ? (chance(random, 0.5) ? 1 : -1) : 0;
  return {
    ...entry,
    staff: Math.max(1, location.staff + change),
    workFraction: (16 + random.int(5)) / 20,
  };
}
