/** A page that shows answers changes nothing. */
import { describe, expect, it } from 'vitest';
import { isQuestion } from './is-question.ts';

describe('a text that only asks', () => {
  it('is a query, named or not, with fragments', () => {
    expect(isQuestion('{ me { role } }')).toBe(true);
    expect(isQuestion('query Mine($a: Int = 1) { movements { ...F } } fragment F on Movement { id }')).toBe(
      true,
    );
  });

  it('may say the word for a change where it changes nothing', () => {
    expect(
      isQuestion('# mutation { x }\n{ a(b: "mutation { x }", c: """mutation { """) { mutation } }'),
    ).toBe(true);
  });

  it.each([
    'mutation { signAgreement }',
    'query A { a } mutation B { b }',
    '# a\nmutation($id: String!) { b(id: $id) }',
    '"a" mutation{b}',
    'subscription { a }',
    '# a comment ends with its line, however that ends\rmutation { b }',
    '{ a } } mutation { b }',
    '{ a }mutation{b}',
  ])('is none that changes something: %s', (text) => {
    expect(isQuestion(text)).toBe(false);
  });
});
