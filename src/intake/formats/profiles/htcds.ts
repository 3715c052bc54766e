/** Case records in the fields of the Human Trafficking Case Data Standard 2.0: a person a case, and the events of the journey in rows. */
import type { ImportProfile } from '../profile.ts';
import {
  CONTROL_CODES,
  HTCDS_COLUMNS,
  HTCDS_DROPPED,
  HTCDS_UNREAD,
  INDUSTRIES,
  INDUSTRY_CODES,
  METHODS_OF_CONTROL,
  METHODS_OF_RECRUITMENT,
  TYPES_OF_EXPLOITATION,
  TYPES_OF_SEX_EXPLOITATION,
} from './htcds-columns.ts';
import { EXPLOITATIONS_OF_TYPES, ROLES, STATUSES, SUFFERED } from './htcds-words.ts';

const SCHEME = 'htcds/2';
const OF_A_VICTIM = { per_RoleInProcess: ['', ...SUFFERED] };
const OF_A_PERPETRATOR = { per_RoleInProcess: [...Object.keys(ROLES), 'Other'] };
/** Where a case tells no events, its two places stand for them. */
const WITHOUT_EVENTS = { hte_Type: [''] };

const NAMES = ['prs_FirstName', 'prs_First_Name', 'prs_MiddleName', 'prs_SecondName', 'prs_Second_Name'];
const FULL_NAME = { join: NAMES, with: ' ' };

const personal = {
  fullName: FULL_NAME,
  birthdate: { column: 'prs_Birthdate' },
  phone: { column: ['prs_MobilePhone', 'prs_HomePhone'] },
  address: {
    join: [
      'prs_MailingStreet',
      'prs_MailingCity',
      'prs_MailingState',
      'prs_MailingPostalCode',
      'prs_MailingCountry',
    ],
    with: ', ',
  },
  nationality: { column: 'prs_Citizenship' },
};

export const HTCDS: ImportProfile = {
  name: 'htcds',
  version: 1,
  description:
    'Human Trafficking Case Data Standard 2.0, as CSV or a workbook: the published sheets, and exports with the standard’s other fields. Rows that share cas_CaseNumber (not in the standard; name your own number so) are one case, each with a trafficking event (hte_); without a number each row is a case.',
  format: 'csv',
  target: 'report',
  columns: {
    required: ['vic_TraffickingStatus', 'vic_TypeOfExploitation'],
    optional: [...HTCDS_COLUMNS],
    ignored: [...HTCDS_UNREAD, ...HTCDS_DROPPED],
    labels: { vic_TraffickingStatus: ['Trafficking Status'] },
    counters: ['column_1'],
  },
  missing: ['', 'None', 'N/A'],
  identity: ['cas_CaseNumber'],
  grouping: 'identity',
  report: {
    kind: { constant: 'interview' },
    rows: 'events',
    externalReference: { column: 'cas_CaseNumber' },
    reported: { column: 'cas_IncomingReferralDate', basis: 'referral' },
    caseNotes: [
      'cco_CaseComment',
      'cas_IncomingReferralDetails',
      'cas_OutgoingReferralDetails',
      'cas_ReasonForCaseClosure',
      'per_RoleDetails',
      'hte_Description',
      'hte_Street',
      'hte_PostalCode',
    ].map((column) => ({ column })),
    origin: {
      kind: { constant: 'victim' },
      // The standard does not say how reliable anybody is; who decided on the status says how far it was looked into.
      reliability: { constant: 'F' },
      credibility: {
        column: ['vic_TraffickingStatusDecisionMakingOrg', 'vic_TraffickinStatusDecisionMakingOrg'],
        map: {
          'Court or prosecution': 2,
          CourtOrProsecution: 2,
          Police: 3,
          'Non-police governmental organization': 3,
          NonPoliceGovernmentalOrganization: 3,
          NGO: 3,
        },
        otherwise: 6,
      },
    },
    incident: {
      kind: { constant: 'exploitation' },
      population: { constant: 'trafficking' },
      place: { text: { column: 'vic_LocationOfExploitation' }, split: ';' },
      persons: { rows: true },
    },
    movement: {
      purpose: { constant: 'trafficking' },
      mode: { constant: 'unknown' },
      status: { constant: 'completed' },
      exploitation: {
        column: 'vic_TypeOfExploitation',
        map: EXPLOITATIONS_OF_TYPES,
        otherwise: 'unknown',
      },
      waypoints: [
        {
          when: OF_A_VICTIM,
          place: { country: { column: 'prs_Citizenship', onWrong: 'note' } },
          kind: { constant: 'stated' },
          basis: { constant: 'citizenship' },
        },
        {
          when: WITHOUT_EVENTS,
          place: { text: { column: 'vic_LocationOfRecruitment' }, split: ';' },
          kind: { constant: 'stated' },
          basis: { constant: 'departure' },
        },
        {
          when: { hte_Type: ['*'] },
          each: 'row',
          sort: ['time', 'rank'],
          place: {
            text: { column: ['hte_City', 'hte_State'] },
            country: { column: 'hte_Country' },
            latitude: { column: 'hte_Latitude' },
            longitude: { column: 'hte_Longitude' },
          },
          kind: { constant: 'stated' },
          basis: {
            column: 'hte_Type',
            map: { Recruitment: 'departure', Transit: 'crossing', Exploitation: 'exploitation' },
          },
          time: { column: 'hte_Date', basis: 'trafficking event' },
          rank: {
            column: 'hte_Type',
            map: { Recruitment: 1, Transit: 2, Exploitation: 3 },
            otherwise: 9,
          },
        },
        {
          when: WITHOUT_EVENTS,
          place: { text: { column: 'vic_LocationOfExploitation' }, split: ';' },
          kind: { constant: 'stated' },
          basis: { constant: 'exploitation' },
        },
      ],
    },
    persons: {
      when: OF_A_VICTIM,
      status: { column: 'vic_TraffickingStatus', map: STATUSES, otherwise: 'possible_victim' },
      sex: {
        column: 'prs_Gender',
        map: {
          Feminine: 'female',
          Masculine: 'male',
          TransgenderFeminine: 'other',
          'Transgender Feminine': 'other',
          TransgenderMasculine: 'other',
          'Transgender Masculine': 'other',
          NonConforming: 'other',
          'Non-Conforming': 'other',
        },
        otherwise: 'unknown',
      },
      age: { column: 'vic_AgeWhenTrafficked', min: 0, max: 120, onWrong: 'note' },
      personal,
    },
    entities: [
      {
        when: OF_A_PERPETRATOR,
        kind: { constant: 'individual' },
        role: { column: 'per_RoleInProcess', map: ROLES, otherwise: 'suspect' },
        label: 'Suspect',
        selectors: [
          { kind: 'name', value: FULL_NAME },
          { kind: 'phone', value: { column: ['prs_MobilePhone', 'prs_HomePhone'] }, split: ';' },
        ],
        personal,
      },
    ],
    indicators: [
      words(['vic_MethodOfRecruitment'], METHODS_OF_RECRUITMENT),
      words(['vic_MethodsOfControl', 'vic_Methods_of_Control'], METHODS_OF_CONTROL, CONTROL_CODES),
      words(['vic_TypeOfExploitation'], TYPES_OF_EXPLOITATION),
      // One answer, whose words hold semicolons.
      { ...words(['vic_ForcedLabourIndustry'], INDUSTRIES, INDUSTRY_CODES), split: undefined },
      words(['vic_TypeOfSexExploitation'], TYPES_OF_SEX_EXPLOITATION),
      words(['vic_RelationshipToTrafficker'], ['Familial', 'Acquainted', 'Unacquainted'], {
        Unaquainted: 'Unacquainted',
      }),
    ],
  },
};

function words(
  columns: readonly string[],
  list: readonly string[],
  aliases: Readonly<Record<string, string>> = {},
) {
  return {
    scheme: SCHEME,
    columns: [...columns],
    value: 'word' as const,
    words: [...list],
    aliases: { ...aliases },
    split: ';',
  };
}
