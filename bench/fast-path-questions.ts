/** What all servers of bench/fast-path.ts are asked, and what their answers come to when the words of each are set aside. */

export interface Question {
  readonly root: string;
  /** In the hub's schema. */
  readonly query: string;
  /** In the schema that PostGraphile makes of the tables. */
  readonly postgraphile: string;
}

export const QUESTIONS: Readonly<Record<'page' | 'box', Question>> = {
  page: {
    root: 'movements',
    query: `{ movements(first: 50) { nodes { id originCountry destinationCountry persons { min max } countries { country role }
      waypoints { ordinal kind basis country position { longitude latitude } } crossings { kind fromCountry toCountry }
      incident { id verification report { id recordedAt } } } } }`,
    postgraphile: `{ allMovements(first: 50, orderBy: [OCCURRED_FROM_DESC, PRIMARY_KEY_DESC]) { nodes { id: rowId originCountry destinationCountry personsMin personsMax countries roles
      waypointsByMovementId(orderBy: [ORDINAL_ASC]) { nodes { ordinal kind basis country longitude latitude } }
      crossingsByMovementId { nodes { kind fromCountry toCountry } }
      incidentByIncidentId { id: rowId verification reportByReportId { id: rowId recordedAt } } } } }`,
  },
  box: {
    root: 'incidents',
    query:
      '{ incidents(first: 50, filter: { area: { bbox: { west: 83, south: 26, east: 85, north: 28 } } }) { nodes { id position { longitude latitude } } } }',
    postgraphile:
      '{ benchIncidentsInBox(west: 83, south: 26, east: 85, north: 28, first: 50) { nodes { id: rowId longitude latitude } } }',
  },
};

type Row = Readonly<Record<string, unknown>>;
interface Nodes {
  readonly nodes: readonly Row[];
}

/** The same values in the same order, whatever server said them. Throws where there are no rows. */
export function contentOf(text: string): string {
  const { data, errors } = JSON.parse(text) as { data?: Record<string, Nodes>; errors?: unknown };
  const nodes = Object.values(data ?? {})[0]?.nodes ?? [];
  if (nodes.length === 0)
    throw new Error(`found ${JSON.stringify(errors ?? data).slice(0, 500)}, wanted rows`);
  return JSON.stringify(
    nodes.map((node) => ('personsMin' in node || 'longitude' in node ? ofTables(node) : ofHub(node))),
  );
}

function ofHub(node: Row): unknown {
  const position = node.position as Row | undefined;
  if (position !== undefined) return [node.id, position.longitude, position.latitude];
  const persons = node.persons as Row;
  const incident = node.incident as Row;
  const report = incident.report as Row;
  return [
    node.id,
    node.originCountry,
    node.destinationCountry,
    persons.min,
    persons.max,
    (node.countries as Row[]).map(({ country, role }) => [country, role]),
    (node.waypoints as Row[]).map((stop) => {
      const at = stop.position as Row | null;
      return [stop.ordinal, stop.kind, stop.basis, stop.country, at?.longitude, at?.latitude];
    }),
    (node.crossings as Row[]).map(({ kind, fromCountry, toCountry }) => [kind, fromCountry, toCountry]),
    [incident.id, incident.verification, report.id, momentOf(report.recordedAt)],
  ];
}

function ofTables(node: Row): unknown {
  if (!('personsMin' in node)) return [node.id, node.longitude, node.latitude];
  const incident = node.incidentByIncidentId as Row;
  const report = incident.reportByReportId as Row;
  const roles = node.roles as string[];
  return [
    node.id,
    node.originCountry,
    node.destinationCountry,
    node.personsMin,
    node.personsMax,
    (node.countries as string[]).map((country, at) => [country, upper(roles[at])]),
    (node.waypointsByMovementId as Nodes).nodes.map((stop) => [
      stop.ordinal,
      upper(stop.kind),
      upper(stop.basis),
      stop.country,
      stop.longitude,
      stop.latitude,
    ]),
    (node.crossingsByMovementId as Nodes).nodes.map(({ kind, fromCountry, toCountry }) => [
      upper(kind),
      fromCountry,
      toCountry,
    ]),
    [incident.id, upper(incident.verification), report.id, momentOf(report.recordedAt)],
  ];
}

const upper = (word: unknown): string => String(word).toUpperCase();
const momentOf = (moment: unknown): number => Date.parse(String(moment));
