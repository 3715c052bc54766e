/** How many points an organisation counts for each red flag of a form. */
import type { ImportProfile } from '../profile.ts';

export const RED_FLAG_WEIGHTS: ImportProfile = {
  name: 'red-flag-weights',
  version: 1,
  description:
    'Points, 1 to 10, of each red flag of a form’s version, and the day from which they count; one row each. They are an organisation’s own: none come with the hub.',
  format: 'csv',
  target: 'weight',
  columns: { required: ['form', 'code', 'points', 'valid_from'] },
  grouping: 'row',
  weight: {
    form: { column: 'form' },
    code: { column: 'code' },
    points: { column: 'points', integer: true, min: 1, max: 10 },
    validFrom: { column: 'valid_from', basis: 'validity' },
  },
};
