/** API keys: `hw_<prefix>_<secret>`, 192 random bits of secret, kept only as SHA-256. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface NewKey {
  /** Shown once. */
  readonly text: string;
  readonly prefix: string;
  readonly secretSha256: Uint8Array;
}

export interface PresentedKey {
  readonly prefix: string;
  readonly secretSha256: Uint8Array;
}

const SHAPE = /^hw_([0-9a-z]{12})_([0-9A-Za-z_-]{32})$/;

export function newKey(): NewKey {
  const prefix = randomBytes(6).toString('hex');
  const secret = randomBytes(24).toString('base64url');
  return { text: `hw_${prefix}_${secret}`, prefix, secretSha256: digest(secret) };
}

/** null when the text is no key at all. */
export function readKey(text: string): PresentedKey | null {
  const match = SHAPE.exec(text);
  if (match === null) return null;
  const [, prefix = '', secret = ''] = match;
  return { prefix, secretSha256: digest(secret) };
}

/** Constant time: how far a guess is right must not show. */
export function sameSecret(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function digest(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}
