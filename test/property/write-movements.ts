/** What tests of rollups write: whatever may happen to movements. */
import { randomUUID } from 'node:crypto';
import type { Random } from '../../src/kernel/random.ts';
import type { Queryable } from '../../src/platform/database.ts';

/** One of the things that happen to movements, their waypoints and the links of their incidents, drawn at random. */
export async function writeMovements(connection: Queryable, random: Random): Promise<void> {
  const some = (): Promise<readonly { id: string; incident_id: string; owner_id: string; class: number }[]> =>
    connection.query(
      `select id, incident_id, owner_id, visibility_class_id as class from movement where known_to is null order by md5(id::text || $1) limit 4`,
      [String(random.int(1_000_000))],
    );
  const picked = await some();
  const [first, second] = picked;
  if (first === undefined || second === undefined) throw new Error('found no movements, wanted the demo');
  const ids = picked.map(({ id }) => id);
  switch (random.int(10)) {
    case 0:
      // A second party of an incident, and history that is not living.
      for (const known of [null, '2026-10-01T00:00:00Z'])
        await connection.execute(
          `insert into movement select (jsonb_populate_record(m, $2::jsonb)).* from movement m where m.id = $1`,
          [
            first.id,
            JSON.stringify({ id: randomUUID(), known_to: known, known_from: '2026-09-01T00:00:00Z' }),
          ],
        );
      break;
    case 1:
      await connection.execute(
        `update movement set mode = 'air', persons_max = null, persons_min = persons_min + 1 where id = any($1::uuid[])`,
        [ids],
      );
      break;
    case 2:
      await connection.execute('update movement set month = $2 where id = any($1::uuid[])', [
        ids,
        random.int(2) === 0 ? null : '2026-02-01',
      ]);
      break;
    case 3: {
      const classes = await connection.query<{ id: number }>(
        'select id from visibility_class where owner_id = $1 order by id',
        [first.owner_id],
      );
      await connection.execute('update movement set visibility_class_id = $2 where id = $1', [
        first.id,
        classes[random.int(classes.length)]?.id ?? first.class,
      ]);
      break;
    }
    case 4:
      await connection.execute(`update movement set known_to = now() where id = $1`, [first.id]);
      break;
    case 5: {
      const [a, b] = [first.incident_id, second.incident_id].sort();
      if (a === b) break;
      await connection.execute(
        `insert into same_incident_link (id, owner_id, visibility_class_id, incident_a, incident_b, status, grade)
         values ($1, $2, $3, $4, $5, 'confirmed', 0.5) on conflict do nothing`,
        [randomUUID(), first.owner_id, first.class, a, b],
      );
      break;
    }
    case 6:
      // One more place where it was observed, known finely, coarsely or not at all.
      await connection.execute(
        `insert into waypoint (id, owner_id, visibility_class_id, movement_id, ordinal, kind, basis, level, country, longitude, latitude, cell, cell_resolution)
         select $1, owner_id, visibility_class_id, movement_id, ordinal + 40, 'observed', basis, level, country, longitude, latitude, cell, cell_resolution
         from waypoint where movement_id = $2 and ordinal < 40 order by ordinal limit 1 on conflict do nothing`,
        [randomUUID(), first.id],
      );
      break;
    case 7:
      await connection.execute(
        `update waypoint w set kind = case w.kind when 'observed' then 'stated' else 'observed' end, cell = o.cell,
           cell_resolution = o.cell_resolution, longitude = o.longitude, latitude = o.latitude
         from (select * from waypoint where movement_id = $2 order by ordinal limit 1) o where w.movement_id = $1`,
        [first.id, second.id],
      );
      break;
    case 8:
      await connection.execute('delete from waypoint where movement_id = any($1::uuid[]) and ordinal > $2', [
        ids,
        random.int(3),
      ]);
      break;
    default:
      for (const table of ['waypoint', 'crossing', 'party_member'])
        await connection.execute(`delete from ${table} where movement_id = $1`, [first.id]);
      await connection.execute('delete from movement where id = $1', [first.id]);
  }
}
