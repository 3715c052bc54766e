/** What is taken off a figure for what it does not know. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  discountOf,
  type EvidenceRow,
  howKnownOf,
  NO_EVIDENCE,
  type Shares,
  sentenceOf,
} from './how-known.ts';

const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
const shares: fc.Arbitrary<Shares> = fc.record({ unverified: share, singleSource: share, imprecise: share });

describe('the discount', () => {
  it('is one where all is verified, corroborated and precise, and an eighth where nothing is', () => {
    expect(discountOf({ unverified: 0, singleSource: 0, imprecise: 0 })).toBe(1);
    expect(discountOf({ unverified: 1, singleSource: 1, imprecise: 1 })).toBe(0.125);
    expect(discountOf({ unverified: null, singleSource: null, imprecise: null })).toBe(0.125);
    expect(discountOf({ unverified: 0.5, singleSource: 0, imprecise: 0 })).toBe(0.75);
  });

  it('is never raised by a share that grows, or that nobody can tell any more', () => {
    const which = fc.constantFrom('unverified' as const, 'singleSource' as const, 'imprecise' as const);
    fc.assert(
      fc.property(shares, which, share, (given, name, other) => {
        const [before, after] = [given[name] ?? 1, other ?? 1];
        const changed = discountOf({ ...given, [name]: other });
        if (after >= before) expect(changed).toBeLessThanOrEqual(discountOf(given));
        else expect(changed).toBeGreaterThanOrEqual(discountOf(given));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is between an eighth and one, and never raised by a record more that is unverified, of one source or imprecise', () => {
    const row = fc
      .record({
        records: fc.integer({ min: 1, max: 50 }),
        stops: fc.integer({ min: 1, max: 200 }),
        cut: fc.nat(100),
      })
      .map(
        ({ records, stops, cut }): EvidenceRow => ({
          ...NO_EVIDENCE,
          records,
          stops,
          observed: stops,
          unverified: cut % (records + 1),
          single_source: (cut * 7) % (records + 1),
          imprecise: (cut * 3) % (stops + 1),
        }),
      );
    fc.assert(
      fc.property(row, (before) => {
        const { discount } = howKnownOf(before, true);
        expect(discount).toBeGreaterThanOrEqual(0.125);
        expect(discount).toBeLessThanOrEqual(1);
        const { records, stops } = before;
        for (const worse of [
          { unverified: Math.min(records, before.unverified + 1) },
          { single_source: Math.min(records, before.single_source + 1) },
          { imprecise: Math.min(stops, before.imprecise + 1) },
        ])
          expect(howKnownOf({ ...before, ...worse }, true).discount).toBeLessThanOrEqual(discount);
        // A record more that is bad in every way.
        const grown = {
          ...before,
          records: records + 1,
          stops: stops + 1,
          unverified: before.unverified + 1,
          single_source: before.single_source + 1,
          imprecise: before.imprecise + 1,
        };
        expect(howKnownOf(grown, true).discount).toBeLessThanOrEqual(discount);
      }),
    );
  });
});

describe('the sentence', () => {
  it('says that nothing stands behind nothing, and that nobody looked everywhere', () => {
    expect(sentenceOf(NO_EVIDENCE)).toBe(
      'No record stands behind this: what happened where nobody looked is not known.',
    );
    expect(sentenceOf({ ...NO_EVIDENCE, records: 2, stops: 4, observed: 4 })).toBe(
      'Not known: what happened where nobody looked.',
    );
  });
});
