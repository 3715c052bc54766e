import { describe, expect, it } from 'vitest';
import { AtOnce } from './at-once.ts';

describe('what one key may have under way at once', () => {
  it('is so much and no more, and again as much when it ended, well or not', async () => {
    const pages = new AtOnce(2, 'pages');
    const { promise, reject } = Promise.withResolvers<never>();
    const running = [1, 2].map(() => pages.begin('a', () => promise));
    await expect(pages.begin('a', async () => 1)).rejects.toThrow('found 2 of this key under way');
    expect(await pages.begin('b', async () => 1)).toBe(1);
    reject(new Error('cut'));
    expect((await Promise.allSettled(running)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await pages.begin('a', async () => 2)).toBe(2);
  });
});
