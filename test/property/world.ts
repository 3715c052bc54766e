/** From a drawn plan to rows: what stands in each table, each row marked with whose it is and how it is handled. */
import { createHash } from 'node:crypto';
import type { RecordClass, Role } from '../../src/access/roles.ts';
import { cellAt } from '../../src/geo/cells.ts';
import { mortonCode } from '../../src/geo/morton.ts';
import { seededIds } from '../../src/kernel/ids.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { WorldPlan } from './world-plan.ts';

export interface KnownPlace {
  readonly id: string;
  readonly longitude: number;
  readonly latitude: number;
}

export interface Marking {
  readonly handling: string;
  readonly sensitivity: string;
  /** Agreements of the world, by number, under which it was released. */
  readonly released?: readonly number[];
}

export interface WorldRow {
  readonly table: string;
  /** Index of the organisation. */
  readonly owner: number;
  readonly recordClass: RecordClass;
  readonly marking: Marking;
  readonly columns: Readonly<Record<string, unknown>>;
}

export interface WorldViewer {
  /** Index of the organisation; null for an operator. */
  readonly organisation: number | null;
  readonly role: Role;
  /** What it works for; null: anything. */
  readonly purposes: readonly string[] | null;
}

/** How finely a coarse sight shows place and time, and which details. */
export interface Part {
  readonly place: 'exact' | 'district' | 'area' | 'region';
  readonly time: 'exact' | 'month' | 'quarter' | 'year';
  readonly details: readonly string[];
}

export interface WorldGrant {
  readonly id: string;
  readonly grantee: number;
  readonly owner: number;
  readonly recordClass: string;
  readonly ceiling: string;
  readonly projection: string;
  /** Of a coarse one; null: the usual. */
  readonly sight: Part | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly revokedAt: string | null;
  /** What it may be used for; null: anything. */
  readonly purposes: readonly string[] | null;
  /** Number of the agreement that shares case by case of which it is. */
  readonly cases: number | null;
}

export interface World {
  /** Ids of agreements that share case by case, in order. */
  readonly agreements: readonly string[];
  readonly organisations: readonly { readonly id: string; readonly slug: string }[];
  readonly grants: readonly WorldGrant[];
  readonly viewers: readonly WorldViewer[];
  readonly rows: readonly WorldRow[];
  readonly question: number;
}

/** When first versions came in, and when they were corrected. */
export const FIRST_KNOWN = Date.parse('2026-02-10T00:00:00Z');
export const CORRECTED = '2026-08-20T10:00:00.000Z';
/** Before everything; between, with and without a quarter's end; after the correction, with and without one. */
export const MOMENTS = [
  '2026-01-01T00:00:00.000Z',
  '2026-03-20T00:00:00.000Z',
  '2026-05-15T00:00:00.000Z',
  '2026-09-15T00:00:00.000Z',
  '2026-10-10T00:00:00.000Z',
];

/** When what was decided about persons was reviewed, and when it falls due: before, between and after the moments asked about. */
const REVIEWED = ['2026-04-25T09:00:00.000Z', '2026-07-10T09:00:00.000Z'];
const DUE = [
  '2026-05-02T09:00:00.000Z',
  '2026-09-20T09:00:00.000Z',
  '2026-10-05T09:00:00.000Z',
  '2026-12-05T09:00:00.000Z',
  '2027-04-01T09:00:00.000Z',
  '2028-02-01T09:00:00.000Z',
];

/** Ids of the keys of a world's viewers: one of them reviews. */
export function keyIds(question: number, organisationId: string, count: number): readonly string[] {
  const ids = seededIds(seededRandom(question ^ 0x5eed));
  return Array.from(
    { length: count },
    (_, index) => `${ids().slice(0, 8)}${organisationId.slice(8, 34)}${String(index).padStart(2, '0')}`,
  );
}

const DAY_MS = 86_400_000;
export const KATHMANDU_AHEAD_MS = 5.75 * 3_600_000;
const START = Date.parse('2025-01-01T00:00:00Z');
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

type Planned<Key extends keyof WorldPlan> = WorldPlan[Key] extends readonly (infer One)[] ? One : never;
type PlannedTime = Planned<'records'>['incident']['time'];
interface PlannedPlace {
  readonly place: number;
  readonly resolution: number;
  readonly known: boolean;
}

/** The same plan and seed give the same ids. */
export function buildWorld(plan: WorldPlan, seed: number, places: readonly KnownPlace[]): World {
  const ids = seededIds(seededRandom(seed));
  const count = plan.organisations;
  const organisations = Array.from({ length: count }, () => {
    const id = ids();
    return { id, slug: `world-${id}` };
  });
  const rows: WorldRow[] = [];
  const add = (
    table: string,
    owner: number,
    recordClass: RecordClass,
    mark: Marking,
    columns: Record<string, unknown>,
  ) => {
    rows.push({ table, owner, recordClass, marking: mark, columns });
  };
  const origins = organisations.map((_, owner) =>
    [0, 1, 2].map((number) => {
      const id = ids();
      add(
        'source_origin',
        owner,
        'report',
        { handling: 'amber', sensitivity: 'routine' },
        { id, kind: 'staff', token: `\\x0${number}` },
      );
      return id;
    }),
  );
  const stations = organisations.map((): string[] => []);
  const [reviewer] = keyIds(plan.question, organisations[0]?.id ?? '', 1);
  const frame: Frame = { ids, add, places, origins, stations, seed, reviewer: reviewer as string };
  for (const effort of plan.efforts)
    stations[effort.owner % count]?.push(addEffort(frame, effort, effort.owner % count));
  const incidents = plan.records.map((record, index) =>
    addRecord(frame, record, record.owner % count, index),
  );
  addLinks(frame, plan, incidents, count);
  for (const [index, flow] of plan.flows.entries()) addFlow(frame, flow, flow.owner % count, index);
  for (const month of plan.stationMonths) addStationMonth(frame, month, month.owner % count);
  for (const weight of plan.weights) addWeight(frame, weight, weight.owner % count);
  const entities = rows
    .filter(({ table, columns }) => table === 'entity' && (columns.version_of ?? null) === null)
    .map(({ columns }) => columns.id as string);
  for (const interdiction of plan.interdictions)
    addInterdiction(frame, interdiction, interdiction.owner % count, { incidents, entities });
  const reports = rows
    .filter(({ table, columns }) => table === 'report' && (columns.version_of ?? null) === null)
    .map(({ columns }) => columns.id as string);
  for (const planned of plan.legalCases)
    addLegalCase(frame, planned, planned.owner % count, { incidents, entities, reports });
  for (const planned of plan.comments) addComment(frame, planned, rows);
  for (const planned of plan.exhibits) addExhibit(frame, planned, rows);
  for (const planned of plan.attachments) addAttachment(frame, planned, rows);
  const viewers = plan.viewers.map(({ organisation, role, purposes }) => ({
    purposes,
    organisation: role === 'operator' ? null : organisation % count,
    role,
  }));
  const grants = plan.grants
    .map((grant) => ({ ...grant, grantee: grant.grantee % count, owner: grant.owner % count }))
    .filter(({ grantee, owner }) => grantee !== owner)
    .flatMap((grant) =>
      grant.recordClass === 'everything'
        ? GRANTED.map((recordClass) => ({ ...grant, recordClass }))
        : [grant],
    )
    .map((grant) => ({ ...grant, id: ids(), ...VALIDITY[grant.validity] }) as WorldGrant);
  const agreements = [ids(), ids()].toSorted();
  for (const owner of organisations.keys()) addTarget(frame, owner, entities);
  return { organisations, agreements, grants, viewers, rows, question: plan.question };
}

const GRANTED = ['report', 'incident', 'movement', 'statement', 'entity', 'flow'];

const VALIDITY: Readonly<Record<string, Pick<WorldGrant, 'validFrom' | 'validTo' | 'revokedAt'>>> = {
  open: { validFrom: '2026-01-01T00:00:00Z', validTo: null, revokedAt: null },
  running: { validFrom: '2026-01-01T00:00:00Z', validTo: '2027-01-01T00:00:00Z', revokedAt: null },
  expired: { validFrom: '2026-01-01T00:00:00Z', validTo: '2026-10-31T23:59:59Z', revokedAt: null },
  future: { validFrom: '2026-11-02T00:00:00Z', validTo: null, revokedAt: null },
  revoked: { validFrom: '2026-01-01T00:00:00Z', validTo: null, revokedAt: '2026-10-01T00:00:00Z' },
};

interface Frame {
  readonly ids: () => string;
  readonly add: (
    table: string,
    owner: number,
    recordClass: RecordClass,
    mark: Marking,
    columns: Record<string, unknown>,
  ) => void;
  readonly places: readonly KnownPlace[];
  readonly origins: readonly (readonly string[])[];
  /** Ids of stations, by organisation. */
  readonly stations: readonly (readonly string[])[];
  readonly seed: number;
  readonly reviewer: string;
}

function addRecord(frame: Frame, record: Planned<'records'>, owner: number, index: number): string {
  const { ids, add } = frame;
  const reportId = ids();
  const incidentId = ids();
  const incidentMark = record.incident.marking ?? record.marking;
  const firstKnown = iso(FIRST_KNOWN + record.recordedDay * DAY_MS);
  const report = {
    kind: record.kind,
    identity_digest: digest(`${frame.seed}/${index}`),
    content_digest: digest('content'),
    external_reference: `REF-${index}`,
    observed_from: record.observed === null ? null : iso(START + record.observed * DAY_MS),
    observed_to: record.observed === null ? null : iso(START + (record.observed + 1) * DAY_MS),
    observed_zone: record.zone,
    reported_from: record.reported === null ? null : iso(START + record.reported.day * DAY_MS),
    reported_to:
      record.reported === null ? null : iso(START + (record.reported.day + record.reported.days) * DAY_MS),
    reported_zone: record.zone,
    station_id: record.station === null ? null : (frame.stations[owner]?.[record.station] ?? null),
    recorded_at: firstKnown,
    reliability: record.reliability,
    credibility: record.credibility,
    origin_id: record.origin === null ? null : frame.origins[owner]?.[record.origin],
    origin_kind: 'staff',
    handling: record.marking.handling,
    pap: record.pap,
    occurrence: 1,
  };
  const incident = {
    kind: record.incident.kind,
    population: record.incident.population,
    verification: record.incident.verification,
    ...timeOf(record.incident.time),
    ...placeOf(frame, record.incident.place),
    place_reference_id: addReference(frame, record.incident.reference, owner, incidentMark),
    ...personsOf(record.incident.persons),
    counts: record.incident.dead === null ? {} : { dead: record.incident.dead },
    red_flag_total: record.incident.redFlags,
  };
  const known =
    record.corrected === null
      ? { version: 1, known_from: firstKnown, known_to: null, version_of: null }
      : { version: 2, known_from: CORRECTED, known_to: null, version_of: null };
  add('report', owner, 'report', record.marking, { id: reportId, ...report, ...known });
  add('incident', owner, 'incident', incidentMark, {
    id: incidentId,
    report_id: reportId,
    ...incident,
    ...known,
  });
  const movementId = record.movement === null ? null : ids();
  if (record.movement !== null && movementId !== null)
    addMovement(frame, record, record.movement, owner, { movementId, incidentId, reportId }, known);
  for (const [number, mark] of record.incident.indicators.entries())
    add('indicator', owner, 'incident', mark ?? incidentMark, {
      id: ids(),
      incident_id: incidentId,
      scheme: 'scheme/1',
      code: `code_${number}`,
      value: number === 0 ? true : number,
    });
  for (const [number, statement] of record.incident.statements.entries())
    addStatement(frame, statement, owner, record.marking, {
      report_id: reportId,
      incident_id: incidentId,
      about_kind: 'incident',
      about_id: incidentId,
      claim: `claim-${number}`,
      known_from: firstKnown,
    });
  const entities = record.entities.map((entity) => ({
    entity,
    id: addEntity(frame, entity, owner, record.marking, { reportId, incidentId, firstKnown }),
  }));
  const person = entities.find(({ entity }) => entity.kind === 'individual');
  for (const { entity, id } of entities)
    if (person !== undefined && entity.held && entity.kind !== 'individual')
      add('entity_link', owner, 'entity', entity.linkMarking ?? entity.marking ?? record.marking, {
        id: ids(),
        from_entity: person.id,
        to_entity: id,
        kind: 'uses',
        report_id: reportId,
      });
  if (record.corrected !== null)
    addHistory(frame, record, owner, record.corrected, {
      reportId,
      incidentId,
      movementId,
      report,
      incident,
      firstKnown,
    });
  return incidentId;
}

function addHistory(
  frame: Frame,
  record: Planned<'records'>,
  owner: number,
  mark: Marking,
  living: {
    reportId: string;
    incidentId: string;
    movementId: string | null;
    report: object;
    incident: object;
    firstKnown: string;
  },
): void {
  const { ids, add } = frame;
  const known = { version: 1, known_from: living.firstKnown, known_to: CORRECTED };
  const reportId = ids();
  const incidentId = ids();
  add('report', owner, 'report', mark, {
    id: reportId,
    ...living.report,
    external_reference: 'REF-OLD',
    credibility: 5,
    ...known,
    version_of: living.reportId,
  });
  add('incident', owner, 'incident', mark, {
    id: incidentId,
    report_id: reportId,
    ...living.incident,
    persons_min: 0,
    red_flag_total: 3,
    ...known,
    version_of: living.incidentId,
  });
  if (record.movement === null || living.movementId === null) return;
  const movementId = ids();
  addMovement(
    frame,
    record,
    {
      ...record.movement,
      marking: mark as typeof record.marking & { sensitivity: 'routine' },
      mode: 'unknown',
      party: [],
      waypoints: record.movement.waypoints.slice(0, 1),
    },
    owner,
    { movementId, incidentId, reportId },
    { ...known, version_of: living.movementId },
  );
}

function addMovement(
  frame: Frame,
  record: Planned<'records'>,
  movement: NonNullable<Planned<'records'>['movement']>,
  owner: number,
  { movementId, incidentId, reportId }: { movementId: string; incidentId: string; reportId: string },
  known: Readonly<Record<string, unknown>>,
): void {
  const { ids, add } = frame;
  const mark = movement.marking ?? record.marking;
  const countries = movement.route.split('>');
  const roles = countries.map((_, step) =>
    countries.length === 1
      ? 'domestic'
      : step === 0
        ? 'source'
        : step === countries.length - 1
          ? 'destination'
          : 'transit',
  );
  const origin = record.origin === null ? null : frame.origins[owner]?.[record.origin];
  const persons = personsOf(record.incident.persons);
  const when = timeOf(record.incident.time);
  add('movement', owner, 'movement', mark, {
    id: movementId,
    incident_id: incidentId,
    report_id: reportId,
    origin_id: origin,
    purpose: movement.purpose,
    mode: movement.mode,
    status: movement.status,
    exploitation: movement.exploitation,
    ...when,
    ...persons,
    origin_country: countries[0],
    destination_country: countries.at(-1),
    countries,
    roles,
    verification: record.incident.verification,
    reliability: record.reliability,
    credibility: record.credibility,
    ...known,
  });
  for (const [ordinal, waypoint] of movement.waypoints.entries()) {
    const at = placeOf(frame, waypoint.place);
    const passed = timeOf(waypoint.time);
    add('waypoint', owner, 'movement', waypoint.marking ?? mark, {
      id: ids(),
      movement_id: movementId,
      ordinal,
      kind: waypoint.kind,
      basis: waypoint.basis,
      occurred_from: passed.occurred_from,
      occurred_to: passed.occurred_to,
      level: waypoint.place === null ? 'country' : ordinal % 2 === 0 ? 'exact' : 'locality',
      uncertainty_km: waypoint.place === null ? null : waypoint.uncertainty / 4,
      place_reference_id: addReference(frame, waypoint.reference, owner, waypoint.marking ?? mark),
      ...at,
    });
  }
  for (const [ordinal, crossing] of movement.crossings.entries()) {
    const at = placeOf(frame, { place: crossing.at, resolution: crossing.resolution, known: true });
    add('crossing', owner, 'movement', crossing.marking ?? mark, {
      id: ids(),
      movement_id: movementId,
      incident_id: incidentId,
      origin_id: origin,
      kind: crossing.kind,
      ordinal,
      from_country: 'NPL',
      to_country: 'IND',
      country_a: 'IND',
      country_b: 'NPL',
      longitude: at.longitude,
      latitude: at.latitude,
      z: at.z,
      cell: at.cell,
      cell_resolution: at.cell_resolution,
      place_id: at.place_id,
      distance_km: crossing.distance / 4,
      ...when,
      ...persons,
      ...known,
      // A crossing has no living row to point at: it goes with its movement.
      version_of: null,
    });
  }
  for (const member of movement.party) {
    const subject = ids();
    add('subject', owner, 'movement', mark, {
      id: subject,
      status: 'possible_victim',
      sex: member.sex,
      age_band: member.age,
      report_id: reportId,
    });
    add('party_member', owner, 'movement', member.marking ?? mark, {
      movement_id: movementId,
      subject_id: subject,
      sex: member.sex,
      age_band: member.age,
    });
  }
}

function addEntity(
  frame: Frame,
  entity: Planned<'records'>['entities'][number],
  owner: number,
  parent: Marking,
  { reportId, incidentId, firstKnown }: { reportId: string; incidentId: string; firstKnown: string },
): string {
  const { ids, add } = frame;
  const id = ids();
  const mark = entity.marking ?? parent;
  const personId = entity.kind === 'individual' && entity.decisions.length > 0 ? ids() : null;
  if (personId !== null) addSuspicion(frame, entity.decisions, owner, mark, { personId, firstKnown });
  const hint = `${entity.kind}-${entity.token}`;
  add('entity', owner, 'entity', mark, {
    id,
    kind: entity.kind,
    label: `the ${hint}`,
    report_id: reportId,
    person_id: personId,
    version: 1,
    known_from: firstKnown,
    known_to: null,
    version_of: null,
  });
  add('selector', owner, 'entity', entity.selectorMarking ?? mark, {
    id: ids(),
    entity_id: id,
    kind: { phone: 'phone', vehicle: 'plate', individual: 'name', establishment: 'name' }[entity.kind],
    token: digest(`${frame.seed}/${hint}`),
    hint,
  });
  add('participation', owner, 'entity', entity.participationMarking ?? mark, {
    id: ids(),
    incident_id: incidentId,
    subject_id: null,
    entity_id: id,
    role: entity.kind === 'establishment' ? 'place_of_exploitation' : 'used',
  });
  for (const [number, statement] of entity.statements.entries())
    addStatement(frame, statement, owner, parent, {
      report_id: reportId,
      incident_id: incidentId,
      about_kind: 'entity',
      about_id: id,
      claim: `claim-${number}`,
      known_from: firstKnown,
    });
  return id;
}

function addSuspicion(
  { ids, add, reviewer }: Frame,
  decisions: Planned<'records'>['entities'][number]['decisions'],
  owner: number,
  mark: Marking,
  { personId, firstKnown }: { personId: string; firstKnown: string },
): void {
  const living = ids();
  for (const [at, { status, basis, due }] of decisions.entries()) {
    const last = at === decisions.length - 1;
    add('suspicion', owner, 'entity', mark, {
      id: last ? living : ids(),
      person_id: personId,
      status,
      basis: at === 0 ? 'report' : basis,
      basis_on: at === 0 ? null : '2026-04-01',
      reviewer_id: at === 0 ? null : reviewer,
      due_at: status === 'cleared' ? null : DUE[due],
      version: at + 1,
      version_of: last ? null : living,
      known_from: at === 0 ? firstKnown : REVIEWED[at - 1],
      known_to: last ? null : REVIEWED[at],
    });
  }
}

function addStatement(
  frame: Frame,
  statement: Planned<'records'>['incident']['statements'][number],
  owner: number,
  parent: Marking,
  about: Record<string, unknown>,
): void {
  const id = frame.ids();
  frame.add('statement', owner, 'statement', statement.marking ?? parent, {
    id,
    ...about,
    origin_id: statement.origin === null ? null : frame.origins[owner]?.[statement.origin],
    origin_kind: statement.originKind,
    collector_id: statement.credibility % 3 === 0 ? null : frame.origins[owner]?.[statement.credibility % 2],
    // Being derived from itself is nonsense that the database allows; only whether it is derived is shown.
    derived_from: statement.derived ? id : null,
    reliability: 'B',
    credibility: statement.credibility,
    stated_from: about.known_from,
    stated_to: CORRECTED,
    version: 1,
    known_to: null,
    version_of: null,
  });
}

function addLinks(frame: Frame, plan: WorldPlan, incidents: readonly string[], count: number): void {
  const taken = new Set<string>();
  for (const link of plan.links) {
    const pair = [incidents[link.a % incidents.length], incidents[link.b % incidents.length]].sort() as [
      string,
      string,
    ];
    // Each organisation decides for itself.
    const decided = `${link.owner % count}/${pair.join()}`;
    if (pair[0] === pair[1] || taken.has(decided)) continue;
    taken.add(decided);
    frame.add('same_incident_link', link.owner % count, 'incident', link.marking, {
      id: frame.ids(),
      incident_a: pair[0],
      incident_b: pair[1],
      status: link.status,
      grade: 0.5,
      reasons: { reasons: [{ about: 'time', weight: 2, words: 'the same day' }], contradictions: [] },
      decided_at: link.a % 3 === 0 ? null : iso(FIRST_KNOWN + link.b * DAY_MS),
      version: 1,
      version_of: null,
      known_from: iso(FIRST_KNOWN + link.b * DAY_MS),
      known_to: link.a % 4 === 3 ? CORRECTED : null,
    });
  }
}

function addFlow(frame: Frame, flow: WorldPlan['flows'][number], owner: number, index: number): void {
  const { ids, add } = frame;
  const id = ids();
  const from = new Date(Date.UTC(2025, flow.month, 1));
  const row = {
    publisher: 'A Fictional Publisher',
    origin_country: 'NPL',
    origin_name: 'Somewhere',
    origin_longitude: 85.25,
    origin_latitude: 27.5,
    destination_country: 'IND',
    period_from: from.toISOString(),
    period_to: new Date(Date.UTC(2025, flow.month + 1, 1)).toISOString(),
    period_granularity: 'month',
    population: 'migration',
    unit: 'persons',
    measure: flow.measure,
    value_min: flow.value,
    value_max: flow.value % 2 === 0 ? null : flow.value + 4,
    identity_digest: digest(`${frame.seed}/flow/${index}`),
    content_digest: digest('content'),
    occurrence: 1,
  };
  const first = iso(FIRST_KNOWN);
  if (flow.corrected)
    add('flow_observation', owner, 'flow', flow.marking, {
      id: ids(),
      ...row,
      value_min: 0,
      version: 1,
      known_from: first,
      known_to: CORRECTED,
      version_of: id,
    });
  add('flow_observation', owner, 'flow', flow.marking, {
    id,
    ...row,
    version: flow.corrected ? 2 : 1,
    known_from: flow.corrected ? CORRECTED : first,
    known_to: null,
    version_of: null,
  });
}

const OF_STAFF: Marking = { handling: 'amber_strict', sensitivity: 'sensitive' };

function addStation({ ids, add }: Frame, owner: number): string {
  const id = ids();
  add('station', owner, 'effort', OF_STAFF, {
    id,
    name: id,
    normalised: id,
    location: '',
    country: 'NPL',
    place_id: null,
  });
  return id;
}

function addStationMonth(frame: Frame, planned: WorldPlan['stationMonths'][number], owner: number): void {
  const id = frame.ids();
  frame.add('station_month', owner, 'effort', OF_STAFF, {
    id,
    station_id: addStation(frame, owner),
    month: new Date(Date.UTC(2025, planned.month, 1)).toISOString().slice(0, 10),
    intercepts: planned.intercepts,
    ...standing(id, planned.withdrawn),
  });
}

function addWeight(frame: Frame, planned: WorldPlan['weights'][number], owner: number): void {
  const id = frame.ids();
  frame.add('red_flag_weight', owner, 'incident', planned.marking, {
    id,
    form: 'scheme/1',
    code: `code-${planned.code}`.replace('-', '_'),
    points: planned.points,
    valid_from: iso(START + planned.day * DAY_MS).slice(0, 10),
    ...standing(id, planned.withdrawn),
  });
}

function addInterdiction(
  frame: Frame,
  planned: WorldPlan['interdictions'][number],
  owner: number,
  { incidents, entities }: { readonly incidents: readonly string[]; readonly entities: readonly string[] },
): void {
  const id = frame.ids();
  const ofStation = planned.kind === 'station_opened';
  const chosen = (list: readonly string[], at: number | null): readonly string[] =>
    at === null || list.length === 0 ? [] : [list[at % list.length] as string];
  frame.add(
    'interdiction',
    owner,
    ofStation ? 'effort' : 'incident',
    ofStation ? OF_STAFF : planned.marking,
    {
      id,
      kind: planned.kind,
      basis: 'official',
      occurred_on: iso(START + planned.day * DAY_MS).slice(0, 10),
      station_id: ofStation || planned.station ? addStation(frame, owner) : null,
      reference: planned.report === null ? null : `REF-${planned.report}`,
      incident_ids: chosen(incidents, planned.incident),
      entity_ids: chosen(entities, planned.entity),
      ...placeOf(frame, planned.place),
      ...standing(id, planned.withdrawn),
    },
  );
}

function addLegalCase(
  frame: Frame,
  planned: WorldPlan['legalCases'][number],
  owner: number,
  to: Readonly<Record<'incidents' | 'entities' | 'reports', readonly string[]>>,
): void {
  const id = frame.ids();
  const chosen = (list: readonly string[], at: number | null): readonly string[] =>
    at === null || list.length === 0 ? [] : [list[at % list.length] as string];
  const defendants = chosen(to.entities, planned.entity);
  const { identity_digest: _identity, content_digest: _content, ...rest } = standing(id, planned.withdrawn);
  frame.add('legal_case', owner, 'entity', planned.marking, {
    id,
    court: 'District Court',
    country: planned.country,
    status: planned.status,
    opened_on: iso(START + planned.day * DAY_MS).slice(0, 10),
    reference: `COURT-${id}`,
    defendant_ids: defendants,
    incident_ids: chosen(to.incidents, planned.incident),
    report_ids: chosen(to.reports, planned.report),
    ...rest,
  });
  for (let ordinal = 0; ordinal < planned.events; ordinal += 1)
    frame.add('legal_case_event', owner, 'entity', planned.marking, {
      id: frame.ids(),
      case_id: id,
      ordinal,
      kind: ['arrest', 'charge', 'verdict'][ordinal],
      occurred_on: iso(START + (planned.day + ordinal * 9) * DAY_MS).slice(0, 10),
      defendant_id: defendants[0] ?? null,
      law: ordinal === 0 ? null : 'Act 2064, section 15',
      verdict: ordinal === 2 ? 'convicted' : null,
      sentence_months: ordinal === 2 ? 60 : null,
    });
}

/** Of the organisation whose record it is on, in a class that is never granted. */
function addComment(frame: Frame, planned: WorldPlan['comments'][number], rows: readonly WorldRow[]): void {
  const records = rows.filter(
    ({ table, columns }) =>
      table === planned.on && (columns.version_of ?? null) === null && (columns.known_to ?? null) === null,
  );
  const about = records[planned.which % Math.max(records.length, 1)];
  if (about === undefined) return;
  const id = frame.ids();
  const { identity_digest: _identity, content_digest: _content, ...rest } = standing(id, planned.withdrawn);
  const mark = { handling: 'amber_strict', sensitivity: 'sensitive' };
  frame.add('record_comment', about.owner, 'effort', mark, {
    id,
    report_id: planned.on === 'legal_case' ? null : (about.columns.report_id ?? about.columns.id),
    legal_case_id: planned.on === 'legal_case' ? about.columns.id : null,
    about_kind: planned.on,
    about_id: about.columns.id,
    written_by: frame.reviewer,
    written_at: iso(FIRST_KNOWN + planned.day * DAY_MS),
    ...rest,
  });
}

/** Each organisation follows records of all, also such as it never saw or sees no more. */
function addTarget(frame: Frame, owner: number, entities: readonly string[]): void {
  const mark = { handling: 'red', sensitivity: 'sensitive' };
  const id = frame.ids();
  const state = {
    stage: 'lead',
    next_action: 'check_records',
    due_on: '2026-10-20',
    responsible: frame.reviewer,
  };
  const at = iso(FIRST_KNOWN + 30 * DAY_MS);
  frame.add('target', owner, 'entity', mark, {
    id,
    kind: 'network',
    entity_ids: entities.slice(0, 50),
    ...state,
    opened_by: frame.reviewer,
    opened_at: at,
    changed_at: at,
  });
  frame.add('target_step', owner, 'entity', mark, {
    target_id: id,
    number: 1,
    ...state,
    added: Math.min(entities.length, 50),
    done_by: frame.reviewer,
    done_at: at,
  });
}

/** In the class of its case, as the database itself sees to, with a log of its own. */
function addExhibit(frame: Frame, planned: WorldPlan['exhibits'][number], rows: readonly WorldRow[]): void {
  const cases = rows.filter(({ table }) => table === 'legal_case');
  const parent = cases[planned.which % Math.max(cases.length, 1)];
  if (parent === undefined) return;
  const id = frame.ids();
  const at = iso(FIRST_KNOWN + planned.day * DAY_MS);
  const { identity_digest: _identity, content_digest: _content, ...rest } = standing(id, planned.withdrawn);
  const add = (table: string, columns: Record<string, unknown>): void =>
    frame.add(table, parent.owner, parent.recordClass, parent.marking, columns);
  add('exhibit', {
    id,
    legal_case_id: parent.columns.id,
    kind: planned.kind,
    label: `Exhibit P-${planned.day}`,
    sha256: digest(id),
    attachment_id: null,
    recorded_by: frame.reviewer,
    recorded_at: at,
    custody_head: digest('head'),
    ...rest,
  });
  for (let ordinal = 1; ordinal <= planned.entries; ordinal += 1)
    add('custody_entry', {
      id: frame.ids(),
      exhibit_id: id,
      ordinal,
      kind: ['received', 'transferred', 'sealed'][ordinal - 1],
      occurred_at: at,
      from_role: ordinal === 2 ? 'police' : null,
      from_reference: ordinal === 2 ? 'station 4' : null,
      to_role: ordinal === 3 ? null : 'police',
      to_reference: ordinal === 1 ? 'station 4' : null,
      sha256: ordinal === 2 ? null : digest(planned.other ? 'other' : id),
      recorded_by: frame.reviewer,
      recorded_at: at,
      previous_hash: digest('before'),
      hash: digest('this'),
    });
}

/** In the class of what it hangs on, as the database itself sees to. */
function addAttachment(
  frame: Frame,
  planned: WorldPlan['attachments'][number],
  rows: readonly WorldRow[],
): void {
  const parents = rows.filter(
    ({ table, columns }) => table === planned.on && (columns.version_of ?? null) === null,
  );
  const parent = parents[planned.which % Math.max(parents.length, 1)];
  if (parent === undefined) return;
  const id = frame.ids();
  const { identity_digest: _identity, content_digest: _content, ...rest } = standing(id, planned.withdrawn);
  frame.add('attachment', parent.owner, parent.recordClass, parent.marking, {
    id,
    report_id: planned.on === 'report' ? parent.columns.id : null,
    legal_case_id: planned.on === 'legal_case' ? parent.columns.id : null,
    exhibit_id: planned.on === 'exhibit' ? parent.columns.id : null,
    kind: planned.kind,
    media_type: planned.type,
    byte_size: 100 + planned.day,
    sha256: digest(id),
    attached_by: frame.reviewer,
    attached_at: iso(FIRST_KNOWN + planned.day * DAY_MS),
    ...rest,
  });
}

function standing(id: string, withdrawn: boolean): Record<string, unknown> {
  return {
    identity_digest: digest(id),
    content_digest: digest('content'),
    version: 1,
    known_from: iso(FIRST_KNOWN),
    known_to: null,
    version_of: null,
    retracted_at: withdrawn ? iso(FIRST_KNOWN) : null,
  };
}

function addEffort(frame: Frame, effort: WorldPlan['efforts'][number], owner: number): string {
  const { ids, add } = frame;
  const mark = { handling: 'amber_strict', sensitivity: 'sensitive' };
  const station = ids();
  const id = ids();
  add('station', owner, 'effort', effort.stationMarking ?? mark, {
    id: station,
    name: station,
    normalised: station,
    location: '',
    country: 'NPL',
    place_id: frame.places[effort.place]?.id,
  });
  add('effort', owner, 'effort', mark, {
    id,
    station_id: station,
    month: new Date(Date.UTC(2025, effort.month, 1)).toISOString().slice(0, 10),
    staff: effort.staff,
    work_fraction: effort.half ? 0.5 : 1,
    identity_digest: digest(id),
    content_digest: digest('content'),
    version: 1,
    known_from: iso(FIRST_KNOWN),
    known_to: null,
    version_of: null,
  });
  return station;
}

function timeOf(time: PlannedTime) {
  if (time === null)
    return {
      occurred_from: null,
      occurred_to: null,
      occurred_granularity: 'unknown',
      occurred_zone: null,
      occurred_basis: null,
      month: null,
    };
  const day = new Date(START + time.day * DAY_MS);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
  // Of a calendar that is ahead of UTC: the first hours of a day, month, quarter or year are still in the one before.
  const span: Record<string, readonly [number, number]> = {
    hour: [day.getTime() + 3_600_000, day.getTime() + 2 * 3_600_000],
    day: [day.getTime(), day.getTime() + DAY_MS],
    month: [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)],
    year: [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)],
  };
  const [from, to] = (span[time.granularity] as readonly [number, number]).map(
    (local) => local - KATHMANDU_AHEAD_MS,
  ) as [number, number];
  return {
    occurred_from: iso(from),
    occurred_to: iso(to),
    occurred_granularity: time.granularity,
    occurred_zone: 'Asia/Kathmandu',
    occurred_basis: 'interception',
    month: time.granularity === 'year' ? null : iso(Date.UTC(year, month, 1)).slice(0, 10),
  };
}

function addReference(
  { ids, add, seed }: Frame,
  reference: Planned<'records'>['incident']['reference'],
  owner: number,
  parent: Marking,
): string | null {
  if (reference === null) return null;
  const id = ids();
  add('place_reference', owner, 'movement', reference.marking ?? parent, {
    id,
    digest: digest(`${seed}/place/${id}`),
    level: 'locality',
    resolution: reference.resolution,
  });
  return id;
}

/** A little beside the gazetteer's place, so that a place's own position tells nothing. */
function placeOf(frame: Frame, planned: PlannedPlace | null) {
  const place = planned === null ? undefined : frame.places[planned.place];
  if (planned === null || place === undefined)
    return {
      place_id: null,
      country: 'NPL',
      longitude: null,
      latitude: null,
      z: null,
      cell: null,
      cell_resolution: null,
    };
  const position = [place.longitude + 0.01, place.latitude - 0.01] as const;
  return {
    place_id: planned.known ? place.id : null,
    country: 'NPL',
    longitude: position[0],
    latitude: position[1],
    z: mortonCode(position),
    cell: cellAt(position, planned.resolution),
    cell_resolution: planned.resolution,
  };
}

function personsOf({ min, more }: { readonly min: number; readonly more: number | null }) {
  return { persons_min: min, persons_max: more === null ? null : min + more };
}

function digest(text: string): string {
  return `\\x${createHash('sha256').update(text).digest('hex')}`;
}
