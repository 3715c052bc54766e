/** How the demo's investigation export becomes reports: an import profile as an analyst would write it, JSON values only. */

/** Checked against the importer's own profile reader in test/contract/demo-profile.test.ts. */
export const INVESTIGATION_PROFILE = {
  name: 'demo-investigation',
  version: 1,
  description:
    'The fictional demo: helpline and investigation reports from places of arrival, one row a report.',
  target: 'report',
  format: 'csv',
  columns: {
    required: ['reference', 'incident_date', 'place', 'country', 'source_kind'],
    optional:
      `incident_kind reliability credibility persons exploitation origin_place origin_country transit_place destination_place
      destination_country latitude longitude sex age_band suspect phone plate agency establishment`.split(
        /\s+/,
      ),
    strict: false,
  },
  dates: { order: 'ymd', zone: 'Asia/Kolkata' },
  identity: ['reference'],
  grouping: 'row',
  report: {
    kind: { constant: 'investigation' },
    externalReference: { column: 'reference', required: true },
    observed: { column: 'incident_date', basis: 'incident', required: true },
    origin: {
      kind: {
        column: 'source_kind',
        map: {
          victim: 'victim',
          contact: 'contact',
          partner: 'other',
          document: 'document',
          suspect: 'suspect',
        },
        otherwise: 'unknown',
      },
      reliability: {
        column: 'reliability',
        map: { A: 'A', B: 'B', C: 'C', D: 'D', E: 'E', F: 'F' },
        otherwise: 'F',
      },
      credibility: {
        column: 'credibility',
        map: { '1': 1, '2': 2, '3': 3, '4': 4, '5': 5, '6': 6 },
        otherwise: 6,
      },
    },
    incident: {
      kind: { column: 'incident_kind', map: same('recovery'), otherwise: 'exploitation' },
      population: { constant: 'trafficking' },
      occurred: { column: 'incident_date', basis: 'incident', required: true },
      place: positioned('place', 'country'),
      persons: { stated: { column: 'persons' } },
    },
    movement: {
      purpose: { constant: 'trafficking' },
      mode: { constant: 'unknown' },
      status: { constant: 'completed' },
      exploitation: {
        column: 'exploitation',
        map: same('sexual', 'labour', 'domestic_servitude', 'forced_marriage'),
        otherwise: 'unknown',
      },
      waypoints: [
        {
          place: { text: { column: 'origin_place' }, country: { column: 'origin_country' } },
          kind: { constant: 'stated' },
          basis: { constant: 'residence' },
        },
        {
          place: { text: { column: 'transit_place' } },
          kind: { constant: 'stated' },
          basis: { constant: 'crossing' },
        },
        {
          place: positioned('destination_place', 'destination_country'),
          kind: { constant: 'observed' },
          basis: { constant: 'exploitation' },
          timed: true,
        },
      ],
    },
    persons: {
      status: { constant: 'possible_victim' },
      sex: { column: 'sex', map: same('female', 'male', 'other'), otherwise: 'unknown' },
      ageBand: {
        column: 'age_band',
        map: same('9_17', '18_20', '21_23', '24_26', '27_29', '30_38'),
        otherwise: 'unknown',
      },
    },
    entities: [
      {
        kind: { constant: 'individual' },
        role: { constant: 'suspect' },
        label: 'Suspect',
        selectors: [
          { kind: 'name', value: { column: 'suspect' } },
          { kind: 'phone', value: { column: 'phone' } },
        ],
        personal: { fullName: { column: 'suspect' }, phone: { column: 'phone' } },
      },
      thing('phone', 'contact', 'Phone', 'phone', 'phone'),
      thing('vehicle', 'transport', 'Vehicle', 'plate', 'plate'),
      thing('support_structure', 'recruitment_agency', 'Agency', 'name', 'agency'),
      thing('establishment', 'place_of_exploitation', 'Establishment', 'name', 'establishment'),
    ],
  },
};

function positioned(text: string, country: string) {
  return {
    text: { column: text },
    latitude: { column: 'latitude' },
    longitude: { column: 'longitude' },
    country: { column: country },
  };
}

/** The column already says our words. */
function same(...words: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(words.map((word) => [word, word]));
}

/** Something besides the persons, known by one selector that stands in one column. */
function thing(kind: string, role: string, label: string, selector: string, column: string) {
  return {
    kind: { constant: kind },
    role: { constant: role },
    label,
    selectors: [{ kind: selector, value: { column } }],
  };
}
