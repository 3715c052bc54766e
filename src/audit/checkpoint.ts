/** A signed word on the whole audit log up to an hour: whoever keeps it can tell later whether that log was rewritten. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { accept, type Outcome, refuse } from '../kernel/errors.ts';
import { leafHash } from './merkle.ts';

/** The head of the chain when an hour was closed. */
export interface Epoch {
  /** Hours since 1970. */
  readonly epoch: number;
  readonly sequence: number;
  readonly head: Uint8Array;
}

export interface Checkpoint {
  /** Hours of the log: leaves of the tree. */
  readonly size: number;
  /** The first hour of the log, since 1970. */
  readonly first: number;
  readonly root: Uint8Array;
}

export const EPOCH_MS = 3_600_000;

/** Like 2026-11-28T16Z. */
export const hourText = (epoch: number): string =>
  `${new Date(epoch * EPOCH_MS).toISOString().slice(0, 13)}Z`;

export const epochOf = (at: Date): number => Math.floor(at.getTime() / EPOCH_MS);

/** The event's number is not in the leaf: proofs hand hashes of leaves to others. */
export function epochLeaf({ epoch, head }: Epoch): Uint8Array {
  const hour = Buffer.alloc(8);
  hour.writeBigUInt64BE(BigInt(epoch));
  return leafHash(Buffer.concat([hour, head]));
}

const TITLE = 'headwater-audit-checkpoint/1';
const NOTE =
  /^headwater-audit-checkpoint\/1 ([1-9]\d{0,9}) (\d{1,10}) ([A-Za-z0-9_-]{43}) ([A-Za-z0-9_-]{43}) ([A-Za-z0-9_-]{86})$/;

/** One line of text, of what fits into a header: title, size, first hour, root, public key, signature. */
export function signedNote(checkpoint: Checkpoint, key: KeyObject): string {
  const body = bodyOf(checkpoint, publicKeyText(key));
  return `${body} ${sign(null, Buffer.from(body), key).toString('base64url')}`;
}

/** Refuses what is no checkpoint, what another key signed, and what was changed since it was signed. `publicKey`: as `publicKeyText` writes it. */
export function readNote(text: string, publicKey: string): Outcome<Checkpoint> {
  const found = NOTE.exec(text.trim());
  if (found === null)
    return refuse({
      where: 'checkpoint',
      found: `${text.trim().length} characters that are no checkpoint`,
      wanted: `one line that begins with "${TITLE}"`,
    });
  const [, size = '', first = '', root = '', signer = '', signature = ''] = found;
  if (signer !== publicKey)
    return refuse({
      where: 'checkpoint',
      found: `a checkpoint signed by ${signer}`,
      wanted: `one signed by ${publicKey}`,
    });
  const checkpoint = { size: Number(size), first: Number(first), root: Buffer.from(root, 'base64url') };
  const body = Buffer.from(bodyOf(checkpoint, signer));
  if (!verify(null, body, publicKeyOf(signer), Buffer.from(signature, 'base64url')))
    return refuse({
      where: 'checkpoint',
      found: 'a signature that does not fit what it signs',
      wanted: 'the checkpoint as it was handed out',
    });
  return accept(checkpoint);
}

/** An Ed25519 key from 32 secret bytes. */
export function signingKey(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
}

/** The 32 bytes of the public half, in base64url. */
export function publicKeyText(key: KeyObject): string {
  return String(createPublicKey(key).export({ format: 'jwk' }).x);
}

/** What stands before the 32 bytes in the usual encoding (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

function publicKeyOf(text: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: text }, format: 'jwk' });
}

function bodyOf({ size, first, root }: Checkpoint, publicKey: string): string {
  return [TITLE, size, first, Buffer.from(root).toString('base64url'), publicKey].join(' ');
}
