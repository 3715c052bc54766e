/** One-time codes against the vectors of their standards. */
import { describe, expect, it } from 'vitest';
import { base32, codeOf, stepOfCode } from './totp.ts';

const SECRET = Buffer.from('12345678901234567890', 'ascii');

describe('a one-time code', () => {
  it.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('is the one of RFC 6238, appendix B, at %i s', (seconds, code) => {
    expect(codeOf(SECRET, Math.floor(seconds / 30), 8)).toBe(code);
  });

  it.each([
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ])('is one of RFC 4226, appendix D: %s', (code) => {
    const step = [
      '755224',
      '287082',
      '359152',
      '969429',
      '338314',
      '254676',
      '287922',
      '162583',
      '399871',
      '520489',
    ].indexOf(code);
    expect(codeOf(SECRET, step)).toBe(code);
  });

  it('is taken a step early or late, and no further', () => {
    const now = new Date(1_234_567_890_000);
    const step = Math.floor(1_234_567_890 / 30);
    const taken = [-2, -1, 0, 1, 2].map((off) => stepOfCode(SECRET, codeOf(SECRET, step + off), now));
    expect(taken).toEqual([null, step - 1, step, step + 1, null]);
  });

  it.each(['', '1', '12345', '1234567', ' 00592', 'abcdef', codeOf(SECRET, 41_152_263).slice(0, 5)])(
    'is not taken when it is "%s"',
    (code) => {
      expect(stepOfCode(SECRET, code, new Date(1_234_567_890_000))).toBeNull();
    },
  );
});

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ])('of "%s" is the one of RFC 4648, section 10, in lower case and without padding', (text, written) => {
    expect(base32(Buffer.from(text, 'ascii'))).toBe(written);
  });
});
