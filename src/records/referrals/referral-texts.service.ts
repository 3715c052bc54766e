/** Reading whom referrals went to and why: by permission, for a stated purpose and case, and never without a trace in the audit log. */
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { unseal } from '../../vault/sealing.ts';
import { type PersonalPurpose, type VaultTools, vaultOrganisation } from '../personal/personal.service.ts';
import { placeOfReferral } from './referral.service.ts';
import { findReferralTexts } from './referral.store.ts';
import type { ReferralTexts } from './said-referral.ts';

export interface ReadReferral {
  readonly referralId: string;
  readonly version: number;
  /** Null: its key was destroyed. An error: its key is not here now. */
  readonly texts: ReferralTexts | null | HeadwaterError;
}

/** Throws FORBIDDEN without the permission, BAD_INPUT without a case reference. A look that finds nothing leaves a trace too. */
export async function readReferrals(
  { database, keys, now }: VaultTools,
  viewer: Viewer,
  asked: {
    readonly about: string;
    readonly purpose: PersonalPurpose;
    readonly caseReference: string;
    readonly at: Date | null;
  },
): Promise<readonly ReadReferral[]> {
  const { organisationId, caseToken, under } = vaultOrganisation(keys, viewer, asked.caseReference);
  if (!isId(asked.about)) return [];
  return database.unrestricted('read referrals', async (connection) => {
    const found = await findReferralTexts(connection, organisationId, asked.about, asked.at);
    await recordEvent(connection, now(), {
      organisationId,
      keyId: viewer.keyId,
      action: 'read_referrals',
      objectKind: 'referral',
      objectIds: [asked.about.toLowerCase(), ...found.map(({ referral_id }) => referral_id), ...under],
      purpose: asked.purpose,
      detail: { referrals: found.length, case: caseToken },
    });
    return found.map(({ id, referral_id: referralId, version, key_id, sealed }) => {
      try {
        const texts = JSON.parse(unseal(keys.read(key_id), placeOfReferral(id), sealed)) as ReferralTexts;
        return { referralId, version, texts };
      } catch (error) {
        if (!(error instanceof HeadwaterError)) throw error;
        return { referralId, version, texts: error.code === 'NOT_FOUND' ? null : error };
      }
    });
  });
}
