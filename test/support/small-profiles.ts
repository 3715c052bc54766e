/** Small profiles, one for each kind of record, whose day is read as the importer declares. */
import { type ImportProfile, parseProfile } from '../../src/intake/formats/profile.ts';

function profileOf(json: unknown): ImportProfile {
  const parsed = parseProfile(json);
  if (!parsed.accepted) throw new Error(JSON.stringify(parsed.reasons));
  return parsed.value;
}

const calls = (name: string, columns: readonly string[], to: object): unknown => ({
  name,
  version: 1,
  description: 'Invented calls of a test.',
  format: 'csv',
  target: 'report',
  columns: { required: columns },
  dates: { order: 'dmy', zone: 'Asia/Kathmandu' },
  identity: ['id'],
  grouping: 'row',
  report: {
    kind: { constant: 'hotline' },
    externalReference: { column: 'id' },
    reported: { column: 'day', basis: 'call', required: true },
    origin: { kind: { constant: 'contact' }, reliability: { constant: 'C' }, credibility: { constant: 4 } },
    incident: {
      kind: { constant: 'call' },
      population: { constant: 'trafficking' },
      occurred: { column: 'day', basis: 'call' },
      place: { country: { constant: 'NPL' } },
      persons: { stated: { column: 'people' } },
    },
    movement: {
      purpose: { constant: 'trafficking' },
      mode: { constant: 'bus' },
      status: { constant: 'suspected' },
      exploitation: { constant: 'unknown' },
      waypoints: [
        {
          place: { country: { constant: 'NPL' } },
          kind: { constant: 'stated' },
          basis: { constant: 'departure' },
        },
        {
          place: to,
          kind: { constant: 'stated' },
          basis: { constant: 'destination' },
        },
      ],
    },
    caseNotes: { column: 'note' },
  },
});

/** `id,day,people,to,note`: a row is a report, rows that share an id are parts. Without `to` there is no movement. */
export const CALLS = profileOf(
  calls('small-calls', ['id', 'day', 'people', 'to', 'note'], { country: { column: 'to' } }),
);

/** The same with a `word` for where it went, beside the country or instead of it. */
export const NAMED_CALLS = profileOf(
  calls('named-calls', ['id', 'day', 'people', 'to', 'word', 'note'], {
    text: { column: 'word' },
    country: { column: 'to' },
  }),
);

const flows = (name: string, columns: readonly string[], destination: object): unknown => ({
  name,
  version: 1,
  description: 'Invented flows of a test.',
  format: 'csv',
  target: 'flow',
  columns: { required: columns },
  dates: { order: 'dmy', zone: 'UTC' },
  identity: ['id'],
  grouping: 'row',
  flow: {
    publisher: { constant: 'Example Desk' },
    origin: { country: { constant: 'NPL' } },
    destination,
    period: { column: 'day', basis: 'period' },
    population: { constant: 'migration' },
    unit: { constant: 'persons' },
    measure: { constant: 'flow' },
    value: { column: 'people' },
  },
});

/** `id,day,people`: a flow of the day. Rows without an id are known by what they say. */
export const FLOWS = profileOf(
  flows('small-flows', ['id', 'day', 'people'], { country: { constant: 'IND' } }),
);

/** The same with the name of where it went. */
export const NAMED_FLOWS = profileOf(
  flows('named-flows', ['id', 'day', 'people', 'to'], { text: { column: 'to' } }),
);
