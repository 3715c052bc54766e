/** What can be asked of the collections that a key reads, as OpenAPI 3.0. */
import type { Column } from '../exports/layer.ts';
import { GEOJSON_TYPE, HUB_TITLE, HUB_WORDS, JSON_TYPE, OPENAPI_TYPE } from './feature-documents.ts';
import { MOST_FEATURES, USUAL_LIMIT } from './feature-question.ts';
import type { FeatureSource } from './feature-source.ts';

type Json = Readonly<Record<string, unknown>>;

const ref = (path: string): Json => ({ $ref: `#/components/${path}` });
const text: Json = { type: 'string' };
const numbers = (length: number): Json => ({
  type: 'array',
  items: { type: 'number' },
  minItems: length,
  maxItems: length,
});
const answer = (description: string, type: string, schema: Json): Json => ({
  description,
  content: { [type]: { schema } },
});
const refused = ref('responses/Refused');
const REFUSALS: Json = { '400': refused, '401': refused, '403': refused, '406': refused, '429': refused };

export function openApi(root: string, sources: readonly FeatureSource[], version: string): unknown {
  return {
    openapi: '3.0.3',
    info: { title: HUB_TITLE, description: HUB_WORDS, version },
    servers: [{ url: root }],
    security: [{ key: [] }],
    paths: {
      '/': operation('landingPage', 'The landing page', JSON_TYPE, ref('schemas/Document')),
      '/api': operation('api', 'This document', OPENAPI_TYPE, ref('schemas/Document')),
      '/conformance': operation('conformance', 'What this conforms to', JSON_TYPE, ref('schemas/Document')),
      '/collections': operation('collections', 'The collections', JSON_TYPE, ref('schemas/Document')),
      ...Object.fromEntries(sources.flatMap((source) => Object.entries(pathsOf(source)))),
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'hw_…' } },
      parameters: PARAMETERS,
      responses: {
        Refused: answer('What was found, and what was wanted', JSON_TYPE, ref('schemas/Refusal')),
      },
      schemas: {
        Document: { type: 'object' },
        Refusal: {
          type: 'object',
          required: ['errors'],
          properties: {
            errors: {
              type: 'array',
              items: { type: 'object', required: ['message'], properties: { message: text } },
            },
          },
        },
        Link: {
          type: 'object',
          required: ['href', 'rel'],
          properties: { href: text, rel: text, type: text, title: text },
        },
        ...Object.fromEntries(sources.map((source) => [source.id, featureSchema(source)])),
      },
    },
  };
}

const PARAMETERS: Json = {
  limit: parameter(
    'limit',
    `At most so many features; more than ${MOST_FEATURES} is read as ${MOST_FEATURES}.`,
    {
      type: 'integer',
      minimum: 1,
      maximum: MOST_FEATURES,
      default: USUAL_LIMIT,
    },
  ),
  bbox: {
    ...parameter(
      'bbox',
      'Features that meet the box: west, south, east, north in degrees; west > east crosses the antimeridian. With heights, which are passed over, six numbers.',
      { oneOf: [numbers(4), numbers(6)] },
    ),
    style: 'form',
    explode: false,
  },
  datetime: parameter(
    'datetime',
    'Features whose time meets it: a moment of RFC 3339, or two with / between, one of which may be .. for an open end. Features that are of no known time are not among them.',
    text,
  ),
  after: parameter('after', 'The token of a next link: where a page begins.', text),
  purpose: {
    name: 'Headwater-Purpose',
    in: 'header',
    required: true,
    description: 'What it is for: one that the key is for.',
    schema: text,
  },
  case: {
    name: 'Headwater-Case-Reference',
    in: 'header',
    required: true,
    description: "Your organisation's reference of the case; only a digest of it is kept.",
    schema: text,
  },
};

function parameter(name: string, description: string, schema: Json): Json {
  return { name, in: 'query', required: false, description, schema };
}

function operation(
  operationId: string,
  description: string,
  type: string,
  schema: Json,
  parameters: readonly Json[] = [],
  more: Json = {},
): Json {
  return {
    get: {
      operationId,
      summary: description,
      ...(parameters.length > 0 && { parameters }),
      responses: { '200': answer(description, type, schema), ...REFUSALS, ...more },
    },
  };
}

function pathsOf({ id, title, isOfRecords }: FeatureSource): Json {
  const own = `/collections/${id}`;
  const feature = ref(`schemas/${id}`);
  const missing = { '404': refused };
  const said = isOfRecords ? [ref('parameters/purpose'), ref('parameters/case')] : [];
  const asked = ['limit', 'bbox', 'datetime', 'after'].map((name) => ref(`parameters/${name}`));
  const page: Json = {
    type: 'object',
    required: ['type', 'features', 'links'],
    properties: {
      type: { type: 'string', enum: ['FeatureCollection'] },
      features: { type: 'array', items: feature },
      links: { type: 'array', items: ref('schemas/Link') },
      timeStamp: { type: 'string', format: 'date-time' },
      numberMatched: { type: 'integer', minimum: 0 },
      numberReturned: { type: 'integer', minimum: 0 },
      handling: { type: 'string', description: 'TLP 2.0: the highest of the page.' },
    },
  };
  const featureId: Json = { name: 'featureId', in: 'path', required: true, schema: text };
  return {
    [own]: operation(`${id}.collection`, title, JSON_TYPE, ref('schemas/Document'), [], missing),
    [`${own}/items`]: operation(
      `${id}.items`,
      `${title}: a page`,
      GEOJSON_TYPE,
      page,
      [...asked, ...said],
      missing,
    ),
    [`${own}/items/{featureId}`]: operation(
      `${id}.item`,
      `${title}: one`,
      GEOJSON_TYPE,
      feature,
      [featureId, ...said],
      missing,
    ),
  };
}

function featureSchema({ columns, geometries }: FeatureSource): Json {
  return {
    type: 'object',
    required: ['type', 'id', 'geometry', 'properties'],
    properties: {
      type: { type: 'string', enum: ['Feature'] },
      id: text,
      geometry: {
        type: 'object',
        nullable: true,
        required: ['type', 'coordinates'],
        properties: {
          type: { type: 'string', enum: geometries },
          coordinates: { type: 'array', items: {} },
        },
      },
      properties: {
        type: 'object',
        properties: Object.fromEntries(columns.map((column) => [column.name, columnSchema(column)])),
      },
      links: { type: 'array', items: ref('schemas/Link') },
    },
  };
}

const TYPES: Readonly<Record<Column['type'], Json>> = {
  text,
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  instant: { type: 'string', format: 'date-time' },
  list: { type: 'array', items: text },
  json: { type: 'array', items: { type: 'object' } },
};

function columnSchema({ type }: Column): Json {
  return { ...TYPES[type], nullable: true };
}
