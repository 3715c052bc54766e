import { describe, expect, it } from 'vitest';
import { writtenOut } from './written-out.ts';

describe('a question written out', () => {
  const query =
    'query Movements($filter: MovementFilter, $first: Int) {\n  movements(filter: $filter, first: $first) { totalCount }\n}';

  it('holds its variables where they stood, words of the schema as words and texts as texts', () => {
    const filter = {
      countries: [{ country: 'NPL', role: 'SOURCE' }],
      modes: ['BUS'],
      occurred: { from: '2026-01-01T00:00:00Z' },
    };
    expect(writtenOut({ query, variables: { filter, first: 5 } })).toBe(
      'query Movements {\n  movements(filter: { countries: [{ country: "NPL", role: SOURCE }], modes: [BUS], occurred: { from: "2026-01-01T00:00:00Z" } }, first: 5) { totalCount }\n}',
    );
  });

  it('leaves out what was not said, with its place', () => {
    expect(writtenOut({ query, variables: { first: 5 } })).toContain('movements(first: 5)');
    expect(writtenOut({ query, variables: { filter: {} } })).toContain('movements(filter: {  })');
    expect(writtenOut({ query, variables: {} })).toContain('movements {');
  });

  it('lets no text out of its quotes', () => {
    const text = writtenOut({
      query: 'query A($id: String!) { movement(id: $id) { id } }',
      variables: { id: '"){x}\n' },
    });
    expect(text).toBe('query A { movement(id: "\\"){x}\\n") { id } }');
  });
});
