/** Which incidents more than one independent origin tells of, as far as the viewer sees. */
import { perMoment } from '../../access/reader.ts';
import { readToldOfEvents, type ToldOfEvent } from './corroborated.view.ts';
import { independentOrigins } from './independent-origins.ts';
import { originsOf } from './told-origins.ts';

/**
 * Ids, ascending. All that is said in one report is one case, so only an event that several reports tell of can be among them: everything
 * else is single-source without a look at its statements. Read once a request, whatever asks.
 */
export const corroboratedIncidents = perMoment(async (reader, asKnown): Promise<readonly string[]> => {
  const events = new Map<string, ToldOfEvent[]>();
  for (const row of await readToldOfEvents(reader, asKnown)) {
    const told = events.get(row.event_id);
    if (told === undefined) events.set(row.event_id, [row]);
    else told.push(row);
  }
  return [...events.values()]
    .filter((told) => independentOrigins(told.flatMap(statementIn)).origins > 1)
    .flatMap((told) => [...new Set(told.map(({ incident_id }) => incident_id))])
    .sort();
});

function statementIn({ id, ...row }: ToldOfEvent) {
  return id === null ? [] : [originsOf({ ...row, id }, row.incident_id)];
}
