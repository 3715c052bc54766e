/** Whether an asker may ask an owner now: looked at with every request, and again with every answer. */

import type { Purpose } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import { runningAgreement } from '../agreements/agreement-standing.service.ts';
import { type ArrangementRow, lockOpen, organisationId } from './arrangement.store.ts';
import { livingKey } from './arrangement-key.ts';
import type { AskRefusal } from './match-words.ts';

export interface Asked {
  /** Slug of the owner. */
  readonly owner: string;
  readonly agreementId: string;
  readonly purpose: Purpose;
}

export interface Standing {
  /** Null where there is no such organisation. */
  readonly ownerId: string | null;
  /** Of the two under that agreement, whether or not it lets this be asked; locked until the transaction ends. */
  readonly arrangement: ArrangementRow | null;
  readonly refusal: AskRefusal | null;
}

/** Fundraising is no purpose that an agreement can list. */
export async function standingNow(
  keys: KeyStore,
  connection: Queryable,
  askerId: string,
  { owner, agreementId, purpose }: Asked,
  now: Date,
): Promise<Standing> {
  const ownerId = await organisationId(connection, owner);
  const agreement = await runningAgreement(connection, askerId, agreementId, now);
  if (ownerId === null || agreement === null || !agreement.partyIds.includes(ownerId))
    return { ownerId, arrangement: null, refusal: 'not_open' };
  const arrangement = await lockOpen(connection, agreement.id, ownerId, askerId);
  if (arrangement === null || livingKey(keys, arrangement.key_id) === null)
    return { ownerId, arrangement: null, refusal: 'not_open' };
  return { ownerId, arrangement, refusal: agreement.purposes.includes(purpose) ? null : 'purpose' };
}
