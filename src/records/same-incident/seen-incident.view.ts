/** Reading incidents as they are compared, and the pairs worth comparing. */
import { projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { Population } from '../../kernel/vocabulary.ts';
import { Parameters } from '../../platform/parameters.ts';
import { candidatePairs, type PairSearch } from './candidate-pairs.sql.ts';
import type { SeenIncident } from './grade.ts';
import { heldSelectors } from './held-selectors.sql.ts';

export interface Comparable extends SeenIncident {
  readonly id: string;
  readonly reportId: string;
}

export interface Pair {
  readonly one: string;
  readonly other: string;
}

export function readCandidatePairs(reader: ViewerReader, search: PairSearch): Promise<readonly Pair[]> {
  const parameters = new Parameters();
  const text = candidatePairs(reader.viewer, search, parameters);
  return reader.read((connection) => connection.query<Pair>(text, parameters.values));
}

interface IncidentRow {
  readonly id: string;
  readonly report_id: string;
  readonly owner_id: string;
  readonly population: Population;
  readonly occurred_from: Date | null;
  readonly occurred_to: Date | null;
  readonly occurred_basis: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly cell: bigint | null;
  readonly cell_resolution: number | null;
  readonly country: string | null;
  readonly place_kind: string | null;
  readonly persons_min: number;
  readonly persons_max: number | null;
}

interface SelectorRow {
  readonly incident_id: string;
  readonly role: string;
  readonly kind: string | null;
  readonly token: string | null;
}

interface PartyRow {
  readonly incident_id: string;
  readonly sex: string;
  readonly age_band: string;
  readonly count: number;
}

interface RouteRow {
  readonly incident_id: string;
  readonly origin_country: string | null;
  readonly destination_country: string | null;
}

/** Of each id that the viewer sees, and of no other: four statements, however many there are. */
export async function readComparables(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Comparable>> {
  if (ids.length === 0) return new Map();
  const ask = async <Row>(
    build: (parameters: Parameters, asked: string) => string,
  ): Promise<readonly Row[]> => {
    const parameters = new Parameters();
    const text = build(parameters, `any(${parameters.bind(ids)}::uuid[])`);
    return reader.read((connection) => connection.query<Row>(text, parameters.values));
  };
  const { viewer } = reader;
  const incidents = await ask<IncidentRow>(
    (parameters, asked) =>
      `select i.id, i.report_id, i.owner_id, i.population, i.occurred_from, i.occurred_to, i.occurred_basis, i.longitude, i.latitude,
         i.cell, i.cell_resolution, i.country, p.kind as place_kind, i.persons_min, i.persons_max
       from ${projected('incident', viewer, parameters)} i left join place p on p.id = i.place_id where i.id = ${asked} order by i.id`,
  );
  const selectors = byIncident(
    await ask<SelectorRow>(
      (parameters, asked) =>
        `select h.incident_id, h.role, h.kind, encode(h.token, 'hex') as token from (${heldSelectors(viewer, parameters)}) h
         where h.incident_id = ${asked} order by h.incident_id, h.role, h.kind, h.token`,
    ),
  );
  const parties = byIncident(
    await ask<PartyRow>(
      (parameters, asked) =>
        `select m.incident_id, t.sex, t.age_band, count(*)::int as count
         from ${projected('movement', viewer, parameters)} m join ${projected('party_member', viewer, parameters)} t on t.movement_id = m.row_id
         where m.incident_id = ${asked} group by m.incident_id, t.sex, t.age_band order by m.incident_id, t.sex, t.age_band`,
    ),
  );
  const routes = byIncident(
    await ask<RouteRow>(
      (parameters, asked) =>
        `select distinct m.incident_id, m.origin_country, m.destination_country
         from ${projected('movement', viewer, parameters)} m where m.incident_id = ${asked} order by m.incident_id`,
    ),
  );
  return new Map(
    incidents.map((row) => [
      row.id,
      comparableOf(row, selectors.get(row.id) ?? [], parties.get(row.id) ?? [], routes.get(row.id) ?? []),
    ]),
  );
}

function comparableOf(
  row: IncidentRow,
  held: readonly SelectorRow[],
  party: readonly PartyRow[],
  routes: readonly RouteRow[],
): Comparable {
  const { occurred_from: from, occurred_to: to } = row;
  const [route] = routes;
  return {
    id: row.id,
    reportId: row.report_id,
    ownerId: row.owner_id,
    population: row.population,
    // When somebody was registered is not when it happened.
    time:
      from === null || to === null || row.occurred_basis === 'registration'
        ? null
        : { from: from.getTime(), to: to.getTime() },
    place: {
      position: row.longitude === null || row.latitude === null ? null : [row.longitude, row.latitude],
      cell: row.cell,
      resolution: row.cell_resolution,
      country: row.country,
      kind: row.place_kind,
    },
    persons: { min: row.persons_min, max: row.persons_max },
    party: party.map(({ sex, age_band, count }) => ({ sex, ageBand: age_band, count })),
    selectors: held.flatMap(({ kind, token }) => (kind === null || token === null ? [] : [{ kind, token }])),
    roles: [...new Set(held.map(({ role }) => role))],
    route:
      route === undefined || routes.length > 1
        ? null
        : { origin: route.origin_country, destination: route.destination_country },
  };
}

function byIncident<Row extends { readonly incident_id: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.incident_id);
    if (group === undefined) groups.set(row.incident_id, [row]);
    else group.push(row);
  }
  return groups;
}
