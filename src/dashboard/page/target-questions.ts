/** What is asked about targets, and the acts on them. */
import type { Question } from '../hub/ask.ts';

export const STAGES = ['LEAD', 'DEVELOPING', 'READY', 'REFERRED'] as const;
export const ACTIONS = [
  'CONFIRM_IDENTITY',
  'SEEK_SECOND_SOURCE',
  'COLLECT_DOCUMENTS',
  'CHECK_RECORDS',
  'REVIEW_SUSPICION',
  'PREPARE_REFERRAL',
  'REFER',
  'FOLLOW_CASE',
  'CLOSE',
] as const;
export const CLOSINGS = ['ACTED_ON', 'NOT_SUPPORTED', 'SUSPICION_ENDED', 'DUPLICATE', 'OTHER'] as const;

/** Which targets the list shows, as the address has it. */
export const SHOWN = {
  OPEN: {},
  OVERDUE: { overdue: true },
  MINE: { mine: true },
  WITHOUT_VICTIMS: { standsWithoutVictim: true },
  CLOSED: { stages: ['CLOSED'] },
} as const;
export type Shown = keyof typeof SHOWN;

export interface Standing {
  readonly entities: number;
  readonly incidents: number;
  readonly independentOrigins: number;
  readonly incidentsWithoutVictim: number;
  readonly restsOnVictimsAlone: boolean;
  readonly missingEvidence: readonly string[];
}

export interface Target {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly stage: string;
  readonly nextAction: string | null;
  readonly dueOn: string;
  readonly overdue: boolean;
  readonly responsible: string;
  readonly mine: boolean;
  readonly closedFor: string | null;
  readonly entities: readonly { readonly id: string; readonly label: string }[];
  readonly standing: Standing;
}

export interface TargetsAnswer {
  readonly targets: { readonly totalCount: number; readonly nodes: readonly Target[] };
  readonly late: { readonly totalCount: number };
}

const MOST_SHOWN = 200;

export const targets = (filter: Readonly<Record<string, unknown>>): Question => ({
  query: `query Targets($filter: TargetFilter, $first: Int!) {
  targets(filter: $filter, first: $first) {
    totalCount
    nodes {
      id version kind stage nextAction dueOn overdue responsible mine closedFor
      entities { id label }
      standing { entities incidents independentOrigins incidentsWithoutVictim restsOnVictimsAlone missingEvidence }
    }
  }
  late: targets(filter: { overdue: true }, first: 1) { totalCount }
}`,
  variables: { filter, first: MOST_SHOWN },
});

export interface Said {
  readonly id: string;
  readonly claim: string;
  readonly originKind: string;
  readonly derived: boolean;
  readonly owner: string;
  readonly evaluation: { readonly reliability: string; readonly credibility: number };
  readonly report: { readonly id: string; readonly kind: string; readonly recordedAt: string } | null;
}

export interface SaidAnswer {
  readonly entities: { readonly nodes: readonly { readonly statements: readonly Said[] }[] };
}

export const saidOf = (ids: readonly string[]): Question => ({
  query: `query SaidOf($ids: [String!]) {
  entities(filter: { ids: $ids }, first: 50) {
    nodes {
      id
      statements { id claim originKind derived owner evaluation { reliability credibility } report { id kind recordedAt } }
    }
  }
}`,
  variables: { ids },
});

export interface TargetAnswer {
  readonly targets: {
    readonly nodes: readonly {
      readonly kind: string;
      readonly entities: readonly {
        readonly label: string;
        readonly statements: readonly Said[];
      }[];
      readonly steps: readonly {
        readonly number: number;
        readonly stage: string;
        readonly nextAction: string | null;
        readonly dueOn: string;
        readonly closedFor: string | null;
        readonly added: number | null;
        readonly doneBy: string;
        readonly doneAt: string;
      }[];
    }[];
  };
}

export const targetOf = (id: string): Question => ({
  query: `query Target($ids: [String!], $stages: [TargetStage!]) {
  targets(filter: { ids: $ids, stages: $stages }, first: 1) {
    nodes {
      id kind
      entities {
        id label
        statements { id claim originKind derived owner evaluation { reliability credibility } report { id kind recordedAt } }
      }
      steps { number stage nextAction dueOn closedFor added doneBy doneAt }
    }
  }
}`,
  variables: { ids: [id], stages: [...STAGES, 'CLOSED'] },
});

export interface Lead {
  readonly kind: string;
  readonly selectorKind: string;
  readonly hint: string;
  readonly incidents: number;
  readonly owners: number;
  readonly incidentsWithoutVictim: number;
  readonly surprise: number;
  readonly entityIds: readonly string[];
}

/** An open target, as far as it takes up what recurs. */
export interface Following {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly stage: string;
  readonly entities: readonly { readonly id: string }[];
}

/** Each kind by itself: what one asks of both may mix them, and a target is of one. */
export interface LeadsAnswer {
  readonly establishments: readonly Lead[];
  readonly structures: readonly Lead[];
  readonly targets: { readonly nodes: readonly Following[] };
}

export const LEADS: Question = {
  query: `query Leads($first: Int!) {
  establishments: sharedFacilitators(kinds: [ESTABLISHMENT], first: $first) {
    kind selectorKind hint incidents owners incidentsWithoutVictim surprise entityIds
  }
  structures: sharedFacilitators(kinds: [SUPPORT_STRUCTURE], first: $first) {
    kind selectorKind hint incidents owners incidentsWithoutVictim surprise entityIds
  }
  targets(filter: { kinds: [ESTABLISHMENT, SUPPORT_STRUCTURE] }, first: 200) {
    nodes { id version kind stage entities { id } }
  }
}`,
  variables: { first: 20 },
};

export const OPEN_TARGET = `mutation OpenTarget($entityIds: [String!]!, $action: TargetAction!, $dueOn: String!, $idempotencyKey: String!) {
  act: openTarget(entityIds: $entityIds, action: $action, dueOn: $dueOn, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const ADD_TO_TARGET = `mutation AddToTarget($id: String!, $version: Int!, $entityIds: [String!]!, $idempotencyKey: String!) {
  act: addToTarget(id: $id, version: $version, entityIds: $entityIds, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const PLAN_TARGET = `mutation PlanTarget($id: String!, $version: Int!, $stage: TargetOpenStage!, $action: TargetAction!, $dueOn: String!, $idempotencyKey: String!) {
  act: planTarget(id: $id, version: $version, stage: $stage, action: $action, dueOn: $dueOn, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const TAKE_TARGET = `mutation TakeTarget($id: String!, $version: Int!, $idempotencyKey: String!) {
  act: takeTarget(id: $id, version: $version, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const CLOSE_TARGET = `mutation CloseTarget($id: String!, $version: Int!, $reason: TargetClosing!, $idempotencyKey: String!) {
  act: closeTarget(id: $id, version: $version, reason: $reason, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;
