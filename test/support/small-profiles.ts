/** Three small profiles, one for each kind of record, whose day is read as the importer declares. */
import { type ImportProfile, parseProfile } from '../../src/intake/formats/profile.ts';

function profileOf(json: unknown): ImportProfile {
  const parsed = parseProfile(json);
  if (!parsed.accepted) throw new Error(JSON.stringify(parsed.reasons));
  return parsed.value;
}

/** `id,day,people,to,note`: a row is a report, rows that share an id are parts. Without `to` there is no movement. */
export const CALLS = profileOf({
  name: 'small-calls',
  version: 1,
  description: 'Invented calls of a test.',
  format: 'csv',
  target: 'report',
  columns: { required: ['id', 'day', 'people', 'to', 'note'] },
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
          place: { country: { column: 'to' } },
          kind: { constant: 'stated' },
          basis: { constant: 'destination' },
        },
      ],
    },
    caseNotes: { column: 'note' },
  },
});

/** `id,day,people`: a flow of the day. Rows without an id are known by what they say. */
export const FLOWS = profileOf({
  name: 'small-flows',
  version: 1,
  description: 'Invented flows of a test.',
  format: 'csv',
  target: 'flow',
  columns: { required: ['id', 'day', 'people'] },
  dates: { order: 'dmy', zone: 'UTC' },
  identity: ['id'],
  grouping: 'row',
  flow: {
    publisher: { constant: 'Example Desk' },
    origin: { country: { constant: 'NPL' } },
    destination: { country: { constant: 'IND' } },
    period: { column: 'day', basis: 'period' },
    population: { constant: 'migration' },
    unit: { constant: 'persons' },
    measure: { constant: 'flow' },
    value: { column: 'people' },
  },
});
