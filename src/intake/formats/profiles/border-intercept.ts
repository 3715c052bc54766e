/** The export of border monitoring stations: one row for each person of an intercept, the intercept's own columns repeated on each. */
import type { ImportProfile } from '../profile.ts';
import { INTERCEPT_COLUMNS, PERSON_COLUMNS } from './border-intercept-columns.ts';

const POSSIBLE_VICTIM = { role: ['PVOT', 'PV'] };
const SUSPECT = { role: ['Suspect'] };

/** The form writes 0 where nobody set the pin. */
const NO_PIN = ['', 'None', '0', '0.0'];

/** The kinds of work that people are promised or taken to. */
const INDUSTRIES = [
  'agriculture',
  'armed forces',
  'beauty parlour',
  'begging',
  'brick kiln',
  'care work',
  'carpet factory',
  'circus',
  'cleaning',
  'construction',
  'dance bar',
  'domestic work',
  'driving',
  'entertainment',
  'factory work',
  'fishing',
  'garment factory',
  'hotel work',
  'marriage',
  'massage parlour',
  'mining',
  'office work',
  'restaurant work',
  'sales',
  'security guard',
  'sex work',
  'study',
  'tourism',
  'other',
  'unknown',
];

const personal = {
  fullName: { column: 'full_name' },
  birthdate: { column: 'birthdate' },
  phone: { column: 'phone_contact' },
  address: { column: 'address' },
  nationality: { column: 'nationality' },
};

export const BORDER_INTERCEPT: ImportProfile = {
  name: 'border-intercept',
  version: 1,
  description:
    'Border intercepts, one row for each person, joined by irf_number. The journey is composed: home (stated), station (observed), destination (stated, not reached). The de-identified variant, without names, staff, times and contacts, is read too. Give the station’s time zone, and the date order where dates are not ISO, at import.',
  format: 'csv',
  target: 'report',
  columns: {
    required: ['irf_number', 'date_of_interception', 'role'],
    optional: [...INTERCEPT_COLUMNS, ...PERSON_COLUMNS],
  },
  missing: ['', 'None'],
  dates: { calendar: 'either' },
  identity: ['irf_number'],
  grouping: 'identity',
  report: {
    kind: { constant: 'border_intercept' },
    externalReference: { column: 'irf_number' },
    observed: {
      column: 'date_of_interception',
      time: 'time_of_interception',
      basis: 'interception',
      required: true,
    },
    station: { column: 'station_name' },
    monitoringLocation: { column: 'location' },
    caseNotes: [{ column: 'case_notes' }, { column: 'reason_for_intercept' }],
    origin: {
      kind: {
        rules: [
          { when: { which_contact: ['*'] }, value: 'contact' },
          { when: { who_noticed: ['contact'] }, value: 'contact' },
          { when: { who_noticed: ['staff'] }, value: 'staff' },
          { when: { staff_who_noticed: ['*'] }, value: 'staff' },
        ],
        otherwise: 'unknown',
      },
      reference: { join: ['station_name', 'which_contact', 'staff_who_noticed'], with: ' / ' },
      collector: { column: 'staff_name' },
      // A paid source has a reason to see what it is paid for; trained staff are usually reliable; the rest cannot be judged.
      reliability: {
        rules: [
          { when: { contact_paid: ['True'] }, value: 'D' },
          { when: { which_contact: ['*'] }, value: 'C' },
          { when: { who_noticed: ['contact'] }, value: 'C' },
          { when: { who_noticed: ['staff'] }, value: 'B' },
          { when: { staff_who_noticed: ['*'] }, value: 'B' },
        ],
        otherwise: 'F',
      },
      // One form never confirms itself, so 1 is not given. Where the evidence was not sorted, the staff's own certainty (1–5) stands in.
      credibility: {
        rules: [
          {
            when: { evidence_categorization: ['Clear Evidence', 'Clear Evidence of Trafficking'] },
            value: 2,
          },
          { when: { evidence_categorization: ['Some Evidence', 'Some Evidence of Trafficking'] }, value: 3 },
          { when: { evidence_categorization: ['High Risk of Trafficking', 'High Risk'] }, value: 4 },
          { when: { how_sure_was_trafficking: ['5', '5.0'] }, value: 2 },
          { when: { how_sure_was_trafficking: ['4', '4.0', '3', '3.0'] }, value: 3 },
          { when: { how_sure_was_trafficking: ['2', '2.0'] }, value: 4 },
          { when: { how_sure_was_trafficking: ['1', '1.0'] }, value: 5 },
        ],
        otherwise: 6,
      },
    },
    incident: {
      kind: { constant: 'intercept' },
      population: { constant: 'trafficking' },
      occurred: { column: 'date_of_interception', time: 'time_of_interception', basis: 'interception' },
      place: {
        text: { column: ['station_name', 'location'] },
        country: { column: 'country', onWrong: 'note' },
        split: ';',
      },
      persons: { stated: { column: 'number_of_victims' }, rows: true },
      counts: {
        victims: { column: 'number_of_victims', integer: true, min: 0 },
        suspects: { column: 'number_of_traffickers', integer: true, min: 0 },
      },
      verification: {
        column: 'verified_evidence_categorization',
        map: {
          'Evidence of Trafficking': 'evidence',
          'High Risk of Trafficking': 'high_risk',
          'Should not count as an Intercept': 'should_not_count',
        },
        otherwise: 'unverified',
      },
      redFlagTotal: {
        column: ['computed_total_red_flags', 'control_reported_total_red_flags'],
        onWrong: 'note',
      },
    },
    movement: {
      purpose: { constant: 'trafficking' },
      mode: { rules: [{ when: { flight_number: ['*'] }, value: 'air' }], otherwise: 'unknown' },
      status: { constant: 'intercepted' },
      exploitation: { constant: 'unknown' },
      waypoints: [
        {
          when: POSSIBLE_VICTIM,
          place: {
            printedAddress: 'address',
            latitude: { column: 'latitude', missing: NO_PIN },
            longitude: { column: 'longitude', missing: NO_PIN },
            home: true,
          },
          kind: { constant: 'stated' },
          basis: { constant: 'residence' },
        },
        {
          place: {
            text: { column: ['station_name', 'location'] },
            country: { column: 'country', onWrong: 'note' },
            split: ';',
          },
          kind: { constant: 'observed' },
          basis: { constant: 'crossing' },
          timed: true,
        },
        {
          place: { text: { column: 'where_going_destination' }, split: ';' },
          kind: { constant: 'stated' },
          basis: { constant: 'destination' },
        },
      ],
    },
    persons: {
      when: POSSIBLE_VICTIM,
      status: { constant: 'possible_victim' },
      sex: {
        column: 'gender',
        map: { F: 'female', M: 'male', Female: 'female', Male: 'male' },
        otherwise: 'unknown',
      },
      age: { column: 'age', min: 0, max: 120, onWrong: 'note' },
      personal,
    },
    entities: [
      {
        when: SUSPECT,
        kind: { constant: 'individual' },
        role: { constant: 'suspect' },
        label: 'Suspect',
        selectors: [
          { kind: 'name', value: { column: 'full_name' } },
          { kind: 'phone', value: { column: 'phone_contact' }, split: ';' },
        ],
        personal,
      },
    ],
    indicators: [
      { scheme: 'border-intercept/1', prefix: 'vulnerability_', value: 'flag' },
      { scheme: 'border-intercept/1', prefix: 'evade_', value: 'flag' },
      { scheme: 'border-intercept/1', prefix: 'control_', value: 'flag' },
      { scheme: 'border-intercept/1', columns: ['how_sure_was_trafficking'], value: 'number' },
      {
        scheme: 'border-intercept/1',
        columns: ['industry'],
        value: 'word',
        words: INDUSTRIES,
        split: ';',
      },
    ],
  },
};
