/** Nothing leaves the hub by a door that the registry does not know. */
import { readFileSync } from 'node:fs';
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildHubSchema } from '../../src/schema.ts';
import { COMPARED } from '../property/check-world.ts';
import { DOORS, DOORS_FOR_ALL, EVERY_DOOR, nameOf } from './doors.ts';
import { MUTATIONS, SURFACES } from './surfaces.ts';

const schema = buildHubSchema();

describe('the registry of surfaces', () => {
  it('names every root field of the schema, and none that is not there', () => {
    const roots = Object.keys(schema.getQueryType()?.getFields() ?? {}).toSorted();
    expect(roots.length).toBeGreaterThan(10);
    expect([...new Set(SURFACES.map(({ root }) => root))].toSorted()).toEqual(roots);
  });

  it('names every mutation and the test of what it answers', () => {
    const roots = Object.keys(schema.getMutationType()?.getFields() ?? {});
    expect(Object.keys(MUTATIONS).toSorted()).toEqual(roots.toSorted());
    for (const [root, file] of Object.entries(MUTATIONS)) {
      const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
      expect(text, `${file} asks for ${root}`).toMatch(new RegExp(`\\b${root}\\s*\\(`));
    }
  });

  it('names every tile layer and every exported collection', () => {
    const named = [...DOORS.map(nameOf), ...DOORS_FOR_ALL.map((layer) => `tile ${layer}`)];
    expect(named.length).toBeGreaterThan(15);
    expect(named.toSorted()).toEqual(EVERY_DOOR.toSorted());
  });

  it('asks each with a document the schema understands', () => {
    for (const { root, document } of SURFACES) {
      expect(validate(schema, parse(document)).map(({ message }) => `${root}: ${message}`)).toEqual([]);
    }
  });

  it('selects every field of every type that an answer can hold', () => {
    const selected = selectedFields(schema);
    const missing = reachableTypes(schema).flatMap((type) =>
      isObjectType(type)
        ? Object.keys(type.getFields())
            .filter((field) => !selected.has(`${type.name}.${field}`))
            .map((field) => `${type.name}.${field}`)
        : [],
    );
    expect(selected.size).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  it('compares with the naive policy each surface that says so', () => {
    const said = SURFACES.filter(({ compared }) => compared === 'oracle').map(({ root }) => root);
    expect(said.toSorted()).toEqual(COMPARED.toSorted());
  });
});

function selectedFields(of: GraphQLSchema): ReadonlySet<string> {
  const selected = new Set<string>();
  const info = new TypeInfo(of);
  for (const { document } of SURFACES) {
    visit(
      parse(document),
      visitWithTypeInfo(info, {
        Field: (node) => {
          selected.add(`${info.getParentType()?.name}.${node.name.value}`);
        },
      }),
    );
  }
  return selected;
}

function reachableTypes(of: GraphQLSchema): readonly GraphQLNamedType[] {
  const query = of.getQueryType();
  const found = new Set<GraphQLNamedType>(query ? [query] : []);
  for (const type of found) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) found.add(getNamedType(field.type));
  }
  return [...found];
}
