/** A tree of hashes over a growing list, as RFC 6962 (section 2.1) has it: its root commits to the list, and a short proof shows that it only grew. */
import { createHash } from 'node:crypto';

/** Of the tree over nothing: the hash of no bytes. */
export const EMPTY_ROOT: Uint8Array = createHash('sha256').digest();

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function leafHash(entry: Uint8Array): Uint8Array {
  return createHash('sha256').update(LEAF).update(entry).digest();
}

/** `leaves`: hashes of leaves, in order. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return EMPTY_ROOT;
  return subtree(leaves, 0, leaves.length);
}

/** The hashes by which whoever kept the root over the first `size` leaves sees that the root over all of them begins with the same. Throws RangeError beyond the list. */
export function consistencyProof(leaves: readonly Uint8Array[], size: number): readonly Uint8Array[] {
  if (!Number.isInteger(size) || size < 1 || size > leaves.length)
    throw new RangeError(`found ${size} leaves, wanted 1 to ${leaves.length}`);
  return size === leaves.length ? [] : subproof(leaves, 0, leaves.length, size, true);
}

/**
 * Whether `proof` shows that the list of `newSize` leaves under `newRoot` begins with the list of `oldSize` under `oldRoot` (RFC 6962,
 * section 2.1.2, walked from the bottom as RFC 9162, section 2.1.4.2, does). False for anything that is none, whatever it is.
 */
export function provesConsistency(
  oldSize: number,
  oldRoot: Uint8Array,
  newSize: number,
  newRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (![oldSize, newSize].every((size) => Number.isSafeInteger(size) && size >= 1) || oldSize > newSize)
    return false;
  if (oldSize === newSize) return proof.length === 0 && equal(oldRoot, newRoot);
  // A complete old tree is itself the first node, and is not sent.
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : [...proof];
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let [fn, sn] = [oldSize - 1, newSize - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let [oldHash, newHash] = [first, first];
  for (const hash of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      oldHash = nodeHash(hash, oldHash);
      newHash = nodeHash(hash, newHash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      newHash = nodeHash(newHash, hash);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equal(oldHash, oldRoot) && equal(newHash, newRoot);
}

function subproof(
  leaves: readonly Uint8Array[],
  from: number,
  to: number,
  size: number,
  isKnown: boolean,
): readonly Uint8Array[] {
  if (size === to) return isKnown ? [] : [subtree(leaves, from, to)];
  const middle = from + split(to - from);
  return size <= middle
    ? [...subproof(leaves, from, middle, size, isKnown), subtree(leaves, middle, to)]
    : [...subproof(leaves, middle, to, size, false), subtree(leaves, from, middle)];
}

function subtree(leaves: readonly Uint8Array[], from: number, to: number): Uint8Array {
  if (to - from === 1) return leaves[from] as Uint8Array;
  const middle = from + split(to - from);
  return nodeHash(subtree(leaves, from, middle), subtree(leaves, middle, to));
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** The largest power of two below n, for n > 1. */
const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));
const half = (n: number): number => Math.floor(n / 2);
const isPowerOfTwo = (n: number): boolean => Number.isInteger(Math.log2(n));
const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
