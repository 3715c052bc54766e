/** Importing text as a file, for tests. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { addOrganisation, readOrganisation } from '../../src/access/key.store.ts';
import type { Hub } from '../../src/cli/hub.ts';
import { readRows } from '../../src/intake/formats/csv.ts';
import type { ImportProfile } from '../../src/intake/formats/profile.ts';
import { findProfile } from '../../src/intake/formats/profiles/named.ts';
import { importFile } from '../../src/intake/imports/import.service.ts';
import type { ImportRequest, ImportSummary } from '../../src/intake/imports/import-types.ts';
import { randomIds } from '../../src/kernel/ids.ts';

export async function importText(
  hub: Hub,
  slug: string,
  profile: string | ImportProfile,
  text: string,
  name = 'file.csv',
  dates: NonNullable<ImportRequest['dates']> = { zone: 'Asia/Kathmandu' },
): Promise<ImportSummary> {
  const organisation = await organisationFor(hub, slug);
  return importFile(hub.imports, {
    organisation,
    keyId: null,
    profile: typeof profile === 'string' ? (findProfile(profile) as ImportProfile) : profile,
    fileName: name,
    fileSha256: createHash('sha256').update(text).digest(),
    open: () => readRows(Readable.from([Buffer.from(text)])),
    dates,
  });
}

/** Found, or made the first time. */
export function organisationFor(
  hub: Pick<Hub, 'database'>,
  slug: string,
): Promise<{ readonly id: string; readonly slug: string }> {
  return hub.database.unrestricted('find or make an organisation for a test', (connection) =>
    readOrganisation(connection, slug).catch(() =>
      addOrganisation(connection, randomIds, { slug, name: slug, fictional: true }),
    ),
  );
}

/** Everything the records say, without ids and times of recording: equal for two hubs that know the same. */
export async function contentDigest(hub: Hub, slug: string): Promise<string> {
  const text = await hub.database.unrestricted('digest the records of a test', async (connection) => {
    const rows = await connection.query<{ line: string }>(
      `select concat_ws('|', 'movement', r.external_reference, r.occurrence, r.version, m.occurred_from, m.origin_country,
         m.destination_country, m.countries, m.persons_min, m.persons_max, i.verification, i.longitude, i.latitude,
         (select string_agg(concat_ws('/', w.ordinal, w.kind, w.country, w.longitude, w.latitude, w.cell), ',' order by w.ordinal)
            from waypoint w where w.movement_id = m.id),
         (select count(*) from crossing c where c.movement_id = m.id), (select count(*) from statement s where s.report_id = r.id),
         (select count(*) from subject s where s.report_id = r.id), (select count(*) from entity e where e.report_id = r.id)) as line
       from report r join organisation o on o.id = r.owner_id and o.slug = $1
       left join incident i on i.report_id = r.id and i.known_to is null left join movement m on m.report_id = r.id and m.known_to is null
       where r.known_to is null order by 1`,
      [slug],
    );
    return rows.map((row) => row.line).join('\n');
  });
  return createHash('sha256').update(text).digest('hex');
}

/** Every record row of an organisation, past versions too, without ids, keyed digests and times of recording. */
export async function recordLines(hub: Pick<Hub, 'database'>, slug: string): Promise<readonly string[]> {
  return hub.database.unrestricted('read the records of a test', async (connection) => {
    const lines: string[] = [];
    for (const table of RECORDS) {
      const rows = await connection.query<{ line: string; living: boolean }>(
        `select (select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(t))
            where key !~ '(^id|_id|_of|_digest|token)$' and key not in ('known_from', 'known_to', 'recorded_at'))::text as line,
           to_jsonb(t) ->> 'known_to' is null as living
         from ${table} t join organisation o on o.id = t.owner_id where o.slug = $1`,
        [slug],
      );
      lines.push(...rows.map((row) => `${table} ${row.living ? 'now' : 'before'} ${row.line}`));
    }
    return lines.sort();
  });
}

const RECORDS = [
  'report',
  'incident',
  'movement',
  'waypoint',
  'crossing',
  'statement',
  'indicator',
  'participation',
  'subject',
  'entity',
  'selector',
  'flow_observation',
  'effort',
];
