/** Who decides how long records are kept, and who may stop their going. */
import type { Role } from '../../access/roles.ts';
import type { Viewer } from '../../access/viewer.ts';
import { HeadwaterError } from '../../kernel/errors.ts';

/** Throws FORBIDDEN. Returns the organisation. */
export function retentionOfficer(viewer: Viewer): string {
  return organisationOf(viewer, ['data_officer'], 'does not decide how long records are kept');
}

/** Throws FORBIDDEN. Returns the organisation. */
export function holdingOfficer(viewer: Viewer): string {
  return organisationOf(viewer, ['data_officer', 'investigator'], 'does not deal with legal holds');
}

function organisationOf({ role, organisationId }: Viewer, roles: readonly Role[], what: string): string {
  if (roles.includes(role) && organisationId !== null) return organisationId;
  throw new HeadwaterError(
    'FORBIDDEN',
    `a key of the role ${role} ${what}; ask the data officer of your organisation`,
  );
}
