/** Answers that several wait for: who goes gets told why, who stays gets the answer, and what nobody waits for is ended and kept by nobody. */
import { describe, expect, it } from 'vitest';
import { HeadwaterError } from '../kernel/errors.ts';
import type { UnderWay } from '../platform/background.ts';
import { AnalysesUnderWay } from './analyses-under-way.ts';
import { AnswersInMemory, NOTHING_KEPT } from './kept-answers.ts';

const WENT = new HeadwaterError('CANCELLED', 'gone in a test');
const SINCE = new Date('2026-11-29T12:00:00Z');

/** A derivation that ends when the test says so, or when nobody waits. */
class Derivation {
  readonly begun: UnderWay[] = [];
  #finish: ((value: string) => void) | undefined;

  readonly derive = (underWay?: UnderWay): Promise<string> => {
    this.begun.push(underWay as UnderWay);
    return new Promise((resolve, reject) => {
      this.#finish = resolve;
      underWay?.signal.addEventListener('abort', () => reject(underWay.signal.reason as Error));
    });
  };

  finish(value: string): void {
    this.#finish?.(value);
  }
}

const outcome = (answer: Promise<unknown>): Promise<unknown> => answer.catch((error: unknown) => error);

describe('an answer that two wait for', () => {
  it('goes on for who stays, and is kept', async () => {
    const answers = new AnswersInMemory(1_000);
    const derivation = new Derivation();
    const [one, other] = [new AbortController(), new AbortController()];
    const asked = [one, other].map(({ signal }) =>
      outcome(answers.keep('a', '1', derivation.derive, { until: signal })),
    );
    one.abort(WENT);
    expect(await asked[0]).toBe(WENT);
    expect(derivation.begun[0]?.signal.aborted).toBe(false);
    derivation.finish('found');
    expect(await asked[1]).toBe('found');
    expect(await answers.keep('a', '1', derivation.derive)).toBe('found');
    expect(derivation.begun).toHaveLength(1);
  });

  it('is ended when the last has gone, and derived anew for who comes then', async () => {
    const answers = new AnswersInMemory(1_000);
    const [ended, fresh] = [new Derivation(), new Derivation()];
    const [one, other] = [new AbortController(), new AbortController()];
    const asked = [one, other].map(({ signal }) =>
      outcome(answers.keep('a', '1', ended.derive, { until: signal })),
    );
    one.abort(WENT);
    other.abort(WENT);
    expect(ended.begun[0]?.signal.reason).toBe(WENT);
    // In the same moment: what is being ended fails nobody else.
    const next = answers.keep('a', '1', fresh.derive, { until: new AbortController().signal });
    expect(await Promise.all(asked)).toEqual([WENT, WENT]);
    fresh.finish('found anew');
    expect(await next).toBe('found anew');
    expect(await answers.keep('a', '1', ended.derive)).toBe('found anew');
  });

  it('stays to the end for who cannot go, and begins for nobody who has gone', async () => {
    const answers = new AnswersInMemory(1_000);
    const derivation = new Derivation();
    const leaving = new AbortController();
    const stays = answers.keep('a', '1', derivation.derive);
    const goes = outcome(answers.keep('a', '1', derivation.derive, { until: leaving.signal }));
    leaving.abort(WENT);
    expect(await goes).toBe(WENT);
    derivation.finish('found');
    expect(await stays).toBe('found');
    const never = new Derivation();
    for (const store of [answers, NOTHING_KEPT])
      expect(await outcome(store.keep('b', '1', never.derive, { until: leaving.signal }))).toBe(WENT);
    expect(never.begun).toEqual([]);
  });
});

describe('analyses under way', () => {
  const asked = (keyId: string, name: string, gone?: AbortSignal) => ({ keyId, name, since: SINCE, gone });
  let serial = 0;
  const follow = (
    analyses: AnalysesUnderWay,
    of: ReturnType<typeof asked>,
    derivation: Derivation,
    answers: Pick<AnswersInMemory, 'keep'> = NOTHING_KEPT,
  ): Promise<unknown> =>
    outcome(analyses.follow(of, (asker) => answers.keep('a', '1', derivation.derive, asker)));
  const analysesOf = (longestMs?: number) => new AnalysesUnderWay(() => `id ${(serial += 1)}`, longestMs);

  it('are listed to whoever asked, with how far they are, until they are answered', async () => {
    const analyses = analysesOf();
    const derivation = new Derivation();
    const answer = follow(analyses, asked('mine', 'corridors'), derivation);
    expect(analyses.list('mine')).toMatchObject([
      { name: 'corridors', since: SINCE, waits: false, share: null },
    ]);
    expect(analyses.list('another')).toEqual([]);
    derivation.begun[0]?.queued(true);
    expect(analyses.list('mine')[0]?.waits).toBe(true);
    derivation.begun[0]?.queued(false);
    derivation.begun[0]?.told(0.5);
    expect(analyses.list('mine')[0]).toMatchObject({ waits: false, share: 0.5 });
    derivation.finish('found');
    expect(await answer).toBe('found');
    expect(analyses.list('mine')).toEqual([]);
  });

  it('are cancelled by whoever asked and by nobody else, once', async () => {
    const analyses = analysesOf();
    const answers = new AnswersInMemory(1_000);
    const derivation = new Derivation();
    const mine = follow(analyses, asked('mine', 'corridors'), derivation, answers);
    const theirs = follow(analyses, asked('another', 'corridors'), derivation, answers);
    const [{ id } = { id: '' }] = analyses.list('mine');
    expect(analyses.cancel('another', id)).toBeNull();
    expect(analyses.cancel('mine', 'no such id')).toBeNull();
    expect(analyses.cancel('mine', id)).toBe('corridors');
    expect(analyses.cancel('mine', id)).toBeNull();
    expect(await mine).toMatchObject({
      code: 'CANCELLED',
      message: expect.stringContaining('cancelAnalysis'),
    });
    expect(derivation.begun).toHaveLength(1);
    expect(derivation.begun[0]?.signal.aborted).toBe(false);
    derivation.finish('found');
    expect(await theirs).toBe('found');
  });

  it('end with their connection, and after so long', async () => {
    const derivation = new Derivation();
    const gone = new AbortController();
    const answer = follow(analysesOf(), asked('mine', 'corridors', gone.signal), derivation);
    gone.abort(WENT);
    expect(await answer).toBe(WENT);
    expect(derivation.begun[0]?.signal.aborted).toBe(true);
    expect(await follow(analysesOf(30), asked('mine', 'corridors'), new Derivation())).toMatchObject({
      code: 'CANCELLED',
      message: expect.stringContaining('longer than 0.03 s'),
    });
  });
});
