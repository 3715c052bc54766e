/** Walking the audit log from the start, past the hours that were closed, and against checkpoints that others kept. */
import type { UnrestrictedDatabase } from '../platform/database.ts';
import { type AuditEvent, CHAIN_START, type ChainedEvent, type ChainVerdict, verifyChain } from './chain.ts';
import { type Checkpoint, type Epoch, epochLeaf, epochOf, hourText } from './checkpoint.ts';
import { readEpochs } from './epoch.store.ts';
import { rootOf } from './merkle.ts';

interface EventRow {
  readonly sequence: bigint;
  /** With microseconds: a Date would round away what somebody changed in them. */
  readonly at_text: string;
  readonly organisation_id: string | null;
  readonly key_id: string | null;
  readonly action: string;
  readonly object_kind: string;
  readonly object_ids: readonly string[];
  readonly purpose: string | null;
  readonly about_owner_ids: readonly string[];
  readonly detail: AuditEvent['detail'];
  readonly previous_hash: Uint8Array;
  readonly hash: Uint8Array;
}

const PAGE = 5_000;

/** Walks the whole log in pages, past each hour that was closed; memory does not grow with it. */
export async function verifyLog(database: UnrestrictedDatabase): Promise<ChainVerdict> {
  let after = { sequence: 0, hash: CHAIN_START };
  const open = [...(await database.unrestricted('verify the hours of the audit log', readEpochs))];
  for (let page = readPage(database, 0); ; ) {
    const rows = await page;
    // The next page is on its way while this one is hashed.
    page = readPage(database, Number(rows.at(-1)?.sequence ?? after.sequence));
    const events = rows.map(eventOf);
    const verdict = verifyChain(events, after);
    if (!verdict.whole) return settled(page, verdict);
    for (const epoch of open.splice(0, countUpTo(open, verdict.events))) {
      const bad = misfit(epoch, after, events);
      if (bad !== null) return settled(page, bad);
    }
    const last = events.at(-1);
    if (last === undefined)
      return settled(page, open[0] === undefined ? verdict : cutShort(open[0], verdict.events));
    after = { sequence: last.sequence, hash: last.hash };
  }
}

/** A page that is not wanted any more may fail unheard. */
async function settled(page: Promise<unknown>, verdict: ChainVerdict): Promise<ChainVerdict> {
  await page.catch(() => undefined);
  return verdict;
}

function readPage(database: UnrestrictedDatabase, after: number): Promise<readonly EventRow[]> {
  return database.unrestricted('verify the audit log', (connection) =>
    connection.query<EventRow>(
      `select *, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at_text from audit_event
       where sequence > $1 order by sequence limit $2`,
      [after, PAGE],
    ),
  );
}

const countUpTo = (epochs: readonly Epoch[], sequence: number): number => {
  const at = epochs.findIndex((epoch) => epoch.sequence > sequence);
  return at === -1 ? epochs.length : at;
};

/** What an hour kept of the chain, and what the chain says there. */
function misfit(
  { epoch, sequence, head }: Epoch,
  before: { readonly sequence: number; readonly hash: Uint8Array },
  events: readonly ChainedEvent[],
): ChainVerdict | null {
  const hash = sequence === before.sequence ? before.hash : events[sequence - before.sequence - 1]?.hash;
  if (hash !== undefined && Buffer.compare(hash, head) === 0) return null;
  return {
    whole: false,
    firstBad: sequence,
    why: `its hash is not the one that was kept when hour ${hourText(epoch)} was closed`,
  };
}

function cutShort({ epoch, sequence }: Epoch, events: number): ChainVerdict {
  return {
    whole: false,
    firstBad: events + 1,
    why: `there is none, and when hour ${hourText(epoch)} was closed there were ${sequence}`,
  };
}

function eventOf(row: EventRow): ChainedEvent {
  return {
    sequence: Number(row.sequence),
    at: `${row.at_text.replace(/000$/, '')}Z`,
    organisationId: row.organisation_id,
    keyId: row.key_id,
    action: row.action,
    objectKind: row.object_kind,
    objectIds: row.object_ids,
    purpose: row.purpose,
    aboutOwnerIds: row.about_owner_ids,
    detail: row.detail,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** Whether the hours of this log are those that `checkpoints` were signed over; the earliest that are not is named. */
export async function verifyCheckpoints(
  database: UnrestrictedDatabase,
  checkpoints: readonly Checkpoint[],
): Promise<ChainVerdict | null> {
  const epochs = await database.unrestricted('verify the hours of the audit log', readEpochs);
  const leaves = epochs.map(epochLeaf);
  let agreed = 0;
  for (const { size, first, root } of [...checkpoints].sort((a, b) => a.size - b.size)) {
    const same =
      first === epochs[0]?.epoch &&
      size <= leaves.length &&
      Buffer.compare(rootOf(leaves.slice(0, size)), root) === 0;
    if (!same)
      return {
        whole: false,
        firstBad: (epochs[agreed - 1]?.sequence ?? 0) + 1,
        why: `of the ${size} hours that a checkpoint was signed over, up to ${hourText(first + size - 1)}, something was changed or left out after hour ${agreed}`,
      };
    agreed = size;
  }
  return null;
}

/** An hour that was closed before it was over, when a clock ran ahead: nothing is kept of the hours until then. Null where there is none. */
export async function hourClosedEarly(
  database: UnrestrictedDatabase,
  now: Date,
): Promise<ChainVerdict | null> {
  const epochs = await database.unrestricted('verify the hours of the audit log', readEpochs);
  const early = epochs.find(({ epoch }) => epoch >= epochOf(now));
  if (early === undefined) return null;
  return {
    whole: false,
    firstBad: early.sequence,
    why: `hour ${hourText(early.epoch)} was closed before it was over: a clock ran ahead, and no hour is kept apart until then`,
  };
}
