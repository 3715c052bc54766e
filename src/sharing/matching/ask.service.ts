/** Every asking for hit or no hit: kept, counted, logged at both sides and watched, before anything is answered. */
import { demandPurpose } from '../../access/purposes.ts';
import type { Role } from '../../access/roles.ts';
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, HeadwaterError, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { type ActRequest, type DoneOnce, onceFor } from '../../records/acts/once.service.ts';
import { raiseAlerts } from './alert.store.ts';
import type { ArrangementRow } from './arrangement.store.ts';
import {
  type AskRow,
  askedSince,
  forgetFingerprints,
  historyOf,
  insertAsk,
  pointsSince,
} from './ask.store.ts';
import {
  type AskKind,
  type AskRefusal,
  type MatchKind,
  MOST_POINTS_A_DAY,
  TOLD_ROLES,
} from './match-words.ts';
import { signsOfProbing, smallBatch } from './probing.ts';
import { type Asked, standingNow } from './standing.service.ts';

export interface AskSaid extends Asked {
  readonly caseReference: string;
  /** A role or the id of a key on the owner's side: who may be told. */
  readonly tell: string;
}

/** What is asked for, as far as it is counted. */
export interface AskSize {
  readonly kind: AskKind;
  readonly selectors: number;
  /** Of a single look-up. */
  readonly selectorKind: MatchKind | null;
  readonly fingerprint: Uint8Array | null;
}

/** Looked up in the transaction that keeps the asking; null where nothing is looked up in it. Refused: as if there were none. */
export type LookUp = (
  connection: Queryable,
  arrangement: ArrangementRow | null,
  now: Date,
) => Promise<number | null>;

const ASKERS: readonly Role[] = ['analyst', 'investigator', 'data_officer', 'partner'];
const LEAST_REFERENCE = 3;
const MOST_REFERENCE = 200;

/** Throws FORBIDDEN. Returns the organisation. */
export function askingOrganisation({ role, organisationId }: Viewer): string {
  if (ASKERS.includes(role) && organisationId !== null) return organisationId;
  throw new HeadwaterError(
    'FORBIDDEN',
    `a key of the role ${role} does not ask for hit or no hit; ask your data officer for one that does`,
  );
}

/** Answers with the id of the asking, whatever came of it. `said`: all that makes it the same request. */
export async function keepAsk(
  tools: ImportTools,
  { viewer, idempotencyKey }: ActRequest,
  asked: AskSaid,
  said: readonly unknown[],
  size: AskSize,
  lookUp: LookUp,
): Promise<Outcome<DoneOnce>> {
  const askerId = askingOrganisation(viewer);
  demandPurpose(viewer, asked.purpose);
  const mistakes = mistakesIn(asked);
  if (mistakes.length > 0) return refuse(...mistakes);
  return onceFor(tools, askerId, idempotencyKey, ['match', asked, ...said], async (connection, now) => {
    if (size.kind === 'batch') {
      const sent = await pointsSince(connection, askerId, startOfDay(now));
      if (sent + size.selectors > MOST_POINTS_A_DAY) return refuse(tooManyPoints(sent));
    }
    const {
      ownerId,
      arrangement,
      refusal: closed,
    } = await standingNow(tools.keys, connection, askerId, asked, now);
    const refusal = closed ?? (await tooMuch(connection, arrangement as ArrangementRow, size, now));
    const id = tools.ids();
    const hits = await lookUp(connection, refusal === null ? arrangement : null, now);
    const row: AskRow = {
      id,
      arrangement_id: arrangement?.id ?? null,
      owner_id: ownerId,
      asker_id: askerId,
      key_id: viewer.keyId,
      kind: size.kind,
      selectors: size.selectors,
      purpose: asked.purpose,
      tell: asked.tell.toLowerCase(),
      refusal,
      hits,
      fingerprint: size.fingerprint,
    };
    await insertAsk(connection, row, now);
    await forgetFingerprints(connection, now);
    if (ownerId !== null && ownerId !== askerId)
      await watch(tools, connection, row, ownerId, arrangement, now);
    await leaveTrace(tools, connection, viewer, row, asked.caseReference, now);
    return accept({ recordId: id, version: 1 });
  });
}

function tooManyPoints(sent: number): Reason {
  return {
    where: 'blinded',
    found: `${sent} points sent today`,
    wanted: `${MOST_POINTS_A_DAY} at most, whomever you ask: go on tomorrow`,
  };
}

export function startOfDay(now: Date): Date {
  return new Date(`${now.toISOString().slice(0, 10)}T00:00:00Z`);
}

async function tooMuch(
  connection: Queryable,
  arrangement: ArrangementRow,
  { kind, selectors, selectorKind }: AskSize,
  now: Date,
): Promise<AskRefusal | null> {
  if (selectorKind !== null && !arrangement.kinds.includes(selectorKind)) return 'kind';
  if (kind === 'batch' && selectors < arrangement.minimum_batch) return 'below_minimum';
  const most = kind === 'single' ? arrangement.daily_single : arrangement.daily_quota;
  const asked = await askedSince(connection, arrangement.id, kind, startOfDay(now));
  return asked + selectors > most ? 'quota' : null;
}

async function watch(
  { ids }: ImportTools,
  connection: Queryable,
  ask: AskRow,
  ownerId: string,
  arrangement: ArrangementRow | null,
  now: Date,
): Promise<void> {
  const small = smallBatch(arrangement?.minimum_batch ?? 0);
  const history = await historyOf(connection, ownerId, ask.asker_id, ask.fingerprint, small, now);
  const hit = ask.kind === 'follow_up' ? 'follow_up' : 'hit';
  await raiseAlerts(
    connection,
    ids,
    ask,
    ownerId,
    [
      ...(ask.hits !== null && ask.hits > 0 ? ([hit] as const) : []),
      ...signsOfProbing(ask.kind, ask.refusal, history),
    ],
    now,
  );
}

/** What came of it is not in the log: both sides read the same event. */
function leaveTrace(
  { keys }: ImportTools,
  connection: Queryable,
  { keyId }: Viewer,
  ask: AskRow,
  caseReference: string,
  now: Date,
): Promise<void> {
  return recordEvent(connection, now, {
    organisationId: ask.asker_id,
    keyId,
    action: `match_${ask.kind}`,
    objectKind: 'matching_ask',
    objectIds: [ask.id],
    purpose: ask.purpose,
    aboutOwnerIds: ask.owner_id === null || ask.owner_id === ask.asker_id ? [] : [ask.owner_id],
    detail: {
      selectors: ask.selectors,
      case: Buffer.from(keys.token(`case/${ask.asker_id}`, caseReference.trim())).toString('hex'),
    },
  });
}

function mistakesIn({ caseReference, tell }: AskSaid): readonly Reason[] {
  const reasons: Reason[] = [];
  const length = caseReference.trim().length;
  if (length < LEAST_REFERENCE || length > MOST_REFERENCE)
    reasons.push({
      where: 'caseReference',
      found: `${length} characters`,
      wanted: "your organisation's reference of the case",
    });
  if (!isId(tell) && !(TOLD_ROLES as readonly string[]).includes(tell.toLowerCase()))
    reasons.push({
      where: 'tell',
      found: 'neither a role nor the id of a key',
      wanted: `${TOLD_ROLES.join(', ').toUpperCase()}, or the id of a key of the owner`,
    });
  return reasons;
}
