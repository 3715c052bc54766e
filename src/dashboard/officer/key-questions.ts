/** What is asked about keys, and the acts on them. */
import type { Question } from '../hub/ask.ts';

export interface ListedKey {
  readonly id: string;
  readonly begins: string;
  readonly label: string;
  readonly role: string;
  readonly vaultPermission: boolean;
  readonly purposes: readonly string[];
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  readonly works: boolean;
  readonly asking: boolean;
}

export const KEYS: Question = {
  query: `query Keys {
  apiKeys { id begins label role vaultPermission purposes expiresAt revokedAt works asking }
}`,
  variables: {},
};

export const MAKE_KEY = `mutation MakeKey($role: Role!, $label: String!, $days: Int!, $vaultPermission: Boolean!, $purposes: [PersonalPurpose!], $idempotencyKey: String!) {
  act: makeKey(role: $role, label: $label, days: $days, vaultPermission: $vaultPermission, purposes: $purposes, idempotencyKey: $idempotencyKey) {
    ... on KeyMade { id version key } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const REVOKE_KEY = `mutation RevokeKey($id: String!, $idempotencyKey: String!) {
  act: revokeKey(id: $id, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;
