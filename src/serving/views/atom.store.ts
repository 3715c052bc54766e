/** Atoms as they are kept: what was counted together, and which incidents are in one for good. */
import type { Queryable } from '../../platform/database.ts';

export interface AtomRow {
  readonly id: string;
  readonly level: number;
  readonly key: string;
  readonly persons: number;
  readonly events: number;
  readonly contributors: readonly string[];
}

export function standingAtoms(connection: Queryable): Promise<readonly AtomRow[]> {
  return connection.query<AtomRow>(
    'select id, level, key, persons, events, contributors from shared_atom where ended_epoch is null order by id',
  );
}

export interface MemberRow {
  readonly incident_id: string;
  readonly atom_id: string;
  readonly event_id: string;
  readonly persons: number;
  readonly contributors: readonly string[];
}

/** Of all atoms that ever were: an incident is counted once. */
export function everyMember(connection: Queryable): Promise<readonly MemberRow[]> {
  return connection.query<MemberRow>(
    'select incident_id, atom_id, event_id, persons, contributors from shared_atom_member order by incident_id',
  );
}

export async function tellSmaller(
  connection: Queryable,
  { id, persons, events, contributors }: AtomRow,
): Promise<void> {
  await connection.execute(
    'update shared_atom set persons = $2, events = $3, contributors = $4::uuid[] where id = $1',
    [id, persons, events, contributors],
  );
}

export async function endAtoms(connection: Queryable, ids: readonly string[], epoch: number): Promise<void> {
  await connection.execute('update shared_atom set ended_epoch = $2 where id = any($1::uuid[])', [
    ids,
    epoch,
  ]);
}

export async function insertAtoms(
  connection: Queryable,
  epoch: number,
  atoms: readonly AtomRow[],
  members: readonly MemberRow[],
): Promise<void> {
  await connection.execute(
    `insert into shared_atom (id, level, key, persons, events, contributors, since_epoch)
     select a.id, a.level, a.key, a.persons, a.events, string_to_array(a.contributors, ',')::uuid[], $7
     from unnest($1::uuid[], $2::smallint[], $3::text[], $4::int[], $5::int[], $6::text[]) a (id, level, key, persons, events, contributors)`,
    [
      atoms.map(({ id }) => id),
      atoms.map(({ level }) => level),
      atoms.map(({ key }) => key),
      atoms.map(({ persons }) => persons),
      atoms.map(({ events }) => events),
      atoms.map(({ contributors }) => contributors.join(',')),
      epoch,
    ],
  );
  await connection.execute(
    `insert into shared_atom_member (incident_id, atom_id, event_id, persons, contributors)
     select m.incident, m.atom, m.event, m.persons, string_to_array(m.contributors, ',')::uuid[]
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[]) m (incident, atom, event, persons, contributors)`,
    [
      members.map((member) => member.incident_id),
      members.map((member) => member.atom_id),
      members.map((member) => member.event_id),
      members.map(({ persons }) => persons),
      members.map(({ contributors }) => contributors.join(',')),
    ],
  );
}
