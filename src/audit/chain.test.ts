/** The chain's verifier, tested with forged logs. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seededIds } from '../kernel/ids.ts';
import { type Random, seededRandom } from '../kernel/random.ts';
import { type AuditEvent, CHAIN_START, type ChainedEvent, hashEvent, verifyChain } from './chain.ts';

const EVENTS = 40;

function chained(events: readonly AuditEvent[]): ChainedEvent[] {
  let previousHash = CHAIN_START;
  return events.map((event) => {
    const hash = hashEvent(event, previousHash);
    const whole = { ...event, previousHash, hash };
    previousHash = hash;
    return whole;
  });
}

function drawLog(random: Random): ChainedEvent[] {
  const ids = seededIds(random);
  return chained(
    Array.from({ length: EVENTS }, (_, index) => ({
      sequence: index + 1,
      at: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
      organisationId: random.int(4) === 0 ? null : ids(),
      keyId: ids(),
      action: ['read_personal', 'import', 'export'][random.int(3)] as string,
      objectKind: 'report',
      objectIds: Array.from({ length: 1 + random.int(3) }, ids),
      purpose: random.int(2) === 0 ? null : 'safeguarding',
      detail: { rows: random.int(100), profile: 'demo', whole: true },
    })),
  );
}

type Tampering = (log: ChainedEvent[], at: number, random: Random) => void;

const change =
  (field: (event: ChainedEvent, random: Random) => Partial<ChainedEvent>): Tampering =>
  (log, at, random) => {
    const event = log[at] as ChainedEvent;
    log[at] = { ...event, ...field(event, random) };
  };
const flipped = (bytes: Uint8Array, random: Random): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  const bit = random.int(copy.length * 8);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  sequence: change((event, random) => ({ sequence: event.sequence + 1 + random.int(5) })),
  at: change((event, random) => ({
    at: new Date(Date.parse(event.at) + 1 + random.int(9_999)).toISOString(),
  })),
  organisation: change(({ organisationId }) => ({
    organisationId: organisationId === null ? '00000000-0000-4000-8000-000000000000' : null,
  })),
  key: change(() => ({ keyId: null })),
  action: change(({ action }) => ({ action: `${action} ` })),
  'object kind': change(() => ({ objectKind: 'entity' })),
  'an object left out': change(({ objectIds }) => ({ objectIds: objectIds.slice(1) })),
  'an object put in': change(({ objectIds }) => ({ objectIds: [...objectIds, ...objectIds] })),
  purpose: change(({ purpose }) => ({ purpose: purpose === null ? '' : null })),
  'a detail changed': change(({ detail }, random) => ({ detail: { ...detail, rows: 100 + random.int(9) } })),
  'a detail as text': change(({ detail }) => ({ detail: { ...detail, rows: String(detail.rows) } })),
  'a detail left out': change(({ detail }) => ({
    detail: Object.fromEntries(Object.entries(detail).filter(([name]) => name !== 'profile')),
  })),
  hash: change(({ hash }, random) => ({ hash: flipped(hash, random) })),
  'previous hash': change(({ previousHash }, random) => ({ previousHash: flipped(previousHash, random) })),
  'its own hash made anew': change((event) => {
    const told = { ...event, action: 'nothing_happened' };
    return { ...told, hash: hashEvent(told, event.previousHash) };
  }),
  'hashes of all after it kept, content of all after it changed': (log, at) => {
    for (let index = at; index < log.length; index += 1)
      log[index] = { ...(log[index] as ChainedEvent), purpose: 'rewritten' };
  },
  dropped: (log, at) => void log.splice(at, 1),
  doubled: (log, at) => void log.splice(at, 0, log[at] as ChainedEvent),
  'swapped with the next': (log, at) =>
    void log.splice(at, 2, log[at + 1] as ChainedEvent, log[at] as ChainedEvent),
  'replaced by another': (log, at, random) => {
    const other = (at + 1 + random.int(log.length - 1)) % log.length;
    log[at] = log[other] as ChainedEvent;
  },
};

describe('the chain of the audit log', () => {
  it('is whole as it was written, from the start and from a verified head', () => {
    const log = drawLog(seededRandom(1));
    const last = log.at(-1) as ChainedEvent;
    expect(verifyChain(log)).toEqual({
      whole: true,
      events: EVENTS,
      head: Buffer.from(last.hash).toString('hex'),
    });
    const middle = log[19] as ChainedEvent;
    expect(verifyChain(log.slice(20), middle)).toEqual(verifyChain(log));
    expect(verifyChain([])).toEqual({
      whole: true,
      events: 0,
      head: Buffer.from(CHAIN_START).toString('hex'),
    });
  });

  it('shows each of 10,000 single tamperings, at the first event that does not fit', () => {
    const random = seededRandom(20_261_101);
    const names = Object.keys(TAMPERINGS);
    const missed: string[] = [];
    const logs = Array.from({ length: 50 }, () => drawLog(random));
    for (let round = 0; round < 10_000; round += 1) {
      const log = [...(logs[random.int(logs.length)] as ChainedEvent[])];
      const name = names[round % names.length] as string;
      // The last event has nothing after it that would tell of its going: see the checkpoint below.
      const at = random.int(EVENTS - 1);
      TAMPERINGS[name]?.(log, at, random);
      const verdict = verifyChain(log);
      if (verdict.whole) missed.push(`${name} at ${at}`);
    }
    expect(missed).toEqual([]);
  });

  it('cannot show a log cut short or rewritten whole: only a head that somebody else kept can', () => {
    const log = drawLog(seededRandom(2));
    const kept = verifyChain(log);
    const cut = verifyChain(log.slice(0, -1));
    const rewritten = verifyChain(chained(log.map((event) => ({ ...event, action: 'nothing_happened' }))));
    expect([cut.whole, rewritten.whole]).toEqual([true, true]);
    const heads = [kept, cut, rewritten].map((verdict) =>
      verdict.whole ? `${verdict.events}:${verdict.head}` : '',
    );
    expect(new Set(heads).size).toBe(3);
    // A log that grew since then still passes through the head that was kept.
    const grown = chained([...log, { ...(log[0] as ChainedEvent), sequence: EVENTS + 1 }]);
    expect(kept.whole && Buffer.from(grown[EVENTS - 1]?.hash ?? []).toString('hex') === kept.head).toBe(true);
  });

  it('hashes one spelling: the order of details does not matter, everything else does', () => {
    const [event] = drawLog(seededRandom(3)) as [ChainedEvent];
    const turned = { ...event, detail: Object.fromEntries(Object.entries(event.detail).toReversed()) };
    expect(hashEvent(turned, CHAIN_START)).toEqual(hashEvent(event, CHAIN_START));
    expect(hashEvent(event, createHash('sha256').digest())).not.toEqual(hashEvent(event, CHAIN_START));
  });
});
