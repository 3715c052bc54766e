/** Hash trees against the values that certificate logs are tested with, and against proofs that were forged. */
import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../kernel/random.ts';
import { consistencyProof, EMPTY_ROOT, leafHash, provesConsistency, rootOf } from './merkle.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Entries and roots that the reference implementations of RFC 6962 share among their tests. */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const leaves = ENTRIES.map((entry) => leafHash(Buffer.from(entry, 'hex')));

describe('a hash tree', () => {
  it('has the roots that certificate logs have', () => {
    expect(hex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(leaves.map((_, index) => hex(rootOf(leaves.slice(0, index + 1))))).toEqual(ROOTS);
  });

  it('proves that it grew from each of its beginnings, and says nothing else', () => {
    const all = Array.from({ length: 70 }, (_, index) => leafHash(Uint8Array.of(index)));
    const roots = all.map((_, index) => rootOf(all.slice(0, index + 1)));
    let proofs = 0;
    for (let size = 1; size <= all.length; size += 1)
      for (let old = 1; old <= size; old += 1) {
        const proof = consistencyProof(all.slice(0, size), old);
        expect(proof.length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(size + 1)));
        expect(
          provesConsistency(old, roots[old - 1] as Uint8Array, size, roots[size - 1] as Uint8Array, proof),
        ).toBe(true);
        proofs += 1;
      }
    expect(proofs).toBe(2_485);
    expect(() => consistencyProof(all, 71)).toThrow('found 71 leaves, wanted 1 to 70');
  });

  it('is not fooled by any of 10,000 forged proofs, of lists that were rewritten among them', () => {
    const random = seededRandom(6_962);
    const fooled: string[] = [];
    for (let round = 0; round < 10_000; round += 1) {
      const size = 2 + random.int(60);
      const old = 1 + random.int(size - 1);
      const told = Array.from({ length: size }, (_, index) =>
        leafHash(Uint8Array.of(index, random.int(256), round % 256)),
      );
      const forgery = FORGERIES[round % FORGERIES.length] as Forgery;
      const [oldSize, oldRoot, newSize, newRoot, proof] = forgery({ told, old, random });
      if (provesConsistency(oldSize, oldRoot, newSize, newRoot, proof))
        fooled.push(`${forgery.name} ${old}/${size}`);
    }
    expect(fooled).toEqual([]);
  });
});

type Claim = readonly [number, Uint8Array, number, Uint8Array, readonly Uint8Array[]];
interface Truth {
  readonly told: readonly Uint8Array[];
  readonly old: number;
  readonly random: Random;
}
type Forgery = (truth: Truth) => Claim;

const truthful = ({ told, old }: Truth): Claim => [
  old,
  rootOf(told.slice(0, old)),
  told.length,
  rootOf(told),
  consistencyProof(told, old),
];
const flipped = (bytes: Uint8Array, random: Random): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  const bit = random.int(256);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
};
const rewritten = (told: readonly Uint8Array[], at: number): readonly Uint8Array[] =>
  told.map((leaf, index) => (index === at ? leafHash(leaf) : leaf));

const FORGERIES: readonly Forgery[] = [
  function anEntryOfThePastRewritten({ told, old, random }) {
    const other = rewritten(told, random.int(old));
    return [old, rootOf(told.slice(0, old)), told.length, rootOf(other), consistencyProof(other, old)];
  },
  function everythingRewritten({ told, old }) {
    const other = told.map((leaf) => leafHash(leaf));
    return [old, rootOf(told.slice(0, old)), told.length, rootOf(other), consistencyProof(other, old)];
  },
  function anEntryDropped({ told, old, random }) {
    const other = told.toSpliced(random.int(old), 1);
    if (other.length < old)
      return [old, rootOf(told.slice(0, old)), old, rootOf([...other, leafHash(EMPTY_ROOT)]), []];
    return [old, rootOf(told.slice(0, old)), other.length, rootOf(other), consistencyProof(other, old)];
  },
  function aHashOfTheProofChanged(truth) {
    const [oldSize, oldRoot, newSize, newRoot, proof] = truthful(truth);
    const at = truth.random.int(proof.length);
    return [
      oldSize,
      oldRoot,
      newSize,
      newRoot,
      proof.with(at, flipped(proof[at] as Uint8Array, truth.random)),
    ];
  },
  function aHashLeftOut(truth) {
    const [oldSize, oldRoot, newSize, newRoot, proof] = truthful(truth);
    return [oldSize, oldRoot, newSize, newRoot, proof.toSpliced(truth.random.int(proof.length), 1)];
  },
  function aHashPutIn(truth) {
    const [oldSize, oldRoot, newSize, newRoot, proof] = truthful(truth);
    const more = leafHash(Uint8Array.of(truth.random.int(256)));
    return [oldSize, oldRoot, newSize, newRoot, proof.toSpliced(truth.random.int(proof.length + 1), 0, more)];
  },
  function theOldRootClaimedAsTheNew(truth) {
    const [oldSize, oldRoot, newSize] = truthful(truth);
    return [oldSize, oldRoot, newSize, oldRoot, []];
  },
  function anotherNewRoot(truth) {
    const [oldSize, oldRoot, newSize, newRoot, proof] = truthful(truth);
    return [oldSize, oldRoot, newSize, flipped(newRoot, truth.random), proof];
  },
  function anOldSizeThatIsBeyondTheNew(truth) {
    const [oldSize, oldRoot, newSize, newRoot, proof] = truthful(truth);
    return [newSize, newRoot, oldSize, oldRoot, proof];
  },
];
