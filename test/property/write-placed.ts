/** What tests of the rollup by square write: whatever may happen to incidents and crossings. */
import { randomUUID } from 'node:crypto';
import { cellAt } from '../../src/geo/cells.ts';
import { MOST_LATITUDE } from '../../src/geo/mercator.ts';
import { mortonCode } from '../../src/geo/morton.ts';
import type { Position } from '../../src/geo/position.ts';
import type { Random } from '../../src/kernel/random.ts';
import type { Queryable } from '../../src/platform/database.ts';

/** One of the things that happen to records with a place, drawn at random. */
export async function writePlaced(connection: Queryable, random: Random): Promise<void> {
  const table = random.int(2) === 0 ? 'incident' : 'crossing';
  const picked = await connection.query<{ id: string; owner_id: string; class: number }>(
    `select id, owner_id, visibility_class_id as class from ${table} where known_to is null order by md5(id::text || $1) limit 4`,
    [String(random.int(1_000_000))],
  );
  const [first] = picked;
  if (first === undefined) throw new Error('found no records, wanted the demo');
  const ids = picked.map(({ id }) => id);
  switch (random.int(9)) {
    case 0:
    case 1:
      // Others, and history that is not living; a second writing of one is an insert and an update in one statement.
      for (const known of [null, '2026-10-01T00:00:00Z']) {
        const changes = { id: randomUUID(), known_to: known, known_from: '2026-09-01T00:00:00Z' };
        for (let again = 0; again < 2; again += 1)
          await connection.execute(
            `insert into ${table} select (jsonb_populate_record(t, $2::jsonb)).* from ${table} t where t.id = $1
             on conflict (id) do update set kind = excluded.kind, cell = excluded.cell, cell_resolution = excluded.cell_resolution`,
            [first.id, JSON.stringify({ ...changes, ...drawPlace(table, random) })],
          );
      }
      break;
    case 2:
      for (const id of ids) {
        const place = drawPlace(table, random);
        await connection.execute(
          `update ${table} set longitude = $2, latitude = $3, z = $4, cell = $5, cell_resolution = $6 where id = $1`,
          [id, place.longitude, place.latitude, place.z, place.cell, place.cell_resolution],
        );
      }
      break;
    case 3:
      await connection.execute(`update ${table} set kind = $2 where id = any($1::uuid[])`, [
        ids,
        ['observed', 'stated', 'inferred'][random.int(3)],
      ]);
      break;
    case 4:
      // What no map tells apart.
      await connection.execute(
        `update ${table} set persons_min = persons_min + 1, persons_max = null where id = any($1::uuid[])`,
        [ids],
      );
      break;
    case 5: {
      const classes = await connection.query<{ id: number }>(
        'select id from visibility_class where owner_id = $1 order by id',
        [first.owner_id],
      );
      await connection.execute(`update ${table} set visibility_class_id = $2 where id = $1`, [
        first.id,
        classes[random.int(classes.length)]?.id ?? first.class,
      ]);
      break;
    }
    case 6:
      await connection.execute(`update ${table} set known_to = now() where id = $1`, [first.id]);
      break;
    case 7:
      await connection.execute(
        table === 'incident'
          ? `update incident set population = 'deaths', verification = 'high_risk', country = null where id = any($1::uuid[])`
          : `update crossing set country_a = 'AFG', country_b = 'ZWE' where id = any($1::uuid[])`,
        [ids],
      );
      break;
    default:
      await connection.execute('delete from crossing where id = any($1::uuid[])', [ids]);
      await connection.execute(
        `delete from incident i where i.id = any($1::uuid[]) and not exists (select 1 from crossing c where c.incident_id = i.id)
           and not exists (select 1 from movement m where m.incident_id = i.id)
           and not exists (select 1 from same_incident_link k where i.id in (k.incident_a, k.incident_b))
           and not exists (select 1 from participation p where p.incident_id = i.id)
           and not exists (select 1 from indicator d where d.incident_id = i.id)`,
        [ids],
      );
  }
}

const LATITUDES = [MOST_LATITUDE, -MOST_LATITUDE, MOST_LATITUDE - 1e-9, 85.06, -90, 90, 84.9, 0];
const LONGITUDES = [180, -180, 179.999, 0];

interface DrawnPlace {
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly z: string | null;
  readonly cell: string | null;
  readonly cell_resolution: number | null;
}

/** A spot, often near others or where maps end; known finely, coarsely or as an area only. */
function drawPlace(table: 'incident' | 'crossing', random: Random): DrawnPlace {
  const isEdge = random.int(4) === 0;
  const position: Position = isEdge
    ? [LONGITUDES[random.int(LONGITUDES.length)]!, LATITUDES[random.int(LATITUDES.length)]!]
    : [83 + random.int(12) / 10, 26 + random.int(12) / 10];
  const resolution = 2 + random.int(9);
  const isCellKnown = random.int(6) > 0;
  const area = {
    cell: isCellKnown ? cellAt(position, resolution).toString() : null,
    cell_resolution: isCellKnown ? resolution : null,
  };
  if (table === 'incident' && random.int(4) === 0)
    return { longitude: null, latitude: null, z: null, ...area };
  return { longitude: position[0], latitude: position[1], z: mortonCode(position).toString(), ...area };
}
