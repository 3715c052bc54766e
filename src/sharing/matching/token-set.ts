/** What a hub hands out of an owner's selectors: short digests of PRF outputs, mixed with random ones, that only equal values can be found in. */
import { createHash } from 'node:crypto';

export const TOKEN_BYTES = 16;
/** Below that a set would tell how little there is. */
export const LEAST_SET = 1_024;
export const SALT_BYTES = 16;

/**
 * A set is salted anew each time it is handed out, and so is its padding: of two sets nobody can tell what is in both, unless by values whose
 * outputs were asked for. Were the tokens the same each time, whatever stays would be a selector and whatever goes padding.
 */
export function setToken(salt: Uint8Array, output: Uint8Array): Buffer {
  return createHash('sha256')
    .update('headwater/match/set')
    .update(salt)
    .update(output)
    .digest()
    .subarray(0, TOKEN_BYTES);
}

/** Known to who has the output: asks whom to call. The same in every set, since it is in none. */
export function contactToken(output: Uint8Array): Buffer {
  return createHash('sha256')
    .update('headwater/match/contact')
    .update(output)
    .digest()
    .subarray(0, TOKEN_BYTES);
}

/** The next power of two that holds so many. */
export function paddedSize(count: number): number {
  return Math.max(LEAST_SET, 2 ** Math.ceil(Math.log2(Math.max(1, count))));
}

/** Sorted, without gaps. `random` gives so many bytes that nobody can guess. */
export function tokenSet(
  outputs: readonly Uint8Array[],
  salt: Uint8Array,
  random: (bytes: number) => Buffer,
): Buffer {
  const tokens = outputs.map((output) => setToken(salt, output));
  const padding = random((paddedSize(tokens.length) - tokens.length) * TOKEN_BYTES);
  for (let at = 0; at < padding.length; at += TOKEN_BYTES)
    tokens.push(padding.subarray(at, at + TOKEN_BYTES));
  return Buffer.concat(tokens.sort((a, b) => a.compare(b)));
}

/** Which of the outputs are in the set, by their place in the list. */
export function hitsIn(set: Uint8Array, salt: Uint8Array, outputs: readonly Uint8Array[]): readonly number[] {
  const bytes = Buffer.from(set.buffer, set.byteOffset, set.byteLength);
  const known = new Set<string>();
  for (let at = 0; at < bytes.length; at += TOKEN_BYTES)
    known.add(bytes.toString('latin1', at, at + TOKEN_BYTES));
  return outputs.flatMap((output, at) => (known.has(setToken(salt, output).toString('latin1')) ? [at] : []));
}
