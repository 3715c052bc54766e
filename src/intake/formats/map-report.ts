/** A row of a report, read through its profile: the facts its siblings repeat, and what it alone says of a person or a suspect. */
import type { AgeBand } from '../../kernel/vocabulary.ts';
import type { EntityDraft, PersonalDraft, PersonDraft } from '../reports/report-draft.ts';
import { wrong } from './cell.ts';
import type { FieldReader } from './field-reader.ts';
import { readIndicators } from './map-indicators.ts';
import { NOWHERE, readPlace } from './map-place.ts';
import type { TextField } from './profile-fields.ts';
import type { ReportMapping } from './profile-records.ts';
import type { ReportFacts, SharedFacts, WaypointFacts } from './row-facts.ts';
import { normaliseSelector, wantedSelector } from './selectors.ts';
import { splitAnswers } from './split-answers.ts';

export function readReport(reader: FieldReader, report: ReportMapping, rowNumber: number): ReportFacts {
  const shared = readShared(reader, report);
  noteStranger(reader, report);
  const indicators = (report.indicators ?? []).map((indicator) => readIndicators(reader, indicator));
  return {
    type: 'report',
    rowNumber,
    line: reader.line,
    shared,
    ...readCollector(reader, report),
    waypoints: readWaypoints(reader, report, shared),
    person: readPerson(reader, report.persons),
    entities: (report.entities ?? []).flatMap((entity) => readEntity(reader, entity)),
    indicators: indicators.flatMap(({ drafts }) => drafts),
    caseNotes: [...readCaseNotes(reader, report.caseNotes), ...indicators.flatMap(({ free }) => free)],
    notes: reader.notes,
  };
}

function readShared(reader: FieldReader, report: ReportMapping): SharedFacts {
  const { incident, origin, movement } = report;
  const counts: Record<string, number> = {};
  for (const [name, field] of Object.entries(incident.counts ?? {})) {
    const value = reader.number(field);
    if (value !== null) counts[name] = value;
  }
  const { constant } = incident.persons;
  return {
    kind: reader.choice(report.kind, 'open_source'),
    externalReference: reader.text(report.externalReference),
    observed: reader.date(report.observed),
    reported: reader.date(report.reported),
    station: reader.text(report.station),
    monitoringLocation: reader.text(report.monitoringLocation),
    origin: {
      kind: reader.choice(origin.kind, 'unknown'),
      reference: reader.text(origin.reference),
      reliability: reader.choice(origin.reliability, 'F'),
      credibility: reader.choice(origin.credibility, 6),
    },
    incident: {
      kind: reader.choice(incident.kind, 'incident'),
      population: reader.choice(incident.population, 'trafficking'),
      occurred: reader.date(incident.occurred),
      place: readPlace(reader, incident.place) ?? NOWHERE,
      counts,
      verification: reader.choice(incident.verification, 'unverified'),
      redFlagTotal: reader.number(incident.redFlagTotal),
    },
    stated:
      reader.count(incident.persons.stated) ??
      (constant === undefined ? null : { min: constant, max: constant }),
    movement:
      movement === undefined
        ? null
        : {
            purpose: reader.choice(movement.purpose, 'unknown'),
            mode: reader.choice(movement.mode, 'unknown'),
            status: reader.choice(movement.status, 'suspected'),
            exploitation: reader.choice(movement.exploitation, 'unknown'),
          },
  };
}

/** Absent where nobody is named, so that a file without that column says what it said before there was one. */
function readCollector(reader: FieldReader, { origin }: ReportMapping): Pick<ReportFacts, 'collector'> {
  const collector = reader.text(origin.collector, true);
  return collector === null ? {} : { collector };
}

function readCaseNotes(reader: FieldReader, fields: ReportMapping['caseNotes']): string[] {
  return [fields ?? []].flat().flatMap((field) => reader.text(field, true) ?? []);
}

function readWaypoints(
  reader: FieldReader,
  report: ReportMapping,
  shared: SharedFacts,
): (WaypointFacts | null)[] {
  return (report.movement?.waypoints ?? []).map((waypoint) => {
    const place = reader.holds(waypoint.when) ? readPlace(reader, waypoint.place) : null;
    if (place === null) return null;
    return {
      place,
      kind: reader.choice(waypoint.kind, 'stated'),
      basis: reader.choice(waypoint.basis, 'departure'),
      time:
        waypoint.time === undefined
          ? waypoint.timed === true
            ? shared.incident.occurred
            : null
          : reader.date(waypoint.time),
      // Left out where a profile has none of them: what a record says must not change with the hub's version.
      ...(waypoint.mode === undefined ? {} : { mode: reader.choice(waypoint.mode, 'unknown') }),
      ...(waypoint.order === undefined ? {} : { order: reader.number(waypoint.order) }),
      ...(waypoint.rank === undefined ? {} : { rank: reader.choice<number>(waypoint.rank, 9) }),
    };
  });
}

/** A row of a role the profile does not know would else vanish from the report without a word. */
function noteStranger(reader: FieldReader, { persons, entities = [] }: ReportMapping): void {
  const when = [persons, ...entities].flatMap((part) => (part === undefined ? [] : [part.when]));
  if (when.length === 0 || when.some((condition) => reader.holds(condition))) return;
  const columns = [...new Set(when.flatMap((condition) => Object.keys(condition ?? {})))].join(', ');
  const where = `line ${reader.line}, ${columns}`;
  reader.notes.push({
    where,
    found: 'neither a person nor an entity of the profile',
    wanted: 'a role it knows',
  });
}

function readPerson(reader: FieldReader, persons: ReportMapping['persons']): PersonDraft | null {
  if (persons === undefined || !reader.holds(persons.when)) return null;
  const age = reader.number(persons.age);
  return {
    status: reader.choice(persons.status, 'possible_victim'),
    sex: reader.choice(persons.sex, 'unknown'),
    ageBand: age === null ? reader.choice(persons.ageBand, 'unknown') : ageBandOf(age),
    personal: readPersonal(reader, persons.personal),
  };
}

/** Bands of the hub's word list; the first year of each. */
const BANDS: readonly (readonly [number, AgeBand])[] = [
  [48, '48_plus'],
  [39, '39_47'],
  [30, '30_38'],
  [27, '27_29'],
  [24, '24_26'],
  [21, '21_23'],
  [18, '18_20'],
  [9, '9_17'],
  [0, '0_8'],
];

/** `age` in years. */
export function ageBandOf(age: number): AgeBand {
  return BANDS.find(([from]) => age >= from)?.[1] ?? 'unknown';
}

function readPersonal(
  reader: FieldReader,
  fields: Readonly<Record<string, TextField | undefined>> | undefined,
): PersonalDraft {
  const personal: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields ?? {})) {
    const text = reader.text(field, true);
    if (text !== null) personal[name] = text;
  }
  return personal;
}

/** Sealed all the same, but nothing will ever match it: who sent the file should know. */
function noteUnusable(reader: FieldReader, kind: string, field: TextField, text: string): void {
  if (normaliseSelector(kind, text, true) !== null) return;
  const columns =
    'column' in field ? [field.column].flat().join(' or ') : 'join' in field ? field.join.join(', ') : kind;
  const where = `line ${reader.line}, ${columns}`;
  reader.notes.push(wrong({ where, text, personal: true }, wantedSelector(kind)));
}

function readEntity(
  reader: FieldReader,
  entity: NonNullable<ReportMapping['entities']>[number],
): EntityDraft[] {
  if (!reader.holds(entity.when)) return [];
  const selectors = entity.selectors.flatMap(({ kind, value, split }) => {
    const text = reader.text(value, true);
    const values = text === null ? [] : split === undefined ? [text] : splitAnswers(text, split);
    for (const each of values) noteUnusable(reader, kind, value, each);
    return values.map((each) => ({ kind, value: each }));
  });
  const personal = readPersonal(reader, entity.personal);
  if (selectors.length === 0 && Object.keys(personal).length === 0) return [];
  const kind = reader.choice(entity.kind, 'individual');
  return [{ kind, role: reader.choice<string>(entity.role, kind), label: entity.label, selectors, personal }];
}
