/** Reading what waits for somebody who knows the place, and what was learnt: of the viewer's own organisation only. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { checkedCountry } from '../../graphql/filter-conditions.sql.ts';
import { type ListAnswer, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { countRows, readPage } from '../../platform/keyset.ts';
import { Parameters } from '../../platform/parameters.ts';
import type { CandidateColumns, PlaceAliasColumns, PlaceReviewColumns } from './place-review.type.ts';

export interface PlaceReviewSearch {
  readonly resolution?: string | undefined;
  readonly country?: string | undefined;
  readonly minimumUses?: number | undefined;
}

/** A reference counts once for each living record that has its place from it. */
const USES = `(select count(*) from incident i where i.place_reference_id = r.id and i.known_to is null)
  + (select count(*) from waypoint w join movement m on m.id = w.movement_id and m.known_to is null where w.place_reference_id = r.id)
  + (select count(*) from flow_observation f where f.origin_reference_id = r.id and f.known_to is null)
  + (select count(*) from flow_observation f where f.destination_reference_id = r.id and f.known_to is null)`;

/** A name of which nothing but the country is known is as open as one of which nothing is. Where nothing was said, nothing is to be decided. */
const OPEN = `case when r.resolution = 'candidates' or (r.resolution = 'unresolved' and r.reason is distinct from 'nothing said') then r.resolution when r.level = 'country' and r.name_token is not null then 'unresolved' end`;

export async function listPlaceReviews(
  reader: ViewerReader,
  search: PlaceReviewSearch,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<PlaceReviewColumns>> {
  const prepare = () => {
    const parameters = new Parameters();
    const own = parameters.bind(reader.viewer.organisationId);
    const from = `(select r.id, r.state, ${OPEN} as resolution, r.written, r.home, r.country, r.said_country, r.reason, (${USES})::bigint as uses
      from ${projected('place_reference', reader.viewer, parameters)} r where r.owner_id = ${own}::uuid and r.decided is null and ${OPEN} is not null) q`;
    return { parameters, from, conditions: conditionsOf(search, parameters) };
  };
  const { parameters, from, conditions } = prepare();
  const query = {
    select: 'q.*',
    from,
    conditions,
    sort: { column: 'q.uses', type: 'bigint' },
    idColumn: 'q.id',
  } as const;
  const page = await reader.read((connection) =>
    readPage<PlaceReviewColumns>(connection, parameters, query, paging.first, paging.after),
  );
  return {
    page,
    count: (upTo) => {
      const again = prepare();
      return reader.read((connection) => countRows(connection, again.parameters, again, upTo));
    },
  };
}

function conditionsOf(search: PlaceReviewSearch, parameters: Parameters): string[] {
  const least = search.minimumUses ?? 1;
  if (!Number.isInteger(least) || least < 1)
    throw new HeadwaterError('BAD_INPUT', `minimumUses: found ${least}, wanted a whole number of 1 or more`);
  const conditions = [`q.uses >= ${parameters.bind(least)}::bigint`];
  if (search.resolution != null)
    conditions.push(`q.resolution = ${parameters.bind(search.resolution)}::text`);
  if (search.country != null) {
    const code = parameters.bind(checkedCountry('country', search.country));
    conditions.push(`coalesce(q.said_country, q.country) = ${code}::text`);
  }
  return conditions;
}

/** Heaviest first, with the first-level area each lies in. */
export async function candidatesByReferences(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly CandidateColumns[]> {
  const parameters = new Parameters();
  const from = projected('place_candidate', reader.viewer, parameters);
  const text = `select r.place_reference_id, r.weight, p.id, p.kind, p.name, p.country, p.border_countries, p.population, p.longitude, p.latitude,
      p.footprint_radius_km, p.derived, p.source,
      (select a.name from place a where a.kind = 'admin_area' and a.admin_code = split_part(p.admin_code, '.', 1) || '.' || split_part(p.admin_code, '.', 2)
        order by a.id limit 1) as area
    from ${from} r join place p on p.id = r.place_id
    where r.place_reference_id = any(${parameters.bind(ids)}::uuid[]) order by r.place_reference_id, r.weight desc, p.id`;
  return reader.read((connection) => connection.query<CandidateColumns>(text, parameters.values));
}

export interface UsingReport {
  readonly place_reference_id: string;
  readonly report_id: string;
}

/** Reports whose incident or journey names the reference, a few of each: where the words are not stored, they can be looked up there. */
export async function reportsByReferences(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly UsingReport[]> {
  const parameters = new Parameters();
  const { viewer } = reader;
  const incident = projected('incident', viewer, parameters);
  const movement = projected('movement', viewer, parameters);
  const waypoint = projected('waypoint', viewer, parameters);
  const wanted = parameters.bind(ids);
  const text = `select u.place_reference_id, u.report_id from (
      select g.place_reference_id, g.report_id, row_number() over (partition by g.place_reference_id order by g.report_id) as nth from (
        select i.place_reference_id, i.report_id from ${incident} i where i.place_reference_id = any(${wanted}::uuid[])
        union select w.place_reference_id, m.report_id from ${waypoint} w join ${movement} m on m.id = w.movement_id
          where w.place_reference_id = any(${wanted}::uuid[])) g) u
    where u.nth <= 5 order by u.place_reference_id, u.report_id`;
  return reader.read((connection) => connection.query<UsingReport>(text, parameters.values));
}

export function listPlaceAliases(
  reader: ViewerReader,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<PlaceAliasColumns>> {
  return readList<PlaceAliasColumns>(
    reader,
    {
      table: 'learned_place_alias',
      asKnown: { at: null },
      sort: { column: 'r.learned_at', type: 'timestamptz' },
      idColumn: 'r.id',
      conditions: (parameters) => [`r.owner_id = ${parameters.bind(reader.viewer.organisationId)}::uuid`],
    },
    paging,
  );
}
