/** What is asked about how long records are kept and what holds them, and the acts on it. */
import type { Question } from '../hub/ask.ts';

export interface Period {
  readonly recordClass: string;
  readonly months: number;
  readonly action: string;
  readonly version: number;
  readonly reason: string | null;
  readonly since: string | null;
}

export const PERIODS: Question = {
  query: `query Periods {
  retentionPolicies { recordClass months action version reason since }
}`,
  variables: {},
};

export const SET_PERIOD = `mutation SetPeriod($recordClass: RetentionClass!, $months: Int!, $action: RetentionAction!, $reason: RetentionReason!, $version: Int!, $idempotencyKey: String!) {
  act: setRetention(recordClass: $recordClass, months: $months, action: $action, reason: $reason, version: $version, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export interface Falling {
  readonly id: string;
  readonly kind: string;
  readonly recordClass: string;
  readonly action: string;
  readonly dueOn: string;
  readonly held: boolean;
  readonly name: string | null;
}

export const falling = (withinDays: number): Question => ({
  query: `query FallingDue($withinDays: Int!) {
  retentionReview(withinDays: $withinDays, first: 50) {
    countUpTo
    nodes { id kind recordClass action dueOn held name }
  }
}`,
  variables: { withinDays },
});

export interface Hold {
  readonly id: string;
  readonly kind: string;
  readonly objectId: string;
  readonly reason: string;
  readonly placedAt: string;
  readonly liftedAt: string | null;
}

export const holds = (lifted: boolean | null): Question => ({
  query: `query Holds($lifted: Boolean) {
  legalHolds(lifted: $lifted, first: 100) {
    countUpTo
    nodes { id kind objectId reason placedAt liftedAt }
  }
}`,
  variables: { lifted },
});

export const PLACE_HOLD = `mutation PlaceHold($reportIds: [String!]!, $entityIds: [String!]!, $importIds: [String!]!, $caseReference: String!, $reason: RetentionReason!) {
  act: placeLegalHold(reportIds: $reportIds, entityIds: $entityIds, importIds: $importIds, caseReference: $caseReference, reason: $reason) {
    ... on LegalHoldDone { objectIds } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const LIFT_HOLD = `mutation LiftHold($caseReference: String!, $objectIds: [String!], $reason: RetentionReason!) {
  act: liftLegalHold(caseReference: $caseReference, objectIds: $objectIds, reason: $reason) {
    ... on LegalHoldDone { objectIds } ... on ActRefused { reasons { where found wanted } }
  }
}`;
