/** A row of a report, read through its profile: the facts its siblings repeat, and what it alone says of a person or a suspect. */
import type { AgeBand } from '../../kernel/vocabulary.ts';
import type {
  EntityDraft,
  IndicatorDraft,
  PersonalDraft,
  PersonDraft,
  WaypointDraft,
} from '../reports/report-draft.ts';
import { parseBoolean } from './booleans.ts';
import { type FieldReader, keyOf } from './field-reader.ts';
import { NOWHERE, readPlace } from './map-place.ts';
import { parseNumber } from './numbers.ts';
import type { TextField } from './profile-fields.ts';
import type { ReportMapping } from './profile-records.ts';
import type { ReportFacts, SharedFacts } from './row-facts.ts';

export function readReport(reader: FieldReader, report: ReportMapping, rowNumber: number): ReportFacts {
  const shared = readShared(reader, report);
  noteStranger(reader, report);
  return {
    type: 'report',
    rowNumber,
    line: reader.line,
    shared,
    waypoints: readWaypoints(reader, report, shared),
    person: readPerson(reader, report.persons),
    entities: (report.entities ?? []).flatMap((entity) => readEntity(reader, entity)),
    indicators: (report.indicators ?? []).flatMap((indicator) => readIndicators(reader, indicator)),
    caseNotes: reader.text(report.caseNotes, true),
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
      kind: reader.text(incident.kind) ?? 'incident',
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

function readWaypoints(
  reader: FieldReader,
  report: ReportMapping,
  shared: SharedFacts,
): (WaypointDraft | null)[] {
  return (report.movement?.waypoints ?? []).map((waypoint) => {
    const place = reader.holds(waypoint.when) ? readPlace(reader, waypoint.place) : null;
    if (place === null) return null;
    return {
      place,
      kind: reader.choice(waypoint.kind, 'stated'),
      basis: reader.choice(waypoint.basis, 'departure'),
      time: waypoint.timed === true ? shared.incident.occurred : null,
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

function readEntity(
  reader: FieldReader,
  entity: NonNullable<ReportMapping['entities']>[number],
): EntityDraft[] {
  if (!reader.holds(entity.when)) return [];
  const selectors = entity.selectors.flatMap(({ kind, value, split }) => {
    const text = reader.text(value, true);
    const values = text === null ? [] : split === undefined ? [text] : parts(text, split);
    return values.map((each) => ({ kind, value: each }));
  });
  const personal = readPersonal(reader, entity.personal);
  if (selectors.length === 0 && Object.keys(personal).length === 0) return [];
  const kind = reader.choice(entity.kind, 'individual');
  return [{ kind, role: reader.text(entity.role) ?? kind, label: entity.label, selectors, personal }];
}

function readIndicators(
  reader: FieldReader,
  field: NonNullable<ReportMapping['indicators']>[number],
): IndicatorDraft[] {
  const { scheme, prefix, missing } = field;
  const begins = prefix === undefined ? null : keyOf(prefix);
  const prefixed = begins === null ? [] : Object.keys(reader.cells).filter((key) => key.startsWith(begins));
  const keys = new Set([...prefixed, ...(field.columns ?? []).map(keyOf)]);
  return [...keys].flatMap((code): IndicatorDraft[] => {
    const cell = reader.cell({ column: code, missing });
    if (cell === null) return [];
    if (field.value === 'flag') {
      const flag = reader.settle(parseBoolean(cell), 'note');
      return flag === true ? [{ scheme, code, value: true }] : [];
    }
    if (field.value === 'number') {
      const value = reader.settle(parseNumber(cell), 'note');
      return value === null ? [] : [{ scheme, code, value }];
    }
    const answers = field.split === undefined ? [cell.text.trim()] : parts(cell.text, field.split);
    return answers.map((value) => ({ scheme, code, value }));
  });
}

function parts(text: string, mark: string): string[] {
  return text.split(mark).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}
