/** What a key or account is for, and what it is asked for. */
import { HeadwaterError } from '../kernel/errors.ts';
import type { Purpose } from '../kernel/vocabulary.ts';
import type { Viewer } from './viewer.ts';

/** Throws FORBIDDEN for a purpose that the key or account is not for, or that the request did not come for. */
export function demandPurpose({ purposes }: Viewer, purpose: Purpose): void {
  if (purposes == null || purposes.includes(purpose)) return;
  throw new HeadwaterError(
    'FORBIDDEN',
    `purpose: found ${purpose}, wanted ${purposes.join(', ')}: this key, account or request is for nothing else; ask your data officer`,
  );
}
