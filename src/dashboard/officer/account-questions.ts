/** What is asked about accounts, and the acts on them. */
import type { Question } from '../hub/ask.ts';

export interface Account {
  readonly id: string;
  readonly version: number;
  readonly name: string | null;
  readonly signInName: string;
  readonly role: string;
  readonly forgotten: boolean;
  readonly disabledAt: string | null;
  readonly invitedUntil: string | null;
  readonly signsIn: string | null;
  readonly sessions: readonly {
    readonly id: string;
    readonly lastUsedAt: string;
    readonly asking: boolean;
  }[];
}

export const ACCOUNTS: Question = {
  query: `query Accounts {
  accounts {
    id version name signInName role forgotten disabledAt invitedUntil signsIn
    sessions { id lastUsedAt asking }
  }
}`,
  variables: {},
};

export const INVITE = `mutation Invite($name: String!, $role: Role!, $purposes: [PersonalPurpose!], $vaultPermission: Boolean!, $idempotencyKey: String!) {
  act: makeAccount(name: $name, role: $role, purposes: $purposes, vaultPermission: $vaultPermission, idempotencyKey: $idempotencyKey) {
    ... on AccountInvited { id version invitation } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const INVITE_AGAIN = `mutation InviteAgain($id: String!, $version: Int!, $idempotencyKey: String!) {
  act: inviteAgain(id: $id, version: $version, idempotencyKey: $idempotencyKey) {
    ... on AccountInvited { id version invitation } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const DISABLE = `mutation Disable($id: String!, $version: Int!, $idempotencyKey: String!) {
  act: disableAccount(id: $id, version: $version, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const ENABLE = `mutation Enable($id: String!, $version: Int!, $idempotencyKey: String!) {
  act: enableAccount(id: $id, version: $version, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const END_SESSION = `mutation EndSession($id: String!, $idempotencyKey: String!) {
  act: endSession(id: $id, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;
