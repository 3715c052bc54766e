/** What a column says, in words: by the place of the profile that reads it. */
import type { ImportProfile } from './profile.ts';
import { isRecord } from './profile-shape.ts';

/** One place of a profile that reads a column. */
export interface ColumnUse {
  /** Members from the top, as report.incident.occurred. */
  readonly path: string;
  /** What kind of field it is: text, count, date, choice, … */
  readonly kind: string;
  /** The field, as the profile has it. */
  readonly field: Readonly<Record<string, unknown>>;
  /** How the field names this column: column, time, join, when, … */
  readonly as: string;
}

/** What else a column may say of a stage of the journey. */
const OF_A_STAGE: Readonly<Record<string, string>> = {
  time: 'when the party was at',
  mode: 'the means of transport of the leg that ends at',
  order: 'the place in the order of',
  basis: 'what the place is of',
  rank: 'the place in the order, where no date tells it, of',
};

/** By the members below the target, without numbers; the longest that the path begins with counts. */
const MEANINGS: Readonly<Record<string, string>> = {
  identity: "part of the source's own id",
  kind: 'what kind of report it is',
  externalReference: 'the number under which the source files it',
  observed: 'when it was observed',
  reported: 'when it was reported',
  station: 'the station',
  monitoringLocation: 'the place of the station where staff stood',
  caseNotes: 'free text on the case',
  'origin.kind': 'who said it',
  'origin.reference': 'which source said it, kept as a keyed pseudonym',
  'origin.collector': 'who wrote it down, kept as a keyed pseudonym',
  'origin.reliability': 'how reliable the source is (A–F)',
  'origin.credibility': 'how credible it is (1–6)',
  'incident.kind': 'what happened',
  'incident.population': 'whom the figures count',
  'incident.occurred': 'when it happened',
  'incident.place': 'where it happened',
  'incident.persons': 'how many persons were moved',
  'incident.verification': 'what a later check found',
  'incident.redFlagTotal': "the form's total of red flags",
  'movement.purpose': 'what the journey was for',
  'movement.mode': 'the means of transport',
  'movement.status': 'how far the journey went',
  'movement.exploitation': 'the kind of exploitation',
  'persons.status': "the moved person's status",
  'persons.sex': "the moved person's sex",
  'persons.age': "the moved person's age, kept as a band",
  'persons.ageBand': "the moved person's age band",
  persons: 'whether the row is about a moved person',
  publisher: 'who publishes the figure',
  origin: 'where the flow begins',
  destination: 'where the flow ends',
  period: 'the time the figure is for',
  population: 'whom the figure counts',
  unit: 'what the figure counts',
  measure: 'a flow or a stock',
  value: 'the figure',
  country: 'the country of the station',
  place: 'where the station is',
  month: 'the month',
  staff: 'how many people worked',
  intercepts: 'how many intercepts it made',
  evidence: 'how many of them with evidence of trafficking',
  highRisk: 'how many of them at high risk',
  invalid: 'how many of them should not count',
  arrests: 'how many arrests followed',
  form: 'the form and its version',
  code: 'the red flag, as its indicator is coded',
  points: 'how many points it counts',
  validFrom: 'the day from which it counts so',
  workFraction: 'the share of full time they worked, 0–1',
};

const OF_AN_INTERDICTION: Readonly<Record<string, string>> = {
  kind: 'what was done: an arrest, or what was opened or closed',
  basis: 'how it is known',
  occurred: 'the day',
  place: 'where it was',
  reference: 'the number under which the source files the report it belongs to',
};

export function meaningOf(profile: ImportProfile, use: ColumnUse): string {
  const path = use.path.replace(/^(report|flow|effort|statistics|interdiction|weight)\./, '');
  const told = specialMeaning(profile, path) ?? plainMeaning(path);
  if (use.as === 'time') return `${told} (time of day)`;
  if (use.as === 'year') return `${told} (its year)`;
  return use.as === 'rules' || (use.as === 'when' && path !== 'persons') ? `decides: ${told}` : told;
}

/** Names, contacts and case notes are in no plain column of any table; what recognises somebody is a keyed token only. */
export function keptIn({ path }: ColumnUse): string {
  if (/\.personal\.|\.caseNotes(\.\d+)?$/.test(path)) return 'vault';
  return /\.selectors\.|\.origin\.(reference|collector)$/.test(path) ? 'keyed token' : 'record';
}

function specialMeaning(profile: ImportProfile, path: string): string | null {
  if (profile.target === 'interdiction') return OF_AN_INTERDICTION[path.split('.')[0] ?? ''] ?? null;
  const report = profile.target === 'report' ? profile.report : null;
  const [, waypoint] = /^movement\.waypoints\.(\d+)/.exec(path) ?? [];
  if (waypoint !== undefined) {
    const basis = report?.movement?.waypoints[Number(waypoint)]?.basis;
    const named = isRecord(basis) && 'constant' in basis ? ` (${String(basis['constant'])})` : '';
    const stage = `stage ${Number(waypoint) + 1} of the journey${named}`;
    const member = path.split('.')[3] ?? '';
    return Object.hasOwn(OF_A_STAGE, member) ? `${OF_A_STAGE[member]} ${stage}` : stage;
  }
  const [, entity, rest = ''] = /^entities\.(\d+)\.?(.*)$/.exec(path) ?? [];
  if (entity !== undefined) {
    const label = (report?.entities?.[Number(entity)]?.label ?? 'somebody else').toLowerCase();
    if (rest === '') return `whether the row is about the ${label}`;
    if (rest.startsWith('selectors')) return `${label}: known again by it, as a keyed token`;
    return `${label}: ${inWords(rest)}`;
  }
  if (path.startsWith('persons.personal.')) return `the moved person: ${inWords(path)}`;
  const [, scheme] = /^indicators\.(\d+)/.exec(path) ?? [];
  if (scheme !== undefined) return `indicator of ${report?.indicators?.[Number(scheme)]?.scheme ?? ''}`;
  const [, count] = /^incident\.counts\.(\w+)/.exec(path) ?? [];
  return count === undefined ? null : `count: ${count}`;
}

/** The last member, as words: persons.personal.fullName → full name. */
function inWords(path: string): string {
  return (path.split('.').at(-1) ?? '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function plainMeaning(path: string): string {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const told = MEANINGS[parts.slice(0, length).join('.')];
    if (told !== undefined) return told;
  }
  return path;
}
