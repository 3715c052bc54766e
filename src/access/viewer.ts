/** Who is asking, and the one bound array of visibility classes that decides every row they meet. */
import type { Purpose } from '../kernel/vocabulary.ts';
import type { RowScope } from '../platform/database.ts';
import type { Role } from './roles.ts';
import { type PartialSight, sightKey } from './sight.ts';

export interface SeenInPart {
  readonly sight: PartialSight;
  readonly classes: readonly number[];
}

/** A permission that somebody took for a while, for one case of their own organisation. */
export interface BrokenGlass {
  readonly id: string;
  /** Keyed digest of the case, in hexadecimal. */
  readonly caseToken: string;
}

export interface Viewer {
  /** Of the key, or of the account of whoever signed in. */
  readonly keyId: string;
  /** Of whoever signed in, with an account or by typing a key in; null where a key asks by itself. */
  readonly sessionId?: string | null;
  readonly organisationId: string | null;
  readonly organisationSlug: string | null;
  readonly role: Role;
  readonly vaultPermission: boolean;
  /** What it asks for: null, anything that it may. */
  readonly purposes?: readonly Purpose[] | null;
  readonly brokenGlass?: BrokenGlass | null;
  /** Of others who broke the glass and told this one: not reviewed yet. */
  readonly unreviewedNotices?: number;
  /** Classes seen as stored. */
  readonly fullClasses: readonly number[];
  /** Classes seen in part, by what is seen of them: no class twice, no sight twice, none of them among the full ones. */
  readonly partial: readonly SeenInPart[];
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
    classes: seenClasses(viewer),
    statementTimeoutMs: STATEMENT_TIMEOUT_MS[viewer.role],
  };
}

/** Every class of which the viewer sees anything. */
export function seenClasses(viewer: Viewer): readonly number[] {
  return [...viewer.fullClasses, ...viewer.partial.flatMap(({ classes }) => classes)];
}

/** Names what a viewer sees, so that nothing derived for one scope is ever given to another. */
export function scopeKey(viewer: Viewer): string {
  const known = scopeKeys.get(viewer);
  if (known !== undefined) return known;
  const key = spellScope(viewer);
  scopeKeys.set(viewer, key);
  return key;
}

const scopeKeys = new WeakMap<Viewer, string>();

function spellScope(viewer: Viewer): string {
  const sorted = (ids: readonly number[]): string => [...ids].sort((a, b) => a - b).join('.');
  const inPart = viewer.partial.map(({ sight, classes }) => `${sightKey(sight)}:${sorted(classes)}`).sort();
  return [viewer.organisationId ?? '-', sorted(viewer.fullClasses), ...inPart].join('/');
}
