import { describe, expect, it } from 'vitest';
import { OneAhead } from './ahead.ts';
import type { Question } from './ask.ts';

interface Asked {
  readonly question: Question;
  readonly signal: AbortSignal | undefined;
  readonly settle: (data: unknown) => void;
  readonly fail: () => void;
}

/** A hub that answers when it is told to. */
function slowly(): { readonly ahead: OneAhead; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const ahead = new OneAhead(
    <T>(question: Question, signal?: AbortSignal) =>
      new Promise<T>((resolve, reject) => {
        asked.push({
          question,
          signal,
          settle: (data) => resolve(data as T),
          fail: () => reject(new Error('busy')),
        });
      }),
  );
  return { ahead, asked };
}

const of = (month: string): Question => ({ query: 'query A { a }', variables: { month } });
const going = (): AbortSignal => new AbortController().signal;

describe('one answer ahead', () => {
  it('is asked once and taken by whoever asks the same', async () => {
    const { ahead, asked } = slowly();
    ahead.want(of('2026-04'));
    ahead.want(of('2026-04'));
    const taken = ahead.take(of('2026-04'), going());
    asked[0]?.settle('April');
    expect(await taken).toBe('April');
    expect(asked).toHaveLength(1);
    // It was taken: who asks again asks the hub.
    void ahead.take(of('2026-04'), going());
    expect(asked).toHaveLength(2);
  });

  it('is ended at the hub when it is overtaken, or when whoever took it asks for something else', () => {
    const { ahead, asked } = slowly();
    ahead.want(of('2026-04'));
    ahead.want(of('2026-05'));
    expect(asked.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
    const controller = new AbortController();
    void ahead.take(of('2026-05'), controller.signal);
    controller.abort();
    expect(asked[1]?.signal?.aborted).toBe(true);
    ahead.want(of('2026-06'));
    ahead.forget();
    expect(asked[2]?.signal?.aborted).toBe(true);
  });

  it('is asked anew where it failed', async () => {
    const { ahead, asked } = slowly();
    ahead.want(of('2026-04'));
    asked[0]?.fail();
    const taken = ahead.take(of('2026-04'), going());
    await new Promise((resolve) => setTimeout(resolve, 0));
    asked[1]?.settle('April');
    expect(await taken).toBe('April');
  });
});
