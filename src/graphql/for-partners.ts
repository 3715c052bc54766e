/** The part of the schema that partner keys speak: what is marked for them, and nothing that merely is not forbidden. */
import { MapperKind, mapSchema, pruneSchema } from '@graphql-tools/utils';
import type { GraphQLSchema } from 'graphql';
import { Extensions } from 'type-graphql';

/** Marks a root field, or a type that such a field leads to. */
export const ForPartners = (): ReturnType<typeof Extensions> => Extensions({ partner: true });

/** Root fields and object types without the mark are gone, with every field that leads to them and all that only they needed. */
export function partnerSchemaOf(schema: GraphQLSchema): GraphQLSchema {
  const roots = new Set([schema.getQueryType()?.name, schema.getMutationType()?.name]);
  const marked = mapSchema(schema, {
    [MapperKind.ROOT_FIELD]: (field) => (field.extensions?.partner === true ? undefined : null),
    [MapperKind.OBJECT_TYPE]: (type) =>
      roots.has(type.name) || type.extensions.partner === true ? undefined : null,
  });
  return pruneSchema(marked);
}
