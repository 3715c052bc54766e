/** CTDC's global data set: k-anonymised victims, known by citizenship and country of exploitation, to the precision of a country. */
import type { ImportProfile } from '../profile.ts';

const NOTHING = ['', '0', '-99'];

export const CTDC: ImportProfile = {
  name: 'ctdc',
  version: 1,
  description:
    'Counter-Trafficking Data Collaborative, global data set. One row, one victim. The year is the year of registration: when the journey was is not known.',
  format: 'csv',
  target: 'report',
  columns: {
    required: ['yearOfRegistration', 'gender', 'citizenship', 'CountryOfExploitation'],
    optional: ['ageBroad', 'majorityStatus', 'isForcedLabour', 'isSexualExploit'],
    ignored: [
      'nacionalidade',
      'nacionalidade_lat',
      'nacionalidade_long',
      'nacionalidade_alpha3',
      'pais_exploracao',
      'pais_exploracao_lat',
      'pais_exploracao_long',
      'pais_exploracao_alpha3',
    ],
  },
  missing: NOTHING,
  grouping: 'row',
  report: {
    kind: { constant: 'partner' },
    reported: { column: 'yearOfRegistration', basis: 'registration' },
    origin: {
      kind: { constant: 'publisher' },
      reliability: { constant: 'B' },
      credibility: { constant: 6 },
    },
    incident: {
      kind: { constant: 'exploitation' },
      population: { constant: 'trafficking' },
      place: { country: { column: 'CountryOfExploitation', writing: 'alpha2' } },
      persons: { constant: 1, rows: true },
    },
    movement: {
      purpose: { constant: 'trafficking' },
      mode: { constant: 'unknown' },
      status: { constant: 'completed' },
      exploitation: {
        // Both at once is neither alone; the two indicators keep what was said.
        rules: [
          { when: { isSexualExploit: ['1', '1.0'], isForcedLabour: ['1', '1.0'] }, value: 'other' },
          { when: { isSexualExploit: ['1', '1.0'] }, value: 'sexual' },
          { when: { isForcedLabour: ['1', '1.0'] }, value: 'labour' },
        ],
        otherwise: 'unknown',
      },
      waypoints: [
        {
          place: { country: { column: 'citizenship', writing: 'alpha2' } },
          kind: { constant: 'stated' },
          basis: { constant: 'citizenship' },
        },
        {
          place: { country: { column: 'CountryOfExploitation', writing: 'alpha2' } },
          kind: { constant: 'stated' },
          basis: { constant: 'exploitation' },
        },
      ],
    },
    persons: {
      status: { constant: 'victim' },
      sex: { column: 'gender', map: { Female: 'female', Male: 'male' }, otherwise: 'unknown' },
      ageBand: {
        column: ['ageBroad', 'majorityStatus'],
        map: {
          '0--8': '0_8',
          '9--17': '9_17',
          '18--20': '18_20',
          '21--23': '21_23',
          '24--26': '24_26',
          '27--29': '27_29',
          '30--38': '30_38',
          '39--47': '39_47',
          '48+': '48_plus',
          Minor: 'minor',
          Adult: 'adult',
        },
        otherwise: 'unknown',
      },
    },
    indicators: [
      { scheme: 'ctdc/1', columns: ['isForcedLabour', 'isSexualExploit'], value: 'flag', missing: NOTHING },
    ],
  },
};
