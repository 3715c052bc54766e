/** The incidents behind alarms, and which alarms are one change. */
import type { ViewerReader } from '../../access/reader.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { monthNumber } from '../month-number.ts';
import { MOST_EVIDENCE } from '../tell-how-known.service.ts';
import { readSeriesIncidents, type SeriesScope } from './change.view.ts';
import type { Alarm } from './derive-alarms.ts';
import { groupBySameIncidents } from './same-incidents.ts';

/** What a fall is missing are the incidents of the year before it. */
const MONTHS_BEFORE_A_FALL = 12;

export interface AlarmWithEvidence {
  readonly alarm: Alarm;
  /** Ascending. */
  readonly incidentIds: readonly string[];
  readonly also: readonly Alarm[];
}

/** One list for each given, in its order; alarms that are one change are the first of them. One statement for each kind that has any. */
export async function gatherEvidence(
  reader: ViewerReader,
  asked: AskedMovements,
  scopes: readonly SeriesScope[],
  firstMonth: number,
  lists: readonly (readonly Alarm[])[],
): Promise<readonly (readonly AlarmWithEvidence[])[]> {
  const incidents = new Map<string, readonly SeriesIncident[]>();
  for (const scope of scopes) {
    const keys = lists.flat().flatMap(({ series: { kind, key } }) => (kind === scope.kind ? [key] : []));
    if (keys.length === 0) continue;
    for (const block of await readSeriesIncidents(reader, asked, scope, [...new Set(keys)])) {
      const lines = block.split('\n').map((line) => line.split('\t') as [string, string, string, string]);
      incidents.set(
        `${scope.kind} ${lines[0]![0]}`,
        lines.map(([, month, event, incident]) => ({
          step: monthNumber(month) - firstMonth,
          event,
          incident,
        })),
      );
    }
  }
  return lists.map((alarms) =>
    groupBySameIncidents(
      alarms.map((alarm) => {
        const from = alarm.direction > 0 ? alarm.since : alarm.since - MONTHS_BEFORE_A_FALL;
        const own = incidents.get(`${alarm.series.kind} ${alarm.series.key}`) ?? [];
        const used = own.filter(({ step }) => step >= from);
        return {
          item: { alarm, incidentIds: [...new Set(used.map(({ incident }) => incident))].sort() },
          direction: alarm.direction,
          events: new Set(used.map(({ event }) => event)),
        };
      }),
    ).map(({ first, also }) => ({
      alarm: first.item.alarm,
      incidentIds: first.item.incidentIds.slice(0, MOST_EVIDENCE),
      also: also.map(({ item }) => item.alarm),
    })),
  );
}

interface SeriesIncident {
  readonly step: number;
  readonly event: string;
  readonly incident: string;
}
