/** The keys of one arrangement, all drawn from the one that lies in the key folder: destroyed with it. */
import { createHmac, type KeyObject } from 'node:crypto';
import { HeadwaterError } from '../../kernel/errors.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import { type ObliviousKey, obliviousKey } from './oblivious.ts';

/** Null when it was destroyed: an arrangement that a restored backup brings back is as closed as it was. Throws BUSY when it is in another folder. */
export function livingKey(keys: KeyStore, keyId: string): KeyObject | null {
  try {
    return keys.read(keyId);
  } catch (error) {
    if (error instanceof HeadwaterError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** Under this the owner's selectors are evaluated and partners' points. */
export function arrangementKey(key: KeyObject, arrangementId: string): ObliviousKey {
  return obliviousKey(createHmac('sha256', key).update('oblivious').digest(), `headwater/${arrangementId}`);
}

/** Of a single look-up: of the hub's own token of a selector, so that nothing is opened for it. */
export function lookupToken(key: KeyObject, kind: string, token: Uint8Array): Buffer {
  return createHmac('sha256', key).update('lookup\0').update(kind).update('\0').update(token).digest();
}

/** Under this is evaluated what nobody opened: the same for one asker whomever it asks, so that it looks like any other. */
export function nobodysKey(keys: KeyStore, askerId: string): ObliviousKey {
  return obliviousKey(keys.token('match/nobody', askerId), 'headwater/nobody');
}
