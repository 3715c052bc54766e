/** What is asked about agreements, and the acts on them. */
import type { Question } from '../hub/ask.ts';

export interface Party {
  readonly organisation: string;
  readonly signedAt: string | null;
}

export interface Term {
  readonly giver: string;
  readonly receiver: string;
  readonly recordClass: string;
  readonly sight: string;
  readonly place: string | null;
  readonly time: string | null;
  readonly details: readonly string[];
  readonly handlingCeiling: string;
}

export interface ListedAgreement {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly template: string;
  readonly parties: readonly Party[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly reviewOn: string;
  readonly reviewOverdue: boolean;
  readonly terms: readonly Term[];
}

export interface AgreementRead extends ListedAgreement {
  readonly version: number;
  readonly digest: string;
  readonly purposes: readonly string[];
  readonly onward: string;
  readonly replaces: string | null;
  readonly printed: string;
  readonly impactAssessment: string;
  readonly acts: readonly {
    readonly act: string;
    readonly at: string;
    readonly organisation: string;
    readonly reason: string | null;
  }[];
}

export interface Preview {
  readonly agreementPreview: {
    readonly receiver: string;
    readonly tables: readonly {
      readonly table: string;
      readonly count: number;
      readonly rows: readonly {
        readonly fields: readonly {
          readonly name: string;
          readonly value: string | null;
          readonly redacted: boolean;
        }[];
      }[];
    }[];
  };
}

export const AGREEMENTS: Question = {
  query: `query Agreements {
  agreements {
    id name state template startsAt endsAt reviewOn reviewOverdue
    parties { organisation signedAt }
    terms { giver receiver recordClass sight place time details handlingCeiling }
  }
}`,
  variables: {},
};

export const agreementQuestion = (id: string): Question => ({
  query: `query Agreement($id: String!) {
  agreement(id: $id) {
    id name state template version digest purposes onward startsAt endsAt reviewOn reviewOverdue replaces
    parties { organisation signedAt }
    terms { giver receiver recordClass sight place time details handlingCeiling }
    acts { act at organisation reason }
    printed impactAssessment
  }
}`,
  variables: { id },
});

export const previewQuestion = (id: string, receiver: string): Question => ({
  query: `query AgreementPreview($id: String!, $receiver: String!) {
  agreementPreview(id: $id, receiver: $receiver, rows: 3) {
    receiver
    tables { table count rows { fields { name value redacted } } }
  }
}`,
  variables: { id, receiver },
});

export const DRAFT = `mutation Draft($agreement: AgreementInput!, $idempotencyKey: String!) {
  act: draftAgreement(agreement: $agreement, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const SIGN = `mutation Sign($id: String!, $version: Int!, $digest: String!, $idempotencyKey: String!) {
  act: signAgreement(id: $id, version: $version, digest: $digest, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const SUSPEND = `mutation Suspend($id: String!, $version: Int!, $reason: AgreementReason!, $idempotencyKey: String!) {
  act: suspendAgreement(id: $id, version: $version, reason: $reason, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const RESUME = `mutation Resume($id: String!, $version: Int!, $reason: AgreementReason!, $idempotencyKey: String!) {
  act: resumeAgreement(id: $id, version: $version, reason: $reason, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const REVOKE = `mutation Revoke($id: String!, $version: Int!, $reason: AgreementReason!, $idempotencyKey: String!) {
  act: revokeAgreement(id: $id, version: $version, reason: $reason, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;

export const REVIEW = `mutation Review($id: String!, $version: Int!, $nextOn: String!, $idempotencyKey: String!) {
  act: reviewAgreement(id: $id, version: $version, nextOn: $nextOn, idempotencyKey: $idempotencyKey) {
    ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }
  }
}`;
