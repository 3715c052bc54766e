/** Shapes and free-form values as JSON, where a field's form is a published standard or differs from method to method. */
import { GraphQLScalarType } from 'graphql';

export const GeoJson = new GraphQLScalarType<unknown>({
  name: 'GeoJSON',
  description:
    'A geometry or feature collection of RFC 7946: longitude first, WGS 84, cut at the antimeridian. Output only.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc7946',
  serialize: (value) => value,
});

export const Parameters = new GraphQLScalarType<unknown>({
  name: 'MethodParameters',
  description: 'What a method was told, by name. Output only.',
  serialize: (value) => value,
});
