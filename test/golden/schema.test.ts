/** The published schema is a promise: a change shows in review, and one that breaks a client says so. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, lexicographicSortSchema, printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildHubSchema, buildPartnerSchema } from '../../src/schema.ts';

const blessing = process.env.BLESS === '1';

describe.each([
  ['schema.graphql', buildHubSchema],
  ['partner.graphql', buildPartnerSchema],
] as const)('schema/%s', (file, build) => {
  const printed = `${printSchema(lexicographicSortSchema(build()))}\n`;

  it('is the schema that is served (npm run bless rewrites it)', () => {
    const GOLDEN = new URL(`../../schema/${file}`, import.meta.url);
    if (blessing) writeFileSync(GOLDEN, printed);
    const golden = existsSync(GOLDEN) ? readFileSync(GOLDEN, 'utf8') : '';
    const broken = golden === '' ? [] : findBreakingChanges(buildSchema(golden), buildSchema(printed));
    const told = broken.map(({ type, description }) => `${type}: ${description}`);
    expect({ breaking: told, schema: printed }).toEqual({ breaking: [], schema: golden });
  });

  it('describes every type and every root field in words', () => {
    const schema = build();
    const own = Object.values(schema.getTypeMap()).filter(
      ({ name, astNode }) => !name.startsWith('__') && astNode === undefined && !/^(Query|Mutation)$/.test(name),
    );
    expect(own.length).toBeGreaterThan(file === 'schema.graphql' ? 30 : 8);
    expect(own.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.values(type?.getFields() ?? {}),
    );
    expect(roots.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
  });
});
