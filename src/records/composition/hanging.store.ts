/** What hangs on the row of a version: with a correction it goes to the history row, with its undoing it comes back. */
import type { Queryable } from '../../platform/database.ts';

/** What hangs on a record by its id. A column named twice is a foreign key or the subject of a statement. */
const HANGING = {
  report: [
    'incident.report_id',
    'movement.report_id',
    'statement.report_id',
    'entity.report_id',
    'subject.report_id',
    'entity_link.report_id',
    'vault_item.about_id',
  ],
  incident: [
    'movement.incident_id',
    'statement.incident_id',
    'statement.about_id',
    'indicator.incident_id',
    'participation.incident_id',
    'crossing.incident_id',
    'incident_reading.incident_id',
    'crossing_reading.incident_id',
  ],
  movement: [
    'waypoint.movement_id',
    'crossing.movement_id',
    'movement_reading.movement_id',
    'crossing_reading.movement_id',
    'party_member.movement_id',
    'statement.about_id',
  ],
  flow_observation: ['flow_observation_reading.flow_observation_id'],
} as const;

export type Hanging = keyof typeof HANGING;

/** A version of these may share the parts of another. */
const SHARING: readonly string[] = ['report', 'incident', 'movement'];

/** Everything that hangs on one row hangs on the other from now on. */
export async function rehang(connection: Queryable, table: string, from: string, to: string): Promise<void> {
  for (const place of table in HANGING ? HANGING[table as Hanging] : []) {
    const [child, column] = place.split('.');
    await connection.execute(`update ${child} set ${column} = $2 where ${column} = $1`, [from, to]);
  }
  // Versions that differed in their evaluation alone shared the parts that have just moved.
  if (SHARING.includes(table))
    await connection.execute(`update ${table} set content_id = $2 where content_id = $1`, [from, to]);
}
