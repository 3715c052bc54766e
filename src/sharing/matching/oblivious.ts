/** The verifiable oblivious PRF of RFC 9497 over ristretto255: the hub evaluates what it cannot see, and proves with which key it did. */
import { createHash } from 'node:crypto';
import { ristretto255, ristretto255_hasher, ristretto255_oprf } from '@noble/curves/ed25519.js';

const { voprf } = ristretto255_oprf;

/** Of a point and of a scalar. */
export const ELEMENT_BYTES = 32;
export const PROOF_BYTES = 64;
/** RFC 9497, 3.1: "OPRFV1-", the mode (1, verifiable), "-", the suite. */
const TO_GROUP = 'HashToGroup-OPRFV1-\x01-ristretto255-SHA512';

export interface ObliviousKey {
  readonly secretKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

export interface Blinded {
  readonly input: Uint8Array;
  /** Never leaves whoever asks. */
  readonly blind: Uint8Array;
  readonly blinded: Uint8Array;
}

export interface Evaluation {
  readonly evaluated: readonly Uint8Array[];
  /** One for all of them. */
  readonly proof: Uint8Array;
}

/** `seed`: 32 secret bytes. The same seed and words give the same key. */
export function obliviousKey(seed: Uint8Array, words: string): ObliviousKey {
  return voprf.deriveKeyPair(seed, Buffer.from(words, 'utf8'));
}

/** A kind and a normalised value as both sides put them in. */
export function selectorInput(kind: string, value: string): Uint8Array {
  return Buffer.from(`${kind}\0${value}`, 'utf8');
}

export function blindInput(input: Uint8Array): Blinded {
  return { input, ...voprf.blind(input) };
}

/** Whether all are points of the group other than its identity: what comes from outside is looked at first. */
export function arePoints(list: readonly Uint8Array[]): boolean {
  try {
    return list.every((bytes) => !ristretto255.Point.fromBytes(bytes).is0());
  } catch {
    return false;
  }
}

/** Throws for what is no point of the group, or is its identity. */
export function evaluateBlinded(
  { secretKey, publicKey }: ObliviousKey,
  blinded: readonly Uint8Array[],
): Evaluation {
  return voprf.blindEvaluateBatch(secretKey, publicKey, [...blinded]);
}

/** 64 bytes for each. Throws when the proof is not of that key: then nothing that was answered may be used. */
export function unblindAll(
  asked: readonly Blinded[],
  { evaluated, proof }: Evaluation,
  publicKey: Uint8Array,
): readonly Uint8Array[] {
  if (evaluated.length !== asked.length)
    throw new Error(`found ${evaluated.length} evaluated points, wanted ${asked.length}`);
  const items = asked.map((each, at) => ({ ...each, evaluated: evaluated[at] as Uint8Array }));
  return voprf.finalizeBatch(items, publicKey, proof);
}

/** What `unblindAll` comes to, for whoever has the key and the value. */
export function evaluateKnown(secretKey: Uint8Array, inputs: readonly Uint8Array[]): readonly Uint8Array[] {
  const scalar = ristretto255.Point.Fn.fromBytes(secretKey);
  return inputs.map((input) => {
    const element = ristretto255_hasher.hashToCurve(input, { DST: TO_GROUP }).multiply(scalar).toBytes();
    return createHash('sha512')
      .update(twoBytes(input.length))
      .update(input)
      .update(twoBytes(element.length))
      .update(element)
      .update('Finalize')
      .digest();
  });
}

function twoBytes(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 255);
}
