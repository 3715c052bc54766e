/** The older case form: one row for each leg of the journey, with the case's own boxes repeated on each. */
import type { ImportProfile } from '../profile.ts';
import {
  ageAndSex,
  INTERVIEW_STATUSES,
  interviewGrades,
  kindsOfExploitation,
  MODES_OF_TRAVEL,
  recruiter,
  VEHICLE_TYPES,
  vehicle,
} from './interview-answers.ts';
import { locationEntity, PLACE_KINDS } from './location-answers.ts';

const SCHEME = 'case-form/1';

export const CASE_FORM: ImportProfile = {
  name: 'case-form',
  version: 1,
  description:
    'Older case forms with ordered transport legs: one row for each leg, joined by case_number; the person, vehicle and location boxes are repeated on each. The columns are the hub’s own. A leg’s row says where the leg ended, and by what means it went there.',
  format: 'csv',
  target: 'report',
  columns: {
    required: ['case_number', 'form_date', 'leg_order', 'leg_kind'],
    optional: [
      'status',
      'full_name',
      'gender',
      'age',
      'birthdate',
      'phone_contact',
      'home_address',
      'nationality',
      'recruiter_role',
      'recruiter_name',
      'recruiter_phone',
      'leg_date',
      'leg_to',
      'leg_to_country',
      'leg_ended_at',
      'vehicle_plate',
      'vehicle_type',
      'location_kind',
      'location_name',
      'location_phone',
      'location_place',
      'location_country',
      'exploitation',
      'how_sure',
      'notes',
    ],
  },
  identity: ['case_number'],
  grouping: 'identity',
  report: {
    kind: { constant: 'interview' },
    rows: 'events',
    externalReference: { column: 'case_number' },
    reported: { column: 'form_date', basis: 'form', required: true },
    caseNotes: [{ column: 'notes' }],
    origin: { kind: { constant: 'victim' }, ...interviewGrades },
    incident: {
      kind: { constant: 'exploitation' },
      population: { constant: 'trafficking' },
      place: {
        text: { column: 'location_place' },
        country: { column: 'location_country', onWrong: 'note' },
        split: ';',
      },
      persons: { rows: true },
    },
    movement: {
      purpose: { constant: 'trafficking' },
      mode: { constant: 'unknown' },
      status: { constant: 'completed' },
      exploitation: kindsOfExploitation('exploitation'),
      waypoints: [
        {
          place: {
            text: { column: 'home_address' },
            country: { column: 'nationality', onWrong: 'note' },
            home: true,
          },
          kind: { constant: 'stated' },
          basis: { constant: 'residence' },
        },
        {
          each: 'row',
          sort: ['order', 'time'],
          order: { column: 'leg_order', integer: true, min: 1, required: true },
          place: {
            text: { column: 'leg_to' },
            country: { column: 'leg_to_country', onWrong: 'note' },
            split: ';',
          },
          kind: { constant: 'stated' },
          basis: {
            column: 'leg_ended_at',
            map: {
              crossing: 'crossing',
              'border crossing': 'crossing',
              transit: 'crossing',
              destination: 'destination',
              exploitation: 'exploitation',
            },
            otherwise: 'crossing',
          },
          mode: { column: 'leg_kind', map: MODES_OF_TRAVEL, otherwise: 'unknown' },
          time: { column: 'leg_date', basis: 'leg' },
        },
      ],
    },
    persons: {
      status: { column: 'status', map: INTERVIEW_STATUSES, otherwise: 'possible_victim' },
      ...ageAndSex,
      personal: {
        fullName: { column: 'full_name' },
        birthdate: { column: 'birthdate' },
        phone: { column: 'phone_contact' },
        address: { column: 'home_address' },
        nationality: { column: 'nationality' },
      },
    },
    entities: [recruiter, vehicle, locationEntity],
    indicators: [
      { scheme: SCHEME, columns: ['vehicle_type'], value: 'word', words: VEHICLE_TYPES },
      { scheme: SCHEME, columns: ['location_kind'], value: 'word', words: PLACE_KINDS },
    ],
  },
};
