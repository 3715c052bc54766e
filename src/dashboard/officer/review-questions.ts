/** What waits for a data officer: questions and acts of the review queues. */
import type { Question } from '../hub/ask.ts';

export interface Told {
  readonly id: string;
  readonly kind: string;
  readonly objectId: string;
  readonly owner: string;
  readonly recipient: string;
  readonly raisedAt: string;
}

export interface Glass {
  readonly id: string;
  readonly version: number;
  readonly beganAt: string;
  readonly by: string;
  readonly told: string;
  readonly reason: string;
  readonly openings: number;
  readonly state: string;
  readonly justified: boolean | null;
}

export interface Onward {
  readonly id: string;
  readonly version: number;
  readonly asker: string;
  readonly originator: string;
  readonly receivers: readonly string[];
  readonly handling: string;
  readonly askedAt: string;
}

export interface Proposal {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly title: string;
  readonly query: string;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly approvedBy: readonly string[];
}

export interface Due {
  readonly id: string;
  readonly kind: string;
  readonly recordClass: string;
  readonly action: string;
  readonly ground: string;
  readonly dueOn: string;
  readonly held: boolean;
  readonly name: string | null;
}

export interface Lapsed {
  readonly id: string;
  readonly label: string;
  readonly suspicion: {
    readonly version: number;
    readonly status: string;
    readonly lapsedAt: string | null;
    readonly basis: string | null;
  } | null;
}

export const NOTICES: Question = {
  query: `query Notices {
  notices(open: true, first: 100) { id kind objectId owner recipient raisedAt }
}`,
  variables: {},
};

export const NOTICES_GIVEN: Question = {
  query: `query NoticesGiven {
  noticesGiven(open: true, first: 100) { id kind objectId owner recipient raisedAt }
}`,
  variables: {},
};

export const GLASSES: Question = {
  query: `query BreakGlass {
  breakGlassNotices { id version beganAt by told reason openings state justified }
}`,
  variables: {},
};

export const ONWARD: Question = {
  query: `query Onward {
  onwardRequests(open: true, first: 100) { id version asker originator receivers handling askedAt }
}`,
  variables: {},
};

export const PROPOSALS: Question = {
  query: `query Proposals {
  sharedViewProposals { id version name title query proposedBy proposedAt approvedBy }
}`,
  variables: {},
};

export const RETENTION: Question = {
  query: `query Retention {
  retentionReview(withinDays: 30, first: 50) {
    countUpTo
    nodes { id kind recordClass action ground dueOn held name }
  }
}`,
  variables: {},
};

export const PLACES_TO_REVIEW: Question = {
  query: `query PlacesToReview {
  placeReview(first: 5) { countUpTo nodes { id written country uses } }
}`,
  variables: {},
};

export const lapsedQuestion = (organisation: string): Question => ({
  query: `query Lapsed($owners: [String!]!) {
  entities(filter: { owners: $owners, kinds: [INDIVIDUAL], suspicions: [LAPSED] }, first: 50) {
    countUpTo
    nodes { id label suspicion { version status lapsedAt basis } }
  }
}`,
  variables: { owners: [organisation] },
});

export const ACKNOWLEDGE = `mutation Acknowledge($ids: [String!]!) {
  act: acknowledgeNotices(ids: $ids)
}`;

export const REVIEW_GLASS = `mutation ReviewGlass($id: String!, $version: Int!, $justified: Boolean!, $idempotencyKey: String!) {
  act: reviewBreakGlass(id: $id, version: $version, justified: $justified, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const END_GLASS = `mutation EndGlass($id: String!, $version: Int!, $idempotencyKey: String!) {
  act: endBreakGlass(id: $id, version: $version, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const ANSWER_ONWARD = `mutation AnswerOnward($id: String!, $version: Int!, $consent: Boolean!, $idempotencyKey: String!) {
  act: answerOnward(id: $id, version: $version, consent: $consent, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const APPROVE_VIEW = `mutation ApproveView($id: String!, $version: Int!, $forEverybody: Boolean!, $idempotencyKey: String!) {
  act: approveSharedView(id: $id, version: $version, forEverybody: $forEverybody, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const REVOKE_VIEW = `mutation RevokeView($id: String!, $version: Int!, $idempotencyKey: String!) {
  act: revokeSharedViewApproval(id: $id, version: $version, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const DECIDE_RETENTION = `mutation DecideRetention($id: String!, $decision: RetentionDecision!, $reason: RetentionReason!, $until: String, $idempotencyKey: String!) {
  act: decideRetention(id: $id, decision: $decision, reason: $reason, until: $until, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const REVIEW_SUSPICION = `mutation ReviewSuspicion($entityId: String!, $version: Int!, $review: SuspicionReviewInput!, $idempotencyKey: String!) {
  act: reviewSuspicion(entityId: $entityId, version: $version, review: $review, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;
