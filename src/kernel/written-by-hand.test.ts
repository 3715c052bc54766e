import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from './json-text.ts';
import { nearest } from './nearest.ts';

describe('JSON written by hand', () => {
  const told = (text: string): string => {
    const read = readJson(text);
    if (read.accepted) return 'accepted';
    const [reason] = read.reasons;
    return `${reason?.where}: found ${reason?.found}, wanted ${reason?.wanted}`;
  };

  it.each([
    ['hello', 'line 1, column 1: found "h", wanted a value'],
    ['', 'line 1, column 1: found the end of the text, wanted a value'],
    ['{\n  "a": 1,\n}', 'line 3, column 1: found "}", wanted the name of a member in double quotes'],
    ['{\n  "a" 1}', 'line 2, column 7: found "1", wanted a colon'],
    ['{"a": 1\n "b": 2}', 'line 2, column 2: found "\\"", wanted a comma or }'],
    ["{'a': 1}", 'line 1, column 2: found "\'", wanted the name of a member'],
    ['[1, 2', 'line 1, column 6: found the end of the text, wanted a comma or ]'],
    ['{"a": "x\ny"}', 'line 1, column 7: found "\\"", wanted a text that ends'],
    ['{} {}', 'line 1, column 4: found "{", wanted the end of the text'],
  ])('%j is told by its line and column', (text, sentence) => {
    expect(told(text)).toContain(sentence);
  });

  it('reads what JSON.parse reads, and names a place for all else', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', 'x', ':'), (text, at, put) => {
        const damaged =
          text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1);
        let parsed: unknown;
        try {
          parsed = JSON.parse(damaged);
        } catch {
          expect(told(damaged)).toMatch(/^line \d+, column \d+: found .+, wanted (a |the )/s);
          return;
        }
        expect(readJson(damaged)).toEqual({ accepted: true, value: parsed });
      }),
      { numRuns: 2_000 },
    );
  });

  it('passes over a byte order mark', () => {
    expect(readJson('\uFEFF{}')).toEqual({ accepted: true, value: {} });
  });
});

describe('did you mean', () => {
  it.each([
    ['hotlne', 'hotline'],
    ['colum', 'column'],
    ['Case Nr', 'Case No'],
    ['autobus', 'bus'],
    ['recieved', 'received'],
    ['x', null],
  ])('%s → %s', (typed, meant) => {
    expect(nearest(typed, ['hotline', 'column', 'Case No', 'received', 'bus', 'walk'])).toBe(meant);
  });
});
