/** The suspect form: one row for each source information card, and each card a report with statements of its own. */
import type { ImportProfile } from '../profile.ts';
import { VEHICLE_TYPES } from './interview-answers.ts';
import { BELIEF_ALIASES, BELIEF_WORDS, cardSource, EVALUATIONS, PLACE_KINDS } from './location-answers.ts';

const SCHEME = 'suspect-card/1';

export const SUSPECT_CARD: ImportProfile = {
  name: 'suspect-card',
  version: 1,
  description:
    'Suspect forms, one row for each source information card: every card is a report of its own, graded by its source and by the evaluation on it. The columns are the hub’s own. Names and associations go to the vault; a phone, a plate and a name are known again by a keyed token.',
  format: 'csv',
  target: 'report',
  columns: {
    required: ['card_id', 'card_date', 'source_type', 'role'],
    optional: [
      'source_name',
      'full_name',
      'alias',
      'birthdate',
      'nationality',
      'address',
      'phone_contact',
      'passport_number',
      'vehicle_plate',
      'vehicle_type',
      'place',
      'place_country',
      'place_kind',
      'latitude',
      'longitude',
      'agency_name',
      'associations',
      ...EVALUATIONS,
      'arrested',
      'charge_sheet',
      'charges',
      'verdict',
      'needed_for_arrest',
      'notes',
    ],
    ignored: ['interviewer', 'suspect_number', 'gender', 'age'],
  },
  identity: ['card_id'],
  grouping: 'identity',
  report: {
    externalReference: { column: 'card_id' },
    ...cardSource,
    reported: { column: 'card_date', basis: 'card', required: true },
    caseNotes: ['associations', 'alias', 'charges', 'needed_for_arrest', 'notes'].map((column) => ({
      column,
    })),
    incident: {
      kind: { constant: 'suspicion' },
      population: { constant: 'trafficking' },
      place: {
        text: { column: 'place' },
        country: { column: 'place_country', onWrong: 'note' },
        latitude: { column: 'latitude' },
        longitude: { column: 'longitude' },
        split: ';',
      },
      persons: {},
    },
    entities: [
      {
        kind: { constant: 'individual' },
        role: {
          column: 'role',
          map: {
            recruiter: 'recruiter',
            transporter: 'transporter',
            master: 'master',
            facilitator: 'facilitator',
            'boss trafficker': 'boss_trafficker',
            boss: 'boss_trafficker',
            host: 'host',
            other: 'suspect',
          },
        },
        label: 'Suspect',
        selectors: [
          { kind: 'name', value: { column: 'full_name' } },
          { kind: 'phone', value: { column: 'phone_contact' }, split: ';' },
          { kind: 'plate', value: { column: 'vehicle_plate' }, split: ';' },
          { kind: 'passport', value: { column: 'passport_number' } },
        ],
        personal: {
          fullName: { column: 'full_name' },
          birthdate: { column: 'birthdate' },
          phone: { column: 'phone_contact' },
          address: { column: 'address' },
          nationality: { column: 'nationality' },
        },
      },
      {
        kind: { constant: 'support_structure' },
        role: { constant: 'agency' },
        label: 'Agency',
        selectors: [{ kind: 'agency', value: { column: 'agency_name' } }],
      },
    ],
    indicators: [
      ...EVALUATIONS.map((column) => ({
        scheme: SCHEME,
        columns: [column],
        value: 'word' as const,
        words: BELIEF_WORDS,
        aliases: BELIEF_ALIASES,
      })),
      { scheme: SCHEME, columns: ['arrested', 'charge_sheet'], value: 'flag' },
      {
        scheme: SCHEME,
        columns: ['verdict'],
        value: 'word',
        words: ['convicted', 'acquitted', 'dismissed', 'pending'],
      },
      { scheme: SCHEME, columns: ['place_kind'], value: 'word', words: PLACE_KINDS, split: ';' },
      { scheme: SCHEME, columns: ['vehicle_type'], value: 'word', words: VEHICLE_TYPES, split: ';' },
    ],
  },
};
