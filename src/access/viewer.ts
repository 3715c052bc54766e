/** Who is asking, and the one bound array of visibility classes that decides every row they meet. */
import type { RowScope } from '../platform/database.ts';
import type { Role } from './roles.ts';

/** A permission that somebody took for a while, for one case of their own organisation. */
export interface BrokenGlass {
  readonly id: string;
  /** Keyed digest of the case, in hexadecimal. */
  readonly caseToken: string;
}

export interface Viewer {
  /** Of the key, or of the account of whoever signed in. */
  readonly keyId: string;
  /** Of whoever signed in; null where a key asks. */
  readonly sessionId?: string | null;
  readonly organisationId: string | null;
  readonly organisationSlug: string | null;
  readonly role: Role;
  readonly vaultPermission: boolean;
  readonly brokenGlass?: BrokenGlass | null;
  /** Of others who broke the glass and told this one: not reviewed yet. */
  readonly unreviewedNotices?: number;
  /** Classes seen as stored. */
  readonly fullClasses: readonly number[];
  /** Classes seen coarsened: place to admin level and H3 resolution 4, time to the quarter, references redacted. */
  readonly coarseClasses: readonly number[];
  /** When it asks: what ends by itself is as of then. */
  readonly now: Date;
}

/** A statement of a list or analysis may take this long before the database stops it. */
const STATEMENT_TIMEOUT_MS: Readonly<Record<Role, number>> = {
  operator: 5_000,
  field: 15_000,
  analyst: 60_000,
  investigator: 60_000,
  data_officer: 60_000,
  dashboard: 10_000,
  partner: 5_000,
};

export function rowScope(viewer: Viewer): RowScope {
  return {
    classes: [...viewer.fullClasses, ...viewer.coarseClasses],
    statementTimeoutMs: STATEMENT_TIMEOUT_MS[viewer.role],
  };
}

/** Names what a viewer sees, so that nothing derived for one scope is ever given to another. */
export function scopeKey(viewer: Viewer): string {
  const sorted = (ids: readonly number[]): string => [...ids].sort((a, b) => a - b).join('.');
  return `${viewer.organisationId ?? '-'}/${sorted(viewer.fullClasses)}/${sorted(viewer.coarseClasses)}`;
}
