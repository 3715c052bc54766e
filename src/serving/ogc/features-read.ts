/** What the audit log hears of records read as features: counts and markings, to the reader's organisation and to each whose records they are. */
import type { NewAuditEvent } from '../../audit/audit.store.ts';
import { highestHandling } from '../../kernel/handling.ts';
import type { Handling, Purpose } from '../../kernel/vocabulary.ts';

export interface FeatureTrace {
  readonly organisationId: string;
  readonly keyId: string;
  readonly purpose: Purpose;
  readonly collection: string;
  /** Keyed digest, in hexadecimal. */
  readonly caseToken: string;
}

interface Read {
  readonly owner: string;
  readonly handling: Handling;
}

/** Each other owner hears of its own records alone. */
export function readEvents(trace: FeatureTrace, records: readonly Read[]): readonly NewAuditEvent[] {
  const others = [...new Set(records.map(({ owner }) => owner))]
    .filter((owner) => owner !== trace.organisationId)
    .sort();
  return [
    event(trace, 'features_read', records, { case: trace.caseToken }),
    ...others.map((other) => ({
      ...event(
        trace,
        'features_shared',
        records.filter(({ owner }) => owner === other),
      ),
      aboutOwnerIds: [other],
    })),
  ];
}

function event(
  { organisationId, keyId, purpose, collection }: FeatureTrace,
  action: string,
  records: readonly Read[],
  more: NewAuditEvent['detail'] = {},
): NewAuditEvent {
  return {
    organisationId,
    keyId,
    action,
    objectKind: 'collection',
    objectIds: [],
    purpose,
    detail: {
      collection,
      records: records.length,
      ...(records.length > 0 && { handling: highestHandling(records.map(({ handling }) => handling)) }),
      ...more,
    },
  };
}
