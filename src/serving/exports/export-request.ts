/** What somebody asks to take out, whether they may, and whether they still may while it is written. */
import { demandPurpose } from '../../access/purposes.ts';
import { ROLE_RIGHTS } from '../../access/roles.ts';
import type { Viewer } from '../../access/viewer.ts';
import { sightOf } from '../../graphql/kept-answers.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { stableText } from '../../kernel/stable-text.ts';
import { PURPOSES, type Purpose } from '../../kernel/vocabulary.ts';
import { caseTokenOf } from '../../records/personal/personal.service.ts';
import type { KeyStore } from '../../vault/key-store.ts';

export interface ExportRequest {
  readonly collection: string;
  readonly extension: string;
  /** JSON as it came; null: everything. */
  readonly filter: unknown;
  readonly purpose: Purpose | null;
  /** The organisation's own reference of the case; kept as a keyed digest only. */
  readonly caseReference: string | null;
  /** Who asks, read anew from the same key or session; throws where it is let in no more. */
  readonly again: () => Promise<Viewer>;
}

/** Throws FORBIDDEN, and BAD_INPUT where no purpose is said. */
export function admitted(
  keys: KeyStore,
  viewer: Viewer,
  { purpose, caseReference }: Pick<ExportRequest, 'purpose' | 'caseReference'>,
): { readonly organisationId: string; readonly purpose: Purpose; readonly caseToken: string } {
  const { organisationId, role } = viewer;
  if (!ROLE_RIGHTS[role].mayExport || organisationId === null) {
    throw new HeadwaterError('FORBIDDEN', `this role (${role}) exports nothing; ask your data officer`);
  }
  if (purpose === null) {
    throw new HeadwaterError('BAD_INPUT', `purpose: found none, wanted one of ${PURPOSES.join(', ')}`);
  }
  demandPurpose(viewer, purpose);
  const caseToken = Buffer.from(caseTokenOf(keys, organisationId, caseReference ?? '')).toString('hex');
  return { organisationId, purpose, caseToken };
}

/** Null where the key or session is let in no more. */
export async function sightNow({ again }: ExportRequest): Promise<string | null> {
  try {
    return stableText(sightOf(await again()));
  } catch (error) {
    if (error instanceof HeadwaterError && (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN'))
      return null;
    throw error;
  }
}
