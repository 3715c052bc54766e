/** Saying how long a class of records is kept, and deciding about one that fell due: by a data officer of the owner, once, with its trace. */
import { ownClasses } from '../../access/visibility.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import type { ActTools } from '../acts/act.service.ts';
import { type ActRequest, type DoneOnce, once } from '../acts/once.service.ts';
import { HandWords } from '../own-records/hand-words.ts';
import { findItem, insertDecision, insertPolicy, lockItems, lockPolicy } from './retention.store.ts';
import { retentionOfficer } from './retention-officer.ts';
import {
  MOST_MONTHS,
  type RetentionAction,
  type RetentionClass,
  type RetentionDecision,
  type RetentionReason,
} from './retention-words.ts';

export interface SaidPolicy {
  readonly recordClass: RetentionClass;
  readonly months: number;
  readonly action: RetentionAction;
  readonly reason: RetentionReason;
}

export interface SaidDecision {
  readonly decision: RetentionDecision;
  /** Of an extension, as "2027-03-01". */
  readonly until: string | null;
  readonly reason: RetentionReason;
}

/** Nobody else is ever granted a class of this handling. */
export async function retentionClassOf(connection: Queryable, ownerId: string): Promise<number> {
  return (await ownClasses(connection, ownerId, 'red', ['report'])).report;
}

/** `version`: of the policy the caller read, 0 where nothing was said. Throws FORBIDDEN unless a data officer asks. */
export async function setRetention(
  tools: ActTools,
  request: ActRequest,
  version: number,
  said: SaidPolicy,
): Promise<Outcome<DoneOnce>> {
  retentionOfficer(request.viewer);
  if (!(said.months >= 1 && said.months <= MOST_MONTHS))
    return refuse({ where: 'months', found: String(said.months), wanted: `1 to ${MOST_MONTHS}` });
  return once(tools, request, ['retention', said, version], async (connection, now, ownerId) => {
    const standing = await lockPolicy(connection, ownerId, said.recordClass);
    if (standing !== version) {
      const wanted = `version ${standing}, the latest: read it again and repeat`;
      return refuse({ where: 'version', found: `version ${version}`, wanted });
    }
    const id = tools.ids();
    const { keyId } = request.viewer;
    const visibilityClassId = await retentionClassOf(connection, ownerId);
    await insertPolicy(connection, { ...said, id, ownerId, visibilityClassId, keyId, now }, version + 1);
    await recordEvent(connection, now, {
      organisationId: ownerId,
      keyId,
      action: 'set_retention',
      objectKind: 'organisation',
      objectIds: [ownerId],
      purpose: null,
      detail: {
        class: said.recordClass,
        months: said.months,
        action: said.action,
        reason: said.reason,
        version: version + 1,
      },
    });
    return accept({ recordId: id, version: version + 1 });
  });
}

/** Of one report, or of the waiting rows of one import. Throws FORBIDDEN unless a data officer asks. */
export async function decideRetention(
  tools: ActTools,
  request: ActRequest,
  id: string,
  said: SaidDecision,
): Promise<Outcome<DoneOnce>> {
  retentionOfficer(request.viewer);
  const wrong = untilRefused(said, tools.now());
  if (!wrong.accepted) return wrong;
  return once(tools, request, ['retention decided', id, said], async (connection, now, ownerId) => {
    const found = isId(id) ? await findItem(connection, ownerId, id) : null;
    if (found !== null) await lockItems(connection, [found]);
    const item = found === null ? null : await findItem(connection, ownerId, id);
    if (item === null)
      return refuse({
        where: 'id',
        found: 'nothing of that id',
        wanted: 'a report of your organisation, or an import of it with rows that wait',
      });
    if (item.held && said.decision === 'purge')
      return refuse({
        where: 'id',
        found: 'what is under a legal hold',
        wanted: 'the hold lifted first: liftLegalHold',
      });
    const { keyId } = request.viewer;
    const visibilityClassId = await retentionClassOf(connection, ownerId);
    const decision = { ...said, id: tools.ids(), ownerId, visibilityClassId, item, keyId, now };
    await insertDecision(connection, decision);
    await recordEvent(connection, now, {
      organisationId: ownerId,
      keyId,
      action: 'decide_retention',
      objectKind: item.object_kind,
      objectIds: [item.id],
      purpose: null,
      detail: {
        decision: said.decision,
        reason: said.reason,
        ...(said.until !== null && { until: said.until }),
      },
    });
    return accept({ recordId: item.id, version: item.version + 1 });
  });
}

function untilRefused({ decision, until }: SaidDecision, now: Date): Outcome<null> {
  if (decision === 'purge')
    return until === null
      ? accept(null)
      : refuse({ where: 'until', found: until, wanted: 'nothing: what is purged is kept no longer' });
  const latest = new Date(now);
  latest.setUTCMonth(latest.getUTCMonth() + MOST_MONTHS);
  const [today, most] = [dayOf(now), dayOf(latest)];
  const wanted = `a day after ${today} and up to ${most}, like 2027-03-01`;
  if (until === null) return refuse({ where: 'until', found: 'nothing', wanted });
  const words = new HandWords(now);
  words.anyDay('until', until);
  return words.reasons.length === 0 && until > today && until <= most
    ? accept(null)
    : refuse({ where: 'until', found: until.slice(0, 40), wanted });
}

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
