import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from './sealing.ts';

const key = createSecretKey(randomBytes(32));
const TEXT = "a name that is nobody's, नाम, 🙂";

describe('a sealed value', () => {
  it('opens with its key at its place, and says nothing of itself before', () => {
    const sealed = seal(key, 'vault_item/sealed/1', TEXT);
    expect(unseal(key, 'vault_item/sealed/1', sealed)).toBe(TEXT);
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('nobody');
    expect(seal(key, 'vault_item/sealed/1', TEXT)).not.toEqual(sealed);
    expect(unseal(key, 'p', seal(key, 'p', ''))).toBe('');
  });

  it('does not open with another key or at another place', () => {
    const sealed = seal(key, 'vault_item/sealed/1', TEXT);
    expect(() => unseal(createSecretKey(randomBytes(32)), 'vault_item/sealed/1', sealed)).toThrow(
      /does not open/,
    );
    expect(() => unseal(key, 'vault_item/sealed/2', sealed)).toThrow(/does not open/);
  });

  it('does not open with any one bit changed, cut short or grown', () => {
    const sealed = seal(key, 'place', TEXT);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const tampered = Uint8Array.from(sealed);
      tampered[bit >> 3] = (tampered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => unseal(key, 'place', tampered)).toThrow(/does not open/);
    }
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => unseal(key, 'place', sealed.subarray(0, length))).toThrow(/does not open/);
    expect(() => unseal(key, 'place', Buffer.concat([sealed, Buffer.of(0)]))).toThrow(/does not open/);
  });
});
