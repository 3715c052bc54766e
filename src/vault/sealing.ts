/** Sealing a personal field: AES-256-GCM, bound to the very place it stands in. */
import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { HeadwaterError } from '../kernel/errors.ts';

const NONCE_BYTES = 12;
/** Node accepts a 4-byte tag unless the length is pinned. */
const TAG_BYTES = 16;
/** Asking the system's source costs as much as sealing: it is asked for this much at once. */
const SUPPLY_BYTES = 4_096;

let supply = Buffer.alloc(0);

/** `place` (table, column, row) is authenticated: a sealed value moved elsewhere does not open. Layout: nonce ‖ tag ‖ text. */
export function seal(key: KeyObject, place: string, text: string): Uint8Array {
  return sealBytes(key, place, Buffer.from(text, 'utf8'));
}

/** The same of a file. */
export function sealBytes(key: KeyObject, place: string, bytes: Uint8Array): Uint8Array {
  const nonce = freshBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(place, 'utf8'));
  const body = cipher.update(bytes);
  const end = cipher.final();
  return Buffer.concat([nonce, cipher.getAuthTag(), body, end]);
}

/** Random bytes that nobody else was given or will be. */
export function freshBytes(count: number): Buffer {
  if (supply.length < count) supply = randomBytes(Math.max(count, SUPPLY_BYTES));
  const given = supply.subarray(0, count);
  supply = supply.subarray(count);
  return given;
}

/** Throws CONFLICT when the key, the place or the bytes are not the ones it was sealed with. */
export function unseal(key: KeyObject, place: string, sealed: Uint8Array): string {
  return unsealBytes(key, place, sealed).toString('utf8');
}

/** The same of a file. */
export function unsealBytes(key: KeyObject, place: string, sealed: Uint8Array): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(place, 'utf8'));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw new HeadwaterError(
      'CONFLICT',
      `a sealed value does not open at ${place}: other key, other place or altered bytes`,
      {
        cause: error,
      },
    );
  }
}
