/** The hash chain of the audit log: each event's hash covers its content and the hash before it. */
import { createHash } from 'node:crypto';

export interface AuditEvent {
  readonly sequence: number;
  /** ISO-8601 with milliseconds. */
  readonly at: string;
  readonly organisationId: string | null;
  readonly keyId: string | null;
  readonly action: string;
  readonly objectKind: string;
  readonly objectIds: readonly string[];
  readonly purpose: string | null;
  /** Whose records it is about, beside the organisation that did it: each of them may ask the log about it. */
  readonly aboutOwnerIds?: readonly string[];
  /** Ids, counts and codes only: never a personal value. */
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

export interface ChainedEvent extends AuditEvent {
  readonly previousHash: Uint8Array;
  readonly hash: Uint8Array;
}

export const CHAIN_START: Uint8Array = new Uint8Array(32);

export function hashEvent(event: AuditEvent, previousHash: Uint8Array): Uint8Array {
  return createHash('sha256').update(previousHash).update(canonical(event)).digest();
}

export type ChainVerdict =
  | { readonly whole: true; readonly events: number; readonly head: string }
  | { readonly whole: false; readonly firstBad: number; readonly why: string };

/** Walks the chain in order; `after` continues from a verified head. Names the first event that does not fit. */
export function verifyChain(
  events: readonly ChainedEvent[],
  after: { readonly sequence: number; readonly hash: Uint8Array } = { sequence: 0, hash: CHAIN_START },
): ChainVerdict {
  let { sequence, hash } = after;
  for (const event of events) {
    const bad = (why: string): ChainVerdict => ({ whole: false, firstBad: event.sequence, why });
    if (event.sequence !== sequence + 1) return bad(`found event ${event.sequence}, wanted ${sequence + 1}`);
    if (!equal(event.previousHash, hash)) return bad('it does not follow the event before it');
    if (!equal(event.hash, hashEvent(event, hash))) return bad('its content is not what was hashed');
    sequence = event.sequence;
    hash = event.hash;
  }
  return { whole: true, events: sequence, head: Buffer.from(hash).toString('hex') };
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** One spelling for one event: fields in a fixed order, detail's keys sorted. */
function canonical(event: AuditEvent): string {
  return JSON.stringify([
    event.sequence,
    event.at,
    event.organisationId,
    event.keyId,
    event.action,
    event.objectKind,
    event.objectIds,
    event.purpose,
    Object.entries(event.detail).sort(([a], [b]) => (a < b ? -1 : 1)),
    ...((event.aboutOwnerIds ?? []).length === 0 ? [] : [event.aboutOwnerIds]),
  ]);
}
