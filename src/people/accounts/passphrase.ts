/** Passphrases: what is asked of one, and how it is kept: scrypt over a keyed digest, so that a stolen database alone is no use for guessing. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Reason } from '../../kernel/errors.ts';
import type { KeyStore } from '../../vault/key-store.ts';

export interface KeptPassphrase {
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
  readonly cost: number;
}

const LEAST = 12;
const MOST = 200;
/** "aaaaaaaaaaaa" is long and no secret. */
const LEAST_DIFFERENT = 5;
/** OWASP's figures for 32 MB: N = 2^15, r = 8, p = 3; about a quarter of a second. */
const COST = 2 ** 15;
const BLOCK = 8;
const PARALLEL = 3;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** Compared with where there is no account, so that the answer takes as long. */
const NOBODY: KeptPassphrase = { salt: Buffer.alloc(SALT_BYTES), hash: Buffer.alloc(HASH_BYTES), cost: COST };

/** Null: it will do. It is described, never shown. */
export function passphraseFault(passphrase: string): Reason | null {
  const letters = Array.from(passphrase.normalize('NFKC'));
  if (letters.length < LEAST || letters.length > MOST)
    return { where: 'passphrase', found: `${letters.length} characters`, wanted: `${LEAST} to ${MOST}` };
  const different = new Set(letters).size;
  if (different < LEAST_DIFFERENT)
    return {
      where: 'passphrase',
      found: `${different} different characters`,
      wanted: `${LEAST_DIFFERENT} at least`,
    };
  return null;
}

export async function keepPassphrase(keys: KeyStore, passphrase: string): Promise<KeptPassphrase> {
  const salt = randomBytes(SALT_BYTES);
  return { salt, hash: await derive(keys, passphrase, salt, COST), cost: COST };
}

/** `kept` null: there is no account; it takes as long, and is never the one. */
export async function isPassphrase(
  keys: KeyStore,
  kept: KeptPassphrase | null,
  passphrase: string,
): Promise<boolean> {
  const { salt, hash, cost } = kept ?? NOBODY;
  const derived = await derive(keys, passphrase.slice(0, MOST * 2), salt, cost);
  return timingSafeEqual(derived, hash) && kept !== null;
}

function derive(keys: KeyStore, passphrase: string, salt: Uint8Array, cost: number): Promise<Buffer> {
  const peppered = keys.token('passphrase', passphrase.normalize('NFKC'));
  const options = { N: cost, r: BLOCK, p: PARALLEL, maxmem: 2 * 128 * cost * BLOCK };
  return new Promise((resolve, reject) =>
    scrypt(peppered, salt, HASH_BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  );
}
