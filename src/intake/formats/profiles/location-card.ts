/** The location form: one row for each source information card on a place where people are kept, met or passed on. */
import type { ImportProfile } from '../profile.ts';
import {
  BELIEF_ALIASES,
  BELIEF_WORDS,
  cardSource,
  EVALUATIONS,
  locationEntity,
  PLACE_KINDS,
} from './location-answers.ts';

const SCHEME = 'location-card/1';

export const LOCATION_CARD: ImportProfile = {
  name: 'location-card',
  version: 1,
  description:
    'Location forms, one row for each source information card: every card is a report of its own. The columns are the hub’s own. The persons in charge go to the vault; an agency, a name on a signboard and a phone are known again by a keyed token.',
  format: 'csv',
  target: 'report',
  columns: {
    required: ['card_id', 'card_date', 'source_type', 'place_use', 'location_kind'],
    optional: [
      'source_name',
      'location_name',
      'agency_name',
      'location_phone',
      'signboard',
      'location_address',
      'location_place',
      'location_country',
      'latitude',
      'longitude',
      'person_in_charge',
      'person_in_charge_phone',
      'stayed_days',
      'free_to_go',
      'associations',
      ...EVALUATIONS,
      'notes',
    ],
    ignored: ['interviewer', 'location_number'],
  },
  identity: ['card_id'],
  grouping: 'identity',
  report: {
    externalReference: { column: 'card_id' },
    ...cardSource,
    reported: { column: 'card_date', basis: 'card', required: true },
    caseNotes: ['associations', 'location_address', 'signboard', 'notes'].map((column) => ({ column })),
    incident: {
      kind: {
        column: 'place_use',
        map: {
          transit: 'transit_place',
          'meeting point': 'meeting_point',
          destination: 'destination_place',
          'source of id': 'source_of_documents',
          'recruitment agency': 'recruitment_agency',
        },
      },
      population: { constant: 'trafficking' },
      place: {
        text: { column: 'location_place' },
        country: { column: 'location_country', onWrong: 'note' },
        latitude: { column: 'latitude' },
        longitude: { column: 'longitude' },
        split: ';',
      },
      persons: {},
      counts: { daysStayed: { column: 'stayed_days', min: 0, onWrong: 'note' } },
    },
    entities: [
      locationEntity,
      {
        kind: { constant: 'support_structure' },
        role: { constant: 'agency' },
        label: 'Agency',
        selectors: [{ kind: 'agency', value: { column: 'agency_name' } }],
      },
      {
        kind: { constant: 'individual' },
        role: { constant: 'person_in_charge' },
        label: 'Person in charge',
        selectors: [
          { kind: 'name', value: { column: 'person_in_charge' } },
          { kind: 'phone', value: { column: 'person_in_charge_phone' }, split: ';' },
        ],
        personal: {
          fullName: { column: 'person_in_charge' },
          phone: { column: 'person_in_charge_phone' },
        },
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
      { scheme: SCHEME, columns: ['location_kind'], value: 'word', words: PLACE_KINDS, split: ';' },
      {
        scheme: SCHEME,
        columns: ['free_to_go'],
        value: 'word',
        words: ['yes', 'no', 'sometimes', 'unknown'],
      },
    ],
  },
};
