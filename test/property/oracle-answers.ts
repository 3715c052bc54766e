/** What each surface should answer, put together from what the naive policy shows, in the shape of the surface's own document. */
import { cellToParent } from 'h3-js';
import { MAY_RECEIVE, NOW, RANKS, type Shown, seen } from './oracle.ts';
import { suspicionHistory, suspicionNode } from './suspected.ts';
import type { World, WorldViewer } from './world.ts';

export type Json = Readonly<Record<string, unknown>>;
type Columns = Readonly<Record<string, unknown>>;

/** Everything a naive answer needs: the world, who asks, and the tables as that viewer sees them. */
export class Onlooker {
  readonly world: World;
  readonly viewer: WorldViewer;
  readonly #tables = new Map<string, readonly Shown[]>();

  constructor(world: World, viewer: WorldViewer) {
    this.world = world;
    this.viewer = viewer;
  }

  table(name: string, at: string | null = null): readonly Shown[] {
    const key = `${name}/${at}`;
    const rows = this.#tables.get(key) ?? seen(this.world, this.viewer, name, at);
    this.#tables.set(key, rows);
    return rows;
  }

  slug(owner: number): string {
    return this.world.organisations[owner]?.slug ?? '';
  }
}

/** Latest first, unknown last, then by the version's id, descending. */
export function latestFirst(rows: readonly Shown[], column: string): readonly Shown[] {
  const value = (row: Shown): string => (row.columns[column] as string | null) ?? '';
  return rows.toSorted((a, b) => descending(value(a), value(b)) || descending(a.rowId, b.rowId));
}

const descending = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0);
const ascending = (a: string, b: string): number => descending(b, a);
const upper = (word: unknown): string => String(word).toUpperCase();
const by =
  (...keys: ((row: Shown) => string)[]) =>
  (a: Shown, b: Shown): number =>
    keys.reduce((order, key) => order || ascending(key(a), key(b)), 0);
const column =
  (name: string) =>
  (row: Shown): string =>
    String(row.columns[name]);

export function reportNode(onlooker: Onlooker, row: Shown): Json {
  const c = row.columns;
  return {
    ...owned(onlooker, row),
    kind: upper(c.kind),
    externalReference: c.external_reference,
    observed: spanOf(row, 'observed', 'observation'),
    reported: spanOf(row, 'reported', 'report'),
    recordedAt: c.recorded_at,
    evaluation: evaluation(c),
    originKind: c.origin_kind,
    handling: upper(c.handling),
    pap: upper(c.pap),
    part: c.occurrence,
    withdrawnAt: null,
    // Nothing is withdrawn in these worlds; test/api/derived-reports.test.ts withdraws.
    sourceWithdrawn: false,
    history: history(onlooker, row),
    acknowledgements: [],
    recipients: recipientsOf(onlooker, row),
    incidents: onlooker
      .table('incident')
      .filter((incident) => incident.columns.report_id === row.id)
      .toSorted(by((incident) => incident.id))
      .map(idOnly),
    legalCases: casesNaming(onlooker, 'report_ids', row.id),
    attachments: filesOf(onlooker, 'report_id', row.id),
    comments: commentsOn(onlooker, 'report_id', row.id),
  };
}

/** Cases that name a record, the earliest opened first. */
function casesNaming(onlooker: Onlooker, list: string, id: string): readonly Json[] {
  return onlooker
    .table('legal_case')
    .filter(({ columns }) => (columns[list] as string[]).includes(id))
    .toSorted(by(column('opened_on'), (row) => row.rowId))
    .map(idOnly);
}

/** Files of a record, the first attached first. */
function filesOf(onlooker: Onlooker, parent: string, id: string): readonly Json[] {
  return onlooker
    .table('attachment')
    .filter(({ columns }) => columns[parent] === id)
    .toSorted(by(column('attached_at'), (row) => row.rowId))
    .map(idOnly);
}

/** Comments on a record, or on a report and what it tells of, the first written first. */
function commentsOn(onlooker: Onlooker, what: 'about_id' | 'report_id', id: string): readonly Json[] {
  return onlooker
    .table('record_comment')
    .filter(({ columns }) => columns[what] === id)
    .toSorted(by(column('written_at'), (row) => row.rowId))
    .map(idOnly);
}

export function commentNode(onlooker: Onlooker, row: Shown): Json {
  const c = row.columns;
  return {
    ...owned(onlooker, row),
    aboutKind: upper(c.about_kind),
    aboutId: c.about_id,
    writtenBy: c.written_by,
    writtenAt: c.written_at,
  };
}

export function attachmentNode(onlooker: Onlooker, row: Shown): Json {
  const c = row.columns;
  const led = (table: string, id: unknown) => (id === null ? null : (living(onlooker, table, id) ?? null));
  return {
    ...owned(onlooker, row),
    kind: upper(c.kind),
    mediaType: c.media_type,
    bytes: c.byte_size,
    sha256: String(c.sha256).slice(2),
    attachedAt: c.attached_at,
    attachedBy: c.attached_by,
    report: led('report', c.report_id),
    legalCase: led('legal_case', c.legal_case_id),
    exhibit: led('exhibit', c.exhibit_id),
  };
}

export function exhibitNode(onlooker: Onlooker, row: Shown): Json {
  const c = row.columns;
  const who = (role: unknown, reference: unknown): Json | null =>
    role === null ? null : { role: upper(role), reference };
  const log = onlooker
    .table('custody_entry')
    .filter(({ columns }) => columns.exhibit_id === row.id)
    .toSorted((a, b) => Number(a.columns.ordinal) - Number(b.columns.ordinal));
  const last = log.findLast(({ columns }) => columns.to_role !== null)?.columns;
  return {
    ...owned(onlooker, row),
    kind: upper(c.kind),
    label: c.label,
    sha256: String(c.sha256).slice(2),
    recordedAt: c.recorded_at,
    recordedBy: c.recorded_by,
    legalCase: living(onlooker, 'legal_case', c.legal_case_id),
    file: null,
    attachments: filesOf(onlooker, 'exhibit_id', row.id),
    custodian: last === undefined ? null : who(last.to_role, last.to_reference),
    // These logs were written by no hub: test/api/exhibits.test.ts tells whole ones from others.
    custodyIntact: onlooker.viewer.organisation === row.owner ? false : null,
    custody: log.map(({ columns: e }) => ({
      number: e.ordinal,
      kind: upper(e.kind),
      occurredAt: e.occurred_at,
      from: who(e.from_role, e.from_reference),
      to: who(e.to_role, e.to_reference),
      sha256: e.sha256 === null ? null : (e.sha256 as string).slice(2),
      digestDiffers: e.sha256 !== null && e.sha256 !== c.sha256,
      recordedAt: e.recorded_at,
      recordedBy: e.recorded_by,
    })),
  };
}

export function legalCaseNode(onlooker: Onlooker, row: Shown): Json {
  const c = row.columns;
  const led = (table: string, ids: unknown): readonly unknown[] =>
    (ids as string[]).flatMap((id) => living(onlooker, table, id) ?? []);
  return {
    ...owned(onlooker, row),
    court: c.court,
    country: c.country,
    status: upper(c.status),
    openedOn: c.opened_on,
    reference: c.reference,
    defendants: led('entity', c.defendant_ids),
    incidents: led('incident', c.incident_ids),
    reports: led('report', c.report_ids),
    attachments: filesOf(onlooker, 'legal_case_id', row.id),
    comments: commentsOn(onlooker, 'about_id', row.id),
    exhibits: onlooker
      .table('exhibit')
      .filter(({ columns }) => columns.legal_case_id === row.id)
      .toSorted(by(column('recorded_at'), (exhibit) => exhibit.rowId))
      .map(idOnly),
    events: onlooker
      .table('legal_case_event')
      .filter((event) => event.columns.case_id === row.rowId)
      .toSorted(by(column('occurred_on'), column('ordinal')))
      .map(({ columns: e }) => ({
        kind: upper(e.kind),
        occurredOn: e.occurred_on,
        law: e.law,
        hearing: null,
        result: null,
        verdict: e.verdict === null ? null : upper(e.verdict),
        sentenceMonths: e.sentence_months,
        defendant: e.defendant_id === null ? null : (living(onlooker, 'entity', e.defendant_id) ?? null),
      })),
  };
}

/** Every version of an organisation's own report; of another's, none. */
/** Who could see any part of it while it stood so, and while the grant ran; the owner's own roles that receive records are told. */
function recipientsOf({ world, viewer }: Onlooker, row: Shown): readonly Json[] {
  if (row.owner !== viewer.organisation || !MAY_RECEIVE.includes(viewer.role)) return [];
  const versions = world.rows
    .filter(({ table, columns }) => table === 'report' && (columns.version_of ?? columns.id) === row.id)
    .map(({ columns }) => columns.id);
  const parts = world.rows.filter(
    ({ table, columns }) =>
      (table === 'report' && versions.includes(columns.id)) ||
      (['incident', 'movement', 'statement', 'entity'].includes(table) &&
        versions.includes(columns.report_id)),
  );
  const told = new Map<string, { organisation: string; since: string; until: string | null }>();
  for (const { marking, recordClass, columns } of parts)
    for (const grant of world.grants) {
      if (grant.owner !== row.owner || grant.recordClass !== recordClass || marking.sensitivity !== 'routine')
        continue;
      // Releases of random worlds have no days, and their recipients are tested elsewhere.
      if (grant.cases !== null) continue;
      if (RANKS.indexOf(marking.handling) > RANKS.indexOf(grant.ceiling)) continue;
      const since = latest(columns.known_from as string, grant.validFrom);
      const ends = [columns.known_to, grant.revokedAt, grant.validTo].filter(
        (end) => typeof end === 'string',
      );
      const until = ends.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
      if (Date.parse(grant.validFrom) > NOW || (until !== null && Date.parse(until) <= Date.parse(since)))
        continue;
      const id = world.organisations[grant.grantee]?.id ?? '';
      const before = told.get(id);
      told.set(id, {
        organisation: onlookerSlug(world, grant.grantee),
        since: before === undefined || Date.parse(since) < Date.parse(before.since) ? since : before.since,
        until:
          before === undefined
            ? until
            : before.until === null || until === null
              ? null
              : latest(before.until, until),
      });
    }
  return [...told]
    .toSorted(([a, one], [b, other]) => Date.parse(one.since) - Date.parse(other.since) || ascending(a, b))
    .map(([, { organisation, since, until }]) => ({
      organisation,
      agreementId: null,
      since: new Date(since).toISOString(),
      until: until === null || Date.parse(until) > NOW ? null : new Date(until).toISOString(),
    }));
}

const onlookerSlug = (world: World, owner: number): string => world.organisations[owner]?.slug ?? '';
const latest = (a: string, b: string): string => (Date.parse(a) > Date.parse(b) ? a : b);

function history({ world, viewer }: Onlooker, row: Shown): readonly Json[] {
  return world.rows
    .filter(({ table, owner, columns }) => {
      const record = columns.version_of ?? columns.id;
      return table === 'report' && owner === viewer.organisation && record === row.id;
    })
    .map(({ columns: c }) => ({
      version: c.version,
      knownFrom: c.known_from,
      knownTo: c.known_to,
      act: null,
      reason: null,
      keyId: null,
      fileName: null,
    }))
    .toSorted((a, b) => Number(a.version) - Number(b.version));
}

export function incidentNode(onlooker: Onlooker, row: Shown): Json {
  const c = row.columns;
  const of = (table: string, name: string): Shown[] =>
    onlooker.table(table).filter((child) => child.columns[name] === row.rowId);
  const taking = of('participation', 'incident_id')
    .toSorted(by(column('role'), column('entity_id')))
    .map((participation) => participation.columns.entity_id);
  return {
    ...owned(onlooker, row),
    kind: c.kind,
    population: upper(c.population),
    occurred: occurred(c),
    ...placed(c),
    persons: persons(c),
    counts: Object.entries(c.counts as object).map(([name, value]) => ({ name, value })),
    verification: upper(c.verification),
    redFlagTotal: c.red_flag_total,
    report: living(onlooker, 'report', c.report_id),
    place: c.place_id === null ? null : { id: c.place_id },
    indicators: of('indicator', 'incident_id')
      .toSorted(by(column('code')))
      .map((indicator) => ({
        scheme: indicator.columns.scheme,
        code: indicator.columns.code,
        value: String(indicator.columns.value),
      })),
    movements: of('movement', 'incident_id')
      .toSorted(by((movement) => movement.id))
      .map(idOnly),
    entities: [...new Set(taking)].flatMap((id) => living(onlooker, 'entity', id) ?? []),
    statements: of('statement', 'about_id')
      .toSorted(by(column('claim'), (s) => s.id))
      .map(idOnly),
    interdictions: earliest(
      onlooker.table('interdiction').filter((interdiction) => belongsTo(onlooker, interdiction, row)),
    ),
    legalCases: casesNaming(onlooker, 'incident_ids', row.id),
    comments: commentsOn(onlooker, 'about_id', row.id),
    redFlagTotals: weighed(onlooker, row),
    independence: eventIndependence(onlooker, row.id),
  };
}

export function interdictionNode(onlooker: Onlooker, row: Shown): Json {
  const c = row.columns;
  return {
    ...owned(onlooker, row),
    kind: upper(c.kind),
    basis: upper(c.basis),
    occurredOn: c.occurred_on,
    ...placed(c),
    reference: c.reference,
    place: c.place_id === null ? null : { id: c.place_id },
    station: stationNode(onlooker, c.station_id),
    incidents: onlooker
      .table('incident')
      .filter((incident) => belongsTo(onlooker, row, incident))
      .toSorted(by((incident) => incident.id))
      .map(idOnly),
    entities: (c.entity_ids as string[]).flatMap((id) => living(onlooker, 'entity', id) ?? []),
  };
}

/** By its id, or by the number of the owner's report, which is shown to the owner alone. */
function belongsTo(onlooker: Onlooker, interdiction: Shown, incident: Shown): boolean {
  const { incident_ids: ids, reference } = interdiction.columns;
  if ((ids as string[]).includes(incident.id)) return true;
  return onlooker
    .table('report')
    .some(
      (report) =>
        report.id === incident.columns.report_id &&
        report.owner === interdiction.owner &&
        reference !== null &&
        report.columns.external_reference === reference,
    );
}

function earliest(interdictions: readonly Shown[]): readonly Json[] {
  return interdictions.toSorted(by(column('occurred_on'), (row) => row.rowId)).map(idOnly);
}

function stationNode(onlooker: Onlooker, id: unknown): Json | null {
  const station = onlooker.table('station').find((row) => row.id === id);
  if (station === undefined) return null;
  const { name, location, country } = station.columns;
  return {
    id,
    name,
    location,
    country,
    position: null,
    interdictions: earliest(
      onlooker.table('interdiction').filter(({ columns }) => columns.station_id === id),
    ),
  };
}

export function weightNode(onlooker: Onlooker, row: Shown): Json {
  const { form, code, points, valid_from: validFrom } = row.columns;
  return { ...owned(onlooker, row), form, code, points, validFrom };
}

/** By the weights of the incident's owner that held on its day; nothing where there are none, or where no flag is shown. */
function weighed(onlooker: Onlooker, row: Shown): readonly Json[] {
  const c = row.columns;
  const flags = onlooker
    .table('indicator')
    .filter(({ columns }) => columns.incident_id === row.rowId && columns.value === true)
    .map(({ columns }) => columns.code as string)
    .toSorted(ascending);
  const day = c.occurred_from === null ? null : (c.occurred_from as string).slice(0, 10);
  const held = onlooker
    .table('red_flag_weight')
    .filter(
      ({ owner, columns }) => owner === row.owner && (day === null || String(columns.valid_from) <= day),
    )
    .toSorted(by(column('valid_from'), (weight) => weight.id));
  if (flags.length === 0 || held.length === 0) return [];
  const last = (code: string): Shown | undefined => held.findLast(({ columns }) => columns.code === code);
  const points = flags.reduce(
    (sum, code) => sum + ((last(code)?.columns.points as number | undefined) ?? 0),
    0,
  );
  const reported = c.red_flag_total as number | null;
  const difference = reported === null ? null : points - reported;
  return [
    {
      form: 'scheme/1',
      asOf: day,
      points,
      unweighted: flags.filter((code) => last(code) === undefined),
      reported,
      difference,
      differs: difference !== null && difference !== 0,
    },
  ];
}

export function stationMonthNode(onlooker: Onlooker, row: Shown): Json {
  const c = row.columns;
  return {
    ...owned(onlooker, row),
    month: (c.month as string).slice(0, 7),
    intercepts: c.intercepts,
    evidence: null,
    highRisk: null,
    invalid: null,
    arrests: null,
    station: stationNode(onlooker, c.station_id),
  };
}

export function movementNode(onlooker: Onlooker, row: Shown): Json {
  const c = row.columns;
  const of = (table: string): Shown[] =>
    onlooker.table(table).filter((child) => child.columns.movement_id === row.rowId);
  return {
    ...owned(onlooker, row),
    purpose: upper(c.purpose),
    mode: upper(c.mode),
    status: upper(c.status),
    exploitation: upper(c.exploitation),
    occurred: occurred(c),
    persons: persons(c),
    originCountry: c.origin_country,
    destinationCountry: c.destination_country,
    countries: (c.countries as string[]).map((country, step) => ({
      country,
      role: upper((c.roles as string[])[step]),
    })),
    verification: upper(c.verification),
    evaluation: evaluation(c),
    waypoints: of('waypoint')
      .toSorted((a, b) => (a.columns.ordinal as number) - (b.columns.ordinal as number))
      .map(waypointNode),
    party: of('party_member')
      .toSorted(by(column('age_band'), column('sex')))
      .map((member) => ({ sex: upper(member.columns.sex), ageBand: member.columns.age_band })),
    incident: living(onlooker, 'incident', c.incident_id),
    report: living(onlooker, 'report', c.report_id),
    crossings: of('crossing')
      .toSorted(by(column('ordinal'), (crossing) => crossing.id))
      .map(idOnly),
    comments: commentsOn(onlooker, 'about_id', row.id),
    independence: eventIndependence(onlooker, c.incident_id as string),
  };
}

function waypointNode({ columns: c }: Shown): Json {
  return {
    ordinal: c.ordinal,
    kind: upper(c.kind),
    basis: upper(c.basis),
    mode: c.mode == null ? null : upper(c.mode),
    level: upper(c.level),
    ...placed(c),
    uncertaintyKm: c.uncertainty_km,
    occurredFrom: c.occurred_from,
    place: c.place_id === null ? null : { id: c.place_id },
  };
}

export function crossingNode(onlooker: Onlooker, row: Shown): Json {
  const c = row.columns;
  const { country: _, ...where } = placed(c);
  return {
    ...owned(onlooker, row),
    kind: upper(c.kind),
    fromCountry: c.from_country,
    toCountry: c.to_country,
    ...where,
    distanceKm: c.distance_km,
    occurred: occurred(c),
    persons: persons(c),
    movement: living(onlooker, 'movement', c.movement_id),
    crossingPoint: c.place_id === null ? null : { id: c.place_id },
  };
}

export function entityNode(onlooker: Onlooker, row: Shown): Json {
  const c = row.columns;
  const of = (table: string, name: string): Shown[] =>
    onlooker.table(table).filter((child) => child.columns[name] === row.rowId);
  const incidents = of('participation', 'entity_id').map(
    (participation) => participation.columns.incident_id as string,
  );
  return {
    ...owned(onlooker, row),
    kind: upper(c.kind),
    label: c.label,
    selectors: of('selector', 'entity_id').map((selector) => ({
      kind: selector.columns.kind,
      hint: selector.columns.hint,
    })),
    suspicion: suspicionNode(onlooker, row),
    suspicionHistory: suspicionHistory(onlooker, row),
    statements: of('statement', 'about_id')
      .toSorted(by(column('claim'), (s) => s.id))
      .map((statement) => statementNode(onlooker, statement)),
    incidents: [...new Set(incidents)]
      .toSorted(ascending)
      .flatMap((id) => living(onlooker, 'incident', id) ?? []),
    interdictions: earliest(
      onlooker
        .table('interdiction')
        .filter(({ columns }) => (columns.entity_ids as string[]).includes(row.id)),
    ),
    legalCases: casesNaming(onlooker, 'defendant_ids', row.id),
    comments: commentsOn(onlooker, 'about_id', row.id),
    independence: independence(of('statement', 'about_id'), (statement) =>
      eventOf(onlooker, statement.columns.incident_id as string),
    ),
  };
}

/** Reports of one event are one: named by the least id that links lead to. */
export function eventOf(onlooker: Onlooker, incident: string, at: string | null = null): string {
  return eventMembers(onlooker, incident, at)[0] as string;
}

/** Along confirmed links of which the viewer sees both ends, but for those that the viewer's own organisation rejected. */
function eventMembers(onlooker: Onlooker, incident: string, at: string | null = null): readonly string[] {
  const visible = (id: unknown): boolean => onlooker.table('incident', at).some((row) => row.id === id);
  const decided = onlooker.table('same_incident_link', at);
  const links = decided
    .filter(({ columns: c }) => c.status === 'confirmed' && visible(c.incident_a) && visible(c.incident_b))
    .filter(
      ({ columns: c }) =>
        !decided.some(
          ({ owner, columns: n }) =>
            owner === onlooker.viewer.organisation &&
            n.status === 'rejected' &&
            n.incident_a === c.incident_a &&
            n.incident_b === c.incident_b,
        ),
    )
    .map(({ columns }) => columns as { incident_a: string; incident_b: string });
  const reached = new Set([incident]);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const { incident_a: a, incident_b: b } of links)
      if (reached.has(a) || reached.has(b)) reached.add(a).add(b);
  }
  return [...reached].toSorted();
}

export function eventIndependence(onlooker: Onlooker, incident: string): Json {
  const members = eventMembers(onlooker, incident);
  const statements = onlooker
    .table('statement')
    .filter(({ columns: c }) => members.includes(c.incident_id as string) && c.about_kind !== 'entity');
  return independence(statements, (statement) => statement.columns.incident_id as string);
}

/** Whoever is tied to whoever is tied: painted in one colour until no colour changes. */
function independence(statements: readonly Shown[], caseOf: (statement: Shown) => string): Json {
  const tied: readonly (readonly [string, (a: Shown, b: Shown) => boolean])[] = [
    [
      'the same root origin',
      (a, b) => a.columns.origin_id !== null && a.columns.origin_id === b.columns.origin_id,
    ],
    ['the same collector', (a, b) => collector(a) !== null && collector(a) === collector(b)],
    [
      'one derived from another',
      (a, b) =>
        a.columns.derived_from === b.id ||
        b.columns.derived_from === a.id ||
        (a.columns.derived_from !== null && a.columns.derived_from === b.columns.derived_from),
    ],
    ['the same incident', (a, b) => caseOf(a) === caseOf(b)],
  ];
  const colours = statements.map((_, index) => index);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [i, a] of statements.entries())
      for (const [j, b] of statements.entries()) {
        const [mine, theirs] = [colours[i] as number, colours[j] as number];
        if (mine >= theirs || !tied.some(([, test]) => test(a, b))) continue;
        for (const [k, colour] of colours.entries()) if (colour === theirs) colours[k] = mine;
        changed = true;
      }
  }
  const groups = [...new Set(colours)].map((colour) =>
    statements.filter((_, index) => colours[index] === colour),
  );
  const known = groups.filter((group) => group.some(({ columns }) => columns.origin_id !== null));
  return {
    origins: known.length === 0 ? Math.min(1, groups.length) : known.length,
    unknownOrigins: statements.filter(({ columns }) => columns.origin_id === null).length,
    groups: groups
      .map((group) => {
        const words = tied
          .filter(([, test]) => group.some((a) => group.some((b) => a !== b && test(a, b))))
          .map(([name]) => name);
        return {
          statements: group.map(({ id }) => id).toSorted(),
          reason:
            (words.length === 0 ? 'stands alone' : words.join(', ')) +
            (known.includes(group)
              ? ''
              : '; who first perceived it is not known, so it adds nothing to known origins'),
        };
      })
      .toSorted(
        (a, b) =>
          b.statements.length - a.statements.length ||
          ascending(a.statements[0] as string, b.statements[0] as string),
      ),
  };
}

/** Who collected what is shown coarsely is not shown: of one owner it may be one. */
function collector({ sight, owner, columns }: Shown): unknown {
  return sight === 'coarse' ? `hidden ${owner}` : columns.collector_id;
}

function statementNode(onlooker: Onlooker, row: Shown): Json {
  const c = row.columns;
  return {
    ...owned(onlooker, row),
    claim: c.claim,
    originKind: c.origin_kind,
    originKnown: c.origin_id !== null,
    derived: c.derived_from !== null,
    sourceWithdrawn: false,
    evaluation: evaluation(c),
    statedFrom: c.stated_from,
    report: living(onlooker, 'report', c.report_id),
  };
}

export function flowObservationNode(onlooker: Onlooker, row: Shown): Json {
  const c = row.columns;
  return {
    ...owned(onlooker, row),
    publisher: c.publisher,
    origin: {
      country: c.origin_country,
      name: c.origin_name,
      position: { longitude: c.origin_longitude, latitude: c.origin_latitude },
    },
    destination: { country: c.destination_country, name: null, position: null },
    period: {
      from: c.period_from,
      to: c.period_to,
      granularity: upper(c.period_granularity),
      zone: null,
      basis: 'period',
    },
    population: upper(c.population),
    unit: upper(c.unit),
    measure: upper(c.measure),
    valueMin: c.value_min,
    valueMax: c.value_max,
  };
}

export const idOnly = (row: Shown): Json => ({ id: row.id });

function living(onlooker: Onlooker, table: string, id: unknown): Json | null {
  return onlooker.table(table).some((row) => row.id === id) ? { id } : null;
}

function owned(onlooker: Onlooker, row: Shown): Json {
  return {
    id: row.id,
    version: row.columns.version,
    redacted: row.sight === 'coarse',
    owner: onlooker.slug(row.owner),
  };
}

function evaluation(c: Columns): Json {
  return { reliability: c.reliability, credibility: c.credibility };
}

function persons(c: Columns): Json {
  return { min: c.persons_min, max: c.persons_max };
}

function occurred(c: Columns): Json | null {
  return c.occurred_from === null
    ? null
    : {
        from: c.occurred_from,
        to: c.occurred_to,
        granularity: upper(c.occurred_granularity),
        zone: c.occurred_zone,
        basis: c.occurred_basis,
      };
}

function spanOf(row: Shown, stem: string, basis: string): Json | null {
  const c = row.columns;
  if (c[`${stem}_from`] === null) return null;
  const [from, to] = [c[`${stem}_from`] as string, c[`${stem}_to`] as string];
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return {
    from,
    to,
    granularity: days === 1 ? 'DAY' : days === 31 ? 'MONTH' : 'YEAR',
    zone: c[`${stem}_zone`],
    basis,
  };
}

function placed(c: Columns): Json {
  return {
    country: c.country,
    position: c.longitude === null ? null : { longitude: c.longitude, latitude: c.latitude },
    cell: c.cell === null ? null : (c.cell as bigint).toString(16),
  };
}

/** An H3 index at a resolution; null when the place is known more coarsely than that. */
export function cellAtResolution(c: Columns, resolution: number): string | null {
  if (typeof c.cell_resolution !== 'number' || c.cell_resolution < resolution) return null;
  return cellToParent((c.cell as bigint).toString(16), resolution);
}
