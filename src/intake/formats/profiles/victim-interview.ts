/** The interview of a possible victim, one row a person: recruited how, left when, travelled how, promised and found what. */
import type { ImportProfile } from '../profile.ts';
import {
  ageAndSex,
  EXPENSES,
  INTERVIEW_STATUSES,
  interviewGrades,
  kindsOfExploitation,
  MODES_OF_TRAVEL,
  PROMISED_WORK,
  RECRUITED_HOW,
  recruiter,
  VEHICLE_TYPES,
  vehicle,
} from './interview-answers.ts';

const SCHEME = 'victim-interview/1';

export const VICTIM_INTERVIEW: ImportProfile = {
  name: 'victim-interview',
  version: 1,
  description:
    'Interviews of possible victims, one row a person. The columns are the hub’s own: copy your form’s answers into the template. The journey: home (stated), where it was left, a place on the way, the border crossing, the place of exploitation or the destination that was told.',
  format: 'csv',
  target: 'report',
  columns: {
    required: ['interview_id', 'interview_date', 'status'],
    optional: [
      'interview_place',
      'interview_country',
      'full_name',
      'gender',
      'age',
      'birthdate',
      'phone_contact',
      'home_address',
      'nationality',
      'recruited_how',
      'recruiter_role',
      'recruiter_name',
      'recruiter_phone',
      'expenses_paid_by',
      'left_home_date',
      'left_from',
      'left_from_country',
      'travelled_by',
      'transit_place',
      'transit_country',
      'crossing_place',
      'crossing_country',
      'crossing_date',
      'destination',
      'destination_country',
      'promised_job',
      'exploitation',
      'exploitation_place',
      'exploitation_country',
      'exploitation_began',
      'exploitation_lasted_months',
      'vehicle_plate',
      'vehicle_type',
      'how_sure',
      'notes',
    ],
    ignored: ['interviewer'],
  },
  identity: ['interview_id'],
  grouping: 'identity',
  report: {
    kind: { constant: 'interview' },
    externalReference: { column: 'interview_id' },
    reported: { column: 'interview_date', basis: 'interview', required: true },
    caseNotes: [{ column: 'notes' }],
    origin: { kind: { constant: 'victim' }, ...interviewGrades },
    incident: {
      kind: { constant: 'exploitation' },
      population: { constant: 'trafficking' },
      occurred: { column: ['left_home_date', 'crossing_date'], basis: 'departure' },
      place: {
        text: { column: ['exploitation_place', 'interview_place'] },
        country: { column: ['exploitation_country', 'interview_country'], onWrong: 'note' },
        split: ';',
      },
      persons: { rows: true },
      counts: {
        monthsExploited: { column: 'exploitation_lasted_months', min: 0, onWrong: 'note' },
      },
    },
    movement: {
      purpose: { constant: 'trafficking' },
      mode: { column: 'travelled_by', map: MODES_OF_TRAVEL, otherwise: 'unknown' },
      status: {
        rules: [
          { when: { exploitation: ['*'] }, value: 'completed' },
          { when: { exploitation_place: ['*'] }, value: 'completed' },
        ],
        otherwise: 'suspected',
      },
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
          place: {
            text: { column: 'left_from' },
            country: { column: 'left_from_country', onWrong: 'note' },
          },
          kind: { constant: 'stated' },
          basis: { constant: 'departure' },
          time: { column: 'left_home_date', basis: 'departure' },
        },
        {
          place: {
            text: { column: 'transit_place' },
            country: { column: 'transit_country', onWrong: 'note' },
            split: ';',
          },
          kind: { constant: 'stated' },
          basis: { constant: 'crossing' },
        },
        {
          place: {
            text: { column: 'crossing_place' },
            country: { column: 'crossing_country', onWrong: 'note' },
          },
          kind: { constant: 'stated' },
          basis: { constant: 'crossing' },
          time: { column: 'crossing_date', basis: 'crossing' },
        },
        {
          when: { exploitation_place: [''], exploitation_country: [''] },
          place: {
            text: { column: 'destination' },
            country: { column: 'destination_country', onWrong: 'note' },
            split: ';',
          },
          kind: { constant: 'stated' },
          basis: { constant: 'destination' },
        },
        {
          place: {
            text: { column: 'exploitation_place' },
            country: { column: 'exploitation_country', onWrong: 'note' },
          },
          kind: { constant: 'stated' },
          basis: { constant: 'exploitation' },
          time: { column: 'exploitation_began', basis: 'exploitation' },
        },
      ],
    },
    persons: {
      status: { column: 'status', map: INTERVIEW_STATUSES },
      ...ageAndSex,
      personal: {
        fullName: { column: 'full_name' },
        birthdate: { column: 'birthdate' },
        phone: { column: 'phone_contact' },
        address: { column: 'home_address' },
        nationality: { column: 'nationality' },
      },
    },
    entities: [recruiter, vehicle],
    indicators: [
      { scheme: SCHEME, columns: ['recruited_how'], value: 'word', words: RECRUITED_HOW, split: ';' },
      { scheme: SCHEME, columns: ['expenses_paid_by'], value: 'word', words: EXPENSES, split: ';' },
      { scheme: SCHEME, columns: ['promised_job'], value: 'word', words: PROMISED_WORK, split: ';' },
      { scheme: SCHEME, columns: ['how_sure'], value: 'number' },
      { scheme: SCHEME, columns: ['vehicle_type'], value: 'word', words: VEHICLE_TYPES },
    ],
  },
};
