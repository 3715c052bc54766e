/** The oblivious PRF is the RFC's, and what comes of it is the plain intersection and nothing more. */
import { randomBytes } from 'node:crypto';
import { ristretto255, ristretto255_oprf } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import {
  arePoints,
  blindInput,
  evaluateBlinded,
  evaluateKnown,
  obliviousKey,
  selectorInput,
  unblindAll,
} from './oblivious.ts';
import { contactToken, hitsIn, LEAST_SET, paddedSize, setToken, TOKEN_BYTES, tokenSet } from './token-set.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (of: Uint8Array): string => Buffer.from(of).toString('hex');

/** RFC 9497, appendix A.1. */
const SEED = bytes('a3'.repeat(32));
const KEY_INFO = 'test key';
const INPUTS = ['00', '5a'.repeat(17)].map(bytes);
const BLIND = '64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706';
const SECOND = '222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e';

/** A.1.1: the mode without proof. */
const PLAIN = {
  secretKey: '5ebcea5ee37023ccb9fc2d2019f9d7737be85591ae8652ffa9ef0f4d37063b0e',
  blinded: [
    '609a0ae68c15a3cf6903766461307e5c8bb2f95e7e6550e1ffa2dc99e412803c',
    'da27ef466870f5f15296299850aa088629945a17d1f5b7f5ff043f76b3c06418',
  ],
  evaluated: [
    '7ec6578ae5120958eb2db1745758ff379e77cb64fe77b0b2d8cc917ea0869c7e',
    'b4cbf5a4f1eeda5a63ce7b77c7d23f461db3fcab0dd28e4e17cecb5c90d02c25',
  ],
  output: [
    '527759c3d9366f277d8c6020418d96bb393ba2afb20ff90df23fb7708264e2f3ab9135e3bd69955851de4b1f9fe8a0973396719b7912ba9ee8aa7d0b5e24bcf6',
    'f4a74c9c592497375e796aa837e907b1a045d34306a749db9f34221f7e750cb4f2a6413a6bf6fa5e19ba6348eb673934a722a7ede2e7621306d18951e7cf2c73',
  ],
};

/** A.1.2: the verifiable mode, which is the one that is used. */
const VERIFIABLE = {
  secretKey: 'e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909',
  publicKey: 'c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e',
  output: [
    'b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c',
    '8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6',
  ],
  singles: [
    {
      blinded: '863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945',
      evaluated: 'aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e',
      proof:
        'ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd066d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d',
    },
    {
      blinded: 'cc0b2a350101881d8a4cba4c80241d74fb7dcbfde4a61fde2f91443c2bf9ef0c',
      evaluated: '60a59a57208d48aca71e9e850d22674b611f752bed48b36f7a91b372bd7ad468',
      proof:
        '401a0da6264f8cf45bb2f5264bc31e109155600babb3cd4e5af7d181a2c9dc0a67154fabf031fd936051dec80b0b6ae29c9503493dde7393b722eafdf5a50b02',
    },
  ],
  batch: {
    blinds: [BLIND, SECOND],
    blinded: [
      '863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945',
      '90a0145ea9da29254c3a56be4fe185465ebb3bf2a1801f7124bbbadac751e654',
    ],
    evaluated: [
      'aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e',
      'cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a',
    ],
    proof:
      'cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d567aeed6ab873dee08',
    proofScalar: '419c4f4f5052c53c45f3da494d2b67b220d02118e0857cdbcf037f9ea84bbe0c',
  },
};

/** Random bytes of which the library makes that scalar: one more than their number, modulo one less than the order. */
function drawing(scalarHex: string): (length?: number) => Uint8Array<ArrayBuffer> {
  return (length = 0) => {
    const wanted = ristretto255.Point.Fn.fromBytes(bytes(scalarHex)) - 1n;
    const big = Buffer.from(wanted.toString(16).padStart(length * 2, '0'), 'hex');
    return Uint8Array.from(big.reverse());
  };
}

describe('the oblivious PRF', () => {
  it('without proof answers as the RFC says', () => {
    const { oprf } = ristretto255_oprf;
    expect(hex(oprf.deriveKeyPair(SEED, Buffer.from(KEY_INFO)).secretKey)).toBe(PLAIN.secretKey);
    for (const [at, input] of INPUTS.entries()) {
      const asked = oprf.blind(input, drawing(BLIND));
      expect([hex(asked.blind), hex(asked.blinded)]).toEqual([BLIND, PLAIN.blinded[at]]);
      const evaluated = oprf.blindEvaluate(bytes(PLAIN.secretKey), asked.blinded);
      expect(hex(evaluated)).toBe(PLAIN.evaluated[at]);
      expect(hex(oprf.finalize(input, asked.blind, evaluated))).toBe(PLAIN.output[at]);
    }
  });

  it('with proof answers as the RFC says, one by one', () => {
    const key = obliviousKey(SEED, KEY_INFO);
    expect([hex(key.secretKey), hex(key.publicKey)]).toEqual([VERIFIABLE.secretKey, VERIFIABLE.publicKey]);
    for (const [at, input] of INPUTS.entries()) {
      const { blinded, evaluated, proof } = VERIFIABLE.singles[at] ?? never();
      const { voprf } = ristretto255_oprf;
      const asked = { input, ...voprf.blind(input, drawing(BLIND)) };
      expect(hex(asked.blinded)).toBe(blinded);
      const told = voprf.blindEvaluate(key.secretKey, key.publicKey, asked.blinded, drawing(SECOND));
      expect([hex(told.evaluated), hex(told.proof)]).toEqual([evaluated, proof]);
      const outputs = unblindAll([asked], { ...told, evaluated: [told.evaluated] }, key.publicKey);
      expect(outputs.map(hex)).toEqual([VERIFIABLE.output[at]]);
      // Whoever holds the key comes to the same without asking.
      expect(evaluateKnown(key.secretKey, [input]).map(hex)).toEqual([VERIFIABLE.output[at]]);
    }
  });

  it('with proof answers as the RFC says, two at once', () => {
    const { batch } = VERIFIABLE;
    const key = obliviousKey(SEED, KEY_INFO);
    const { voprf } = ristretto255_oprf;
    const asked = INPUTS.map((input, at) => ({
      input,
      ...voprf.blind(input, drawing(batch.blinds[at] ?? '')),
    }));
    expect(asked.map(({ blinded }) => hex(blinded))).toEqual(batch.blinded);
    const points = asked.map(({ blinded }) => blinded);
    const told = voprf.blindEvaluateBatch(key.secretKey, key.publicKey, points, drawing(batch.proofScalar));
    expect([told.evaluated.map(hex), hex(told.proof)]).toEqual([batch.evaluated, batch.proof]);
    expect(evaluateBlinded(key, points).evaluated.map(hex)).toEqual(batch.evaluated);
    expect(unblindAll(asked, told, key.publicKey).map(hex)).toEqual(VERIFIABLE.output);
  });

  it('is not believed under another key, nor with a point that was changed, left out or put elsewhere', () => {
    const key = obliviousKey(randomBytes(32), 'one');
    const other = obliviousKey(randomBytes(32), 'one');
    const asked = ['a', 'b', 'c'].map((value) => blindInput(selectorInput('phone', value)));
    const points = asked.map(({ blinded }) => blinded);
    const told = evaluateBlinded(key, points);
    expect(unblindAll(asked, told, key.publicKey)).toHaveLength(3);
    const [one, two, three] = told.evaluated as [Uint8Array, Uint8Array, Uint8Array];
    for (const wrong of [
      evaluateBlinded(other, points),
      { ...told, evaluated: [two, one, three] },
      { ...told, evaluated: [one, two] },
      { ...told, evaluated: [one, two, evaluateBlinded(other, points).evaluated[2] as Uint8Array] },
      { ...told, proof: evaluateBlinded(key, points.slice(0, 2)).proof },
    ])
      expect(() => unblindAll(asked, wrong, key.publicKey)).toThrow(/verification failed|found 2/);
  });

  it('takes no point that is none', () => {
    const key = obliviousKey(randomBytes(32), 'one');
    const { blinded } = blindInput(selectorInput('phone', '1'));
    expect(arePoints([blinded, blinded])).toBe(true);
    for (const wrong of ['00'.repeat(32), 'ff'.repeat(32), 'aa']) {
      expect(() => evaluateBlinded(key, [bytes(wrong)])).toThrow(/./);
      expect(arePoints([blinded, bytes(wrong)])).toBe(false);
    }
  });
});

describe('a set of tokens', () => {
  const outputs = (count: number): readonly Uint8Array[] =>
    Array.from({ length: count }, () => randomBytes(64));

  it('tells of its size the next power of two, and never less than so many', () => {
    expect([0, 1, 1_023, 1_024, 1_025, 100_000].map(paddedSize)).toEqual([
      1_024, 1_024, 1_024, 1_024, 2_048, 131_072,
    ]);
    for (const count of [0, 3, 1_025])
      expect(tokenSet(outputs(count), randomBytes(16), randomBytes)).toHaveLength(
        paddedSize(count) * TOKEN_BYTES,
      );
  });

  it('is another each time it is handed out: what stays tells nothing', () => {
    const known = outputs(700);
    const sets = [1, 2].map(() => tokenSet(known, randomBytes(16), randomBytes).toString('hex'));
    const tokens = sets.map((set) => new Set(set.match(new RegExp(`.{${TOKEN_BYTES * 2}}`, 'g'))));
    expect(tokens.map(({ size }) => size)).toEqual([LEAST_SET, LEAST_SET]);
    expect([...(tokens[0] ?? [])].filter((token) => tokens[1]?.has(token))).toEqual([]);
    expect(known.some((output) => sets[0]?.includes(contactToken(output).toString('hex')))).toBe(false);
  });

  it('is sorted, so that places tell nothing', () => {
    const salt = randomBytes(16);
    const known = outputs(5);
    const set = tokenSet(known, salt, randomBytes);
    const list = Array.from({ length: LEAST_SET }, (_, at) => hex(set.subarray(at * 16, at * 16 + 16)));
    expect(list).toEqual(list.toSorted());
    for (const output of known) expect(list).toContain(hex(setToken(salt, output)));
  });
});

it('what both sides hold is the plain intersection, for sets drawn at random', () => {
  const random = seededRandom(33);
  for (let round = 0; round < 4; round += 1) {
    const key = obliviousKey(randomBytes(32), `round ${round}`);
    const draw = (count: number): readonly string[] => [
      ...new Set(Array.from({ length: count }, () => `+97798${random.int(200)}`)),
    ];
    const [owned, asked] = [draw(120), draw(40)];
    const salt = randomBytes(16);
    const set = tokenSet(
      evaluateKnown(
        key.secretKey,
        owned.map((value) => selectorInput('phone', value)),
      ),
      salt,
      randomBytes,
    );
    const blinded = asked.map((value) => blindInput(selectorInput('phone', value)));
    const told = evaluateBlinded(
      key,
      blinded.map((each) => each.blinded),
    );
    const found = hitsIn(set, salt, unblindAll(blinded, told, key.publicKey)).map((at) => asked[at]);
    const plain = asked.filter((value) => owned.includes(value));
    expect(found).toEqual(plain);
    expect(plain.length).toBeGreaterThan(0);
    expect(plain.length).toBeLessThan(asked.length);
    // The same value as another kind is another selector.
    const plates = evaluateKnown(
      key.secretKey,
      owned.map((value) => selectorInput('plate', value)),
    );
    expect(hitsIn(set, salt, plates)).toEqual([]);
  }
});

const never = (): never => {
  throw new Error('there is no such vector');
};
