/** What was closed in the demo's window, as whoever stands there writes it down: a road, and a station of its own. */
import { firstDay, type Month } from './calendar.ts';
import { EVENTS } from './corridors.ts';
import { type CsvRow, csvText } from './csv-text.ts';
import { COUNTRY_NAMES } from './geography.ts';
import { STATIONS } from './stations.ts';
import type { DemoFile } from './truth.ts';

const HEADER = ['id', 'kind', 'date', 'basis', 'place', 'country', 'station_name'] as const;

/** An organisation's closings, as a file; none where nothing of its own closed. */
export function interdictionSheet(organisation: string, months: readonly Month[]): readonly DemoFile[] {
  const rows = EVENTS.flatMap<CsvRow<(typeof HEADER)[number]>>(({ kind, month, crossing }) => {
    const on = months[month];
    const station = STATIONS.find((one) => one.crossing.id === crossing && one.organisation === organisation);
    if (station === undefined || on === undefined) return [];
    const said = { date: firstDay(on), country: COUNTRY_NAMES[station.country] ?? station.country };
    if (kind === 'crossing_closed')
      return [{ ...said, kind: 'crossing closed', basis: 'observed', place: station.crossing.name }];
    if (kind === 'station_closed')
      return [{ ...said, kind: 'station closed', basis: 'official', station_name: station.name }];
    return [];
  });
  if (rows.length === 0) return [];
  const text = csvText(
    HEADER,
    rows.map((row, index) => ({ id: `CLOSED-${index + 1}`, ...row })),
  );
  return [{ organisation, profile: 'interdictions', name: `${organisation}-interdictions.csv`, text }];
}
