/** Keys `hw_<prefix>_<secret>`, sessions `hws_…` and invitations `hwi_…`: 192 random bits of secret, kept only as SHA-256. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface NewKey {
  /** Shown once. */
  readonly text: string;
  readonly prefix: string;
  readonly secretSha256: Uint8Array;
}

/** What a text opens: the hub as a key does, as somebody who signed in, or an account to be taken into use. */
export type KeyKind = 'key' | 'session' | 'invitation';

export interface PresentedKey {
  readonly kind: KeyKind;
  readonly prefix: string;
  readonly secretSha256: Uint8Array;
}

const SHAPE = /^(hw[si]?)_([0-9a-z]{12})_([0-9A-Za-z_-]{32})$/;
const MARKS: Readonly<Record<KeyKind, string>> = { key: 'hw', session: 'hws', invitation: 'hwi' };
const KINDS: readonly KeyKind[] = ['key', 'session', 'invitation'];
const ANYWHERE = /hw[si]?_/;

export function newKey(kind: KeyKind = 'key'): NewKey {
  const prefix = randomBytes(6).toString('hex');
  const secret = randomBytes(24).toString('base64url');
  return { text: `${MARKS[kind]}_${prefix}_${secret}`, prefix, secretSha256: digest(secret) };
}

/** null when the text is no key at all. */
export function readKey(text: string): PresentedKey | null {
  const match = SHAPE.exec(text);
  if (match === null) return null;
  const [, mark, prefix = '', secret = ''] = match;
  const kind = KINDS.find((each) => MARKS[each] === mark) as KeyKind;
  return { kind, prefix, secretSha256: digest(secret) };
}

/** Whether a text, such as a URL, may hold one. */
export function maybeHoldsKey(text: string): boolean {
  return ANYWHERE.test(text);
}

/** Constant time: how far a guess is right must not show. */
export function sameSecret(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

function digest(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}
