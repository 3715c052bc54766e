/** Signing in with a key, which is sent once and forgotten, and out again; and who is signed in. */
import { ask, HubError, type Question, send } from './ask.ts';

/** Told to the page by whatever learns that the session is over. */
export const ENDED = 'headwater-session-ended';

export interface Me {
  readonly organisation: string | null;
  readonly role: string;
  readonly signedIn: boolean;
  readonly purposes: readonly string[];
  readonly reads: readonly string[];
  readonly mayImport: boolean;
  readonly mayExport: boolean;
}

export const ME: Question = {
  query: `query Me {
  me { organisation role signedIn purposes reads mayImport mayExport }
}`,
  variables: {},
};

/** Keys of partners speak another schema, in which nobody is told who they are. */
const PARTNER: Me = {
  organisation: null,
  role: 'PARTNER',
  signedIn: true,
  purposes: [],
  reads: [],
  mayImport: false,
  mayExport: false,
};

/** Null where nobody is signed in. */
export async function readMe(): Promise<Me | null> {
  try {
    return (await ask<{ readonly me: Me }>(ME)).me;
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    if (error.code === 'UNAUTHENTICATED') return null;
    if (error.code === 'GRAPHQL_VALIDATION_FAILED') return PARTNER;
    throw error;
  }
}

export type Entered = 'in' | 'refused' | 'wait';

/** The key goes out in a header, comes back as a cookie that no script reads, and is nowhere afterwards. */
export async function enter(key: string): Promise<Entered> {
  const response = await send('/auth/session', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
  });
  if (response.status === 204) return 'in';
  if (response.status === 429) return 'wait';
  if (response.status === 401) return 'refused';
  throw new HubError('INTERNAL', '');
}

export async function leave(): Promise<void> {
  await send('/auth/sign-out', { method: 'POST' });
}
