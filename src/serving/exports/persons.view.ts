/** Moved persons by movement, as pseudonyms without a number: what a form says of each, and what was found out. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { PersonStatus, Sex } from '../../kernel/vocabulary.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentReach } from '../../records/incidents/same-incident.sql.ts';

export interface MovedPerson {
  readonly movement_id: string;
  readonly sex: Sex;
  readonly age_band: string;
  /** Of the viewer's own organisation's records alone: no list tells it of others'. */
  readonly status: PersonStatus | null;
}

/** Whoever sees no party sees nobody. The subject's number joins the two and goes no further. */
export async function movedPersons(
  reader: ViewerReader,
  rowIds: readonly string[],
): Promise<readonly MovedPerson[]> {
  const parameters = new Parameters();
  const party = projected('party_member', reader.viewer, parameters);
  const part = projected('participation', reader.viewer, parameters);
  const text =
    `select m.movement_id, m.sex, m.age_band, case when m.owner_id = ${parameters.bind(reader.viewer.organisationId)}::uuid then (select min(p.role) from ${part} p where p.subject_id = m.subject_id) end as status ` +
    `from ${party} m where m.movement_id = any(${parameters.bind(rowIds)}::uuid[]) order by m.movement_id, m.age_band, m.sex, m.subject_id`;
  return reader.read((connection) => connection.query<MovedPerson>(text, parameters.values));
}

/** The event of each incident that is linked to others, as the viewer sees the links; the others are events of their own. */
export async function eventsOf(
  reader: ViewerReader,
  incidentIds: readonly string[],
  asKnown: AsKnown,
): Promise<ReadonlyMap<string, string>> {
  const parameters = new Parameters();
  const text =
    `${sameIncidentReach(reader.viewer, parameters, asKnown)} select one, least(one, min(other::text)::uuid) as event from reach ` +
    `where one = any(${parameters.bind([...new Set(incidentIds)])}::uuid[]) group by one`;
  const rows = await reader.read((connection) =>
    connection.query<{ one: string; event: string }>(text, parameters.values),
  );
  return new Map(rows.map(({ one, event }) => [one, event]));
}

/** When reports were recorded, of those that the viewer sees: in part, as finely as it is shown. */
export async function recordedAt(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<ReadonlyMap<string, Date>> {
  const parameters = new Parameters();
  const from = projected('report', reader.viewer, parameters, asKnown);
  const text = `select r.id, r.recorded_at from ${from} r where r.id = any(${parameters.bind([...new Set(ids)])}::uuid[])`;
  const rows = await reader.read((connection) =>
    connection.query<{ id: string; recorded_at: Date }>(text, parameters.values),
  );
  return new Map(rows.map(({ id, recorded_at }) => [id, recorded_at]));
}
