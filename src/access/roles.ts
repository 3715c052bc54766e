/** What each role may ever see of its own organisation's records, whatever an agreement says. */

export const ROLES = [
  'operator',
  'field',
  'analyst',
  'investigator',
  'data_officer',
  'dashboard',
  'partner',
] as const;
export type Role = (typeof ROLES)[number];

export const RECORD_CLASSES = [
  'report',
  'incident',
  'movement',
  'statement',
  'entity',
  'effort',
  'flow',
  'personal',
] as const;
export type RecordClass = (typeof RECORD_CLASSES)[number];

interface RoleRights {
  readonly own: readonly RecordClass[];
  /** Whether grants from other organisations reach this role. Dashboards and partners see pre-declared views only. */
  readonly grants: boolean;
  readonly mayImport: boolean;
  /** Whether it may take out files of many records. */
  readonly mayExport: boolean;
}

const RECORDS: readonly RecordClass[] = [
  'report',
  'incident',
  'movement',
  'statement',
  'entity',
  'effort',
  'flow',
];

/** `personal` is never a role's by itself: it takes a key's vault permission and a stated purpose. */
export const ROLE_RIGHTS: Readonly<Record<Role, RoleRights>> = {
  operator: { own: [], grants: false, mayImport: false, mayExport: false },
  field: { own: RECORDS, grants: false, mayImport: true, mayExport: false },
  analyst: { own: RECORDS, grants: true, mayImport: true, mayExport: true },
  investigator: { own: RECORDS, grants: true, mayImport: true, mayExport: true },
  data_officer: { own: RECORDS, grants: true, mayImport: true, mayExport: true },
  dashboard: { own: ['incident', 'movement', 'flow'], grants: false, mayImport: false, mayExport: false },
  partner: { own: [], grants: false, mayImport: false, mayExport: false },
};
