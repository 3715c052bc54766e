/** Who asks and what the role may, so that a page offers nothing that would be refused. */
import { ROLE_RIGHTS } from '../../access/roles.ts';
import type { Viewer } from '../../access/viewer.ts';
import { PURPOSES } from '../../kernel/vocabulary.ts';
import type { Me } from './me.type.ts';

export function meOf(viewer: Viewer): Me {
  const { own, mayImport, mayExport } = ROLE_RIGHTS[viewer.role];
  return {
    organisation: viewer.organisationSlug,
    role: viewer.role,
    signedIn: viewer.sessionId != null,
    vaultPermission: viewer.vaultPermission,
    purposes: viewer.purposes ?? PURPOSES,
    reads: own,
    mayImport,
    mayExport,
  };
}
