/** What the log hears of persons that were shown: each owner of theirs alone, for who reads a trail about its records learns what stands in it. */
import type { NewAuditEvent } from './audit.store.ts';

type Reader = Pick<NewAuditEvent, 'keyId' | 'purpose' | 'detail'> & {
  readonly organisationId: string | null;
};

/** One event for the reader's own persons and one for each other owner's. `persons`: owner by the person's entity. */
export function personEvents(
  { organisationId, keyId, purpose, detail }: Reader,
  persons: ReadonlyMap<string, string>,
): readonly NewAuditEvent[] {
  const byOwner = Map.groupBy(persons, ([, owner]) => owner);
  return [...byOwner.keys()].sort().map((owner) => ({
    organisationId,
    keyId,
    action: 'read_person',
    objectKind: 'entity',
    objectIds: (byOwner.get(owner) ?? []).map(([id]) => id).sort(),
    purpose,
    aboutOwnerIds: owner === organisationId ? [] : [owner],
    detail,
  }));
}
