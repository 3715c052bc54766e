/** Operations drawn from the schema by number: aliases, fragments, directives, repeated fields, variables with defaults, and mistakes. */
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import type { Random } from '../../src/kernel/random.ts';

export interface DrawnOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Material {
  /** Slugs of owners. */
  readonly owners: readonly string[];
  /** Of records, in no order. */
  readonly ids: readonly string[];
  /** Cursors of answers so far, by root field. */
  readonly cursors: ReadonlyMap<string, readonly string[]>;
}

const ROOTS = ['movements', 'movements', 'incidents', 'crossings', 'flows'] as const;
/** What the fast path leaves to ordinary execution is drawn now and then only. */
const SELDOM = new Set([
  'comments',
  'independence',
  'entities',
  'statements',
  'interdictions',
  'legalCases',
  'redFlagTotals',
  'indicators',
  'counts',
  'howKnown',
  'detectionsPerStaffMonth',
  'observed',
  'reported',
  'history',
  'acknowledgements',
  'recipients',
  'attachments',
  'sourceWithdrawn',
  'incidents',
  'movements',
  'borderCountries',
]);
/** A figure of flows has the name of such an edge. */
const FIGURES = new Set(['movements', 'incidents']);

interface Drawing {
  readonly random: Random;
  readonly schema: GraphQLSchema;
  readonly material: Material;
  readonly definitions: string[];
  readonly variables: Record<string, unknown>;
  readonly fragments: string[];
  aliases: number;
  directives: number;
}

export function drawOperation(random: Random, schema: GraphQLSchema, material: Material): DrawnOperation {
  const drawing: Drawing = {
    random,
    schema,
    material,
    definitions: [],
    variables: {},
    fragments: [],
    aliases: 0,
    directives: 0,
  };
  const roots = Array.from({ length: random.int(8) === 0 ? 2 : 1 }, (_, index) => root(drawing, index));
  if (random.int(12) === 0) roots.push('__typename');
  const head = drawing.definitions.length === 0 ? '' : `query Drawn(${drawing.definitions.join(', ')}) `;
  return {
    query: `${head}{ ${roots.join(' ')} } ${drawing.fragments.join(' ')}`,
    variables: drawing.variables,
  };
}

function root(drawing: Drawing, index: number): string {
  const { random, schema } = drawing;
  const name = pick(random, ROOTS);
  const type = namedObject(schema, 'Query', name);
  const alias = index > 0 ? `other${index}: ` : '';
  const args = name === 'flows' ? flowArguments(drawing) : listArguments(drawing, name);
  const below = name === 'flows' ? selection(drawing, type, 3) : connection(drawing, type);
  return `${alias}${name}${args.length === 0 ? '' : `(${args.join(', ')})`} ${directive(drawing)}${below}`;
}

function connection(drawing: Drawing, type: GraphQLObjectType): string {
  const { random } = drawing;
  const node = namedObject(drawing.schema, type.name, 'nodes');
  const parts = [
    () => `nodes ${selection(drawing, node, 0)}`,
    () => `edges { cursor ${random.int(2) === 0 ? `node ${selection(drawing, node, 0)}` : '__typename'} }`,
    () => 'pageInfo { hasNextPage endCursor }',
    () => pick(random, ['totalCount', 'countUpTo', 'countUpTo(limit: 3)', 'some: countUpTo(limit: -1)']),
    () => '__typename',
  ];
  const chosen = parts.filter((_, index) => random.int(index === 0 ? 5 : 3) !== (index === 0 ? 0 : 1));
  const drawn = (chosen.length === 0 ? parts.slice(0, 1) : chosen).map((part) => part());
  return wrapped(drawing, type, drawn);
}

function selection(drawing: Drawing, type: GraphQLObjectType, depth: number): string {
  const { random } = drawing;
  const fields = Object.values(type.getFields()).filter((field) => {
    if (field.args.length > 0) return false;
    const isFigure = type.name === 'FlowGroup' && FIGURES.has(field.name);
    if (SELDOM.has(field.name) && !isFigure && random.int(60) > 0) return false;
    return (
      depth < 4 || !isObjectType(getNamedType(field.type)) || ['persons', 'position'].includes(field.name)
    );
  });
  const many = 1 + random.int(depth < 2 ? 7 : 4);
  const drawn = Array.from({ length: many }, () => {
    if (random.int(15) === 0) return '__typename';
    const field = pick(random, fields);
    const below = getNamedType(field.type);
    const alias = drawing.aliases < 12 && random.int(9) === 0 ? aliasOf(drawing, field.name) : '';
    const set = isObjectType(below) ? ` ${selection(drawing, below, depth + 1)}` : '';
    return `${alias}${field.name} ${directive(drawing)}${set}`;
  });
  return wrapped(drawing, type, drawn);
}

/** The same field under one alias merges; another field under it is a mistake that validation tells. */
function aliasOf(drawing: Drawing, name: string): string {
  drawing.aliases += 1;
  return drawing.random.int(40) === 0 ? 'clash: ' : `my_${name}: `;
}

function wrapped(drawing: Drawing, type: GraphQLObjectType, drawn: readonly string[]): string {
  const { random } = drawing;
  const some = random.int(6);
  if (some > 2 || drawn.length < 2) return `{ ${drawn.join(' ')} }`;
  const at = 1 + random.int(drawn.length - 1);
  // Shared by both halves now and then, so that fields repeat and merge.
  const [before, after] = [drawn.slice(0, at), drawn.slice(random.int(2) === 0 ? at : at - 1)];
  if (some === 0) return `{ ${before.join(' ')} ... ${directive(drawing)}{ ${after.join(' ')} } }`;
  if (some === 1) return `{ ... on ${type.name} { ${after.join(' ')} } ${before.join(' ')} }`;
  const name = `f${drawing.fragments.length}`;
  drawing.fragments.push(`fragment ${name} on ${type.name} { ${after.join(' ')} }`);
  return `{ ${before.join(' ')} ...${name} ${random.int(3) === 0 ? `...${name}` : ''} }`;
}

function directive(drawing: Drawing): string {
  const { random } = drawing;
  if (drawing.directives >= 5 || random.int(14) > 0) return '';
  drawing.directives += 1;
  const which = pick(random, ['@skip', '@include']);
  const value = random.int(2) === 0;
  if (random.int(2) === 0) return `${which}(if: ${value}) `;
  return `${which}(if: ${variable(drawing, 'Boolean!', value, random.int(2) === 0 ? 'true' : null)}) `;
}

/** A variable that holds the value, or is not given and has a default. */
function variable(drawing: Drawing, type: string, value: unknown, fallback: string | null = null): string {
  const name = `v${drawing.definitions.length}`;
  drawing.definitions.push(`$${name}: ${type}${fallback === null ? '' : ` = ${fallback}`}`);
  if (fallback === null || drawing.random.int(2) === 0) drawing.variables[name] = value;
  return `$${name}`;
}

function listArguments(drawing: Drawing, name: string): string[] {
  const { random, material } = drawing;
  const args: string[] = [];
  const first = pick(random, [
    1,
    2,
    3,
    5,
    5,
    20,
    50,
    500,
    random.int(20) === 0 ? 0 : 7,
    random.int(30) === 0 ? 501 : 9,
  ]);
  const written = random.int(3);
  if (written === 0) args.push(`first: ${first}`);
  if (written === 1)
    args.push(`first: ${variable(drawing, 'Int!', random.int(30) === 0 ? 'five' : first, '4')}`);
  const cursors = material.cursors.get(name) ?? [];
  if (random.int(3) === 0) {
    const after = random.int(25) === 0 ? 'no cursor' : cursors.length === 0 ? null : pick(random, cursors);
    args.push(
      random.int(2) === 0
        ? `after: ${JSON.stringify(after)}`
        : `after: ${variable(drawing, 'String', after)}`,
    );
  }
  const filter = pick(random, ['Movement', 'Movement', 'none', 'null']);
  if (filter === 'null') args.push('filter: null');
  else if (filter !== 'none') args.push(filterArgument(drawing, name));
  return args;
}

const FILTER_OF: Readonly<Record<string, string>> = {
  movements: 'MovementFilter',
  flows: 'MovementFilter',
  incidents: 'IncidentFilter',
  crossings: 'CrossingFilter',
};

function filterArgument(drawing: Drawing, name: string): string {
  const { random } = drawing;
  const value = drawFilterValue(drawing, name);
  if (random.int(3) > 0) return `filter: ${variable(drawing, FILTER_OF[name] ?? '', value)}`;
  return `filter: ${literal(value)}`;
}

class Bare {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  toJSON(): string {
    return this.name;
  }
}

function literal(value: unknown): string {
  if (value instanceof Bare) return value.name;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${key}: ${literal(each)}`)
      .join(', ')} }`;
  return JSON.stringify(value);
}

const some = <T>(random: Random, list: readonly T[]): T[] => list.filter(() => random.int(3) === 0);
const words = (random: Random, ...names: readonly string[]): Bare[] =>
  some(random, names).map((name) => new Bare(name));

function drawFilterValue({ random, material }: Drawing, root: string): Readonly<Record<string, unknown>> {
  const rarely = random.int(25) === 0;
  const common: readonly (() => Readonly<Record<string, unknown>>)[] = [
    () => ({ area: area(random) }),
    () => ({ area: area(random) }),
    () => ({ occurred: span(random) }),
    () => ({ owners: [...some(random, material.owners), 'no-such'] }),
    () => ({ asKnownAt: pick(random, [null, null, null, '2026-05-15T00:00:00.000Z']) }),
  ];
  const own: Readonly<Record<string, readonly (() => Readonly<Record<string, unknown>>)[]>> = {
    movements: [
      () => ({ ids: rarely ? ['no id'] : some(random, material.ids) }),
      () => ({
        countries: [{ country: rarely ? 'Nepal' : pick(random, ['NPL', 'IND', 'BGD']), ...role(random) }],
      }),
      () => ({ purposes: words(random, 'TRAFFICKING', 'RETURN', 'UNKNOWN') }),
      () => ({ modes: words(random, 'BUS', 'TRAIN', 'FOOT', 'UNKNOWN', 'MIXED') }),
      () => ({ verifications: words(random, 'UNVERIFIED', 'EVIDENCE', 'HIGH_RISK', 'SHOULD_NOT_COUNT') }),
      () => ({
        gradeAtLeast: {
          reliability: new Bare('C'),
          ...(random.int(2) === 0 && { credibility: rarely ? 9 : 3 }),
        },
      }),
      () => ({ waypointKinds: words(random, 'OBSERVED', 'STATED') }),
      () => ({ areaOf: new Bare(pick(random, ['ORIGIN', 'DESTINATION', 'CROSSING'])), area: area(random) }),
    ],
    incidents: [
      () => ({ ids: some(random, material.ids) }),
      () => ({ kinds: some(random, ['intercept', 'recovery', 'death']) }),
      () => ({ populations: words(random, 'TRAFFICKING', 'DEATHS') }),
      () => ({ countries: [rarely ? 'npl' : 'NPL', 'IND'] }),
      () => ({ verifications: words(random, 'UNVERIFIED', 'EVIDENCE') }),
    ],
    crossings: [
      () => ({ border: rarely ? ['NPL'] : ['NPL', 'IND'] }),
      () => ({ kinds: words(random, 'OBSERVED', 'INFERRED', 'STATED') }),
    ],
  };
  const makers = [...common, ...(own[root === 'flows' ? 'movements' : root] ?? [])];
  const parts = Array.from({ length: random.int(3) }, () => pick(random, makers)());
  return Object.assign({}, ...parts) as Record<string, unknown>;
}

function role(random: Random): Readonly<Record<string, unknown>> {
  return random.int(2) === 0 ? {} : { role: new Bare(pick(random, ['SOURCE', 'TRANSIT', 'DESTINATION'])) };
}

function area(random: Random): Readonly<Record<string, unknown>> {
  const west = 60 + random.int(40);
  const south = 10 + random.int(25);
  if (random.int(25) === 0) return {};
  if (random.int(25) === 0) return { bbox: { west, south, east: west + 1, north: south - 1 } };
  if (random.int(4) === 0)
    return { within: { longitude: west, latitude: south, km: 50 + random.int(1_500) } };
  return { bbox: { west, south, east: west + 1 + random.int(20), north: south + 1 + random.int(15) } };
}

function span(random: Random): Readonly<Record<string, unknown>> {
  const year = 2023 + random.int(4);
  const [from, to] = [
    `${year}-0${1 + random.int(6)}-01T00:00:00Z`,
    `${year}-0${4 + random.int(6)}-15T12:30:00Z`,
  ];
  return pick(random, [{ from, to }, { from }, { to }, {}, { from: to, to }]);
}

function flowArguments(drawing: Drawing): string[] {
  const { random } = drawing;
  const dimensions = some(random, [
    'ORIGIN_COUNTRY',
    'DESTINATION_COUNTRY',
    'TRANSIT_COUNTRY',
    'YEAR',
    'MODE',
    'OWNER',
    'SEX',
    'ORIGIN_CELL',
  ]).map((name) => new Bare(name));
  const grouped =
    random.int(2) === 0 ? literal(dimensions) : variable(drawing, '[FlowDimension!]!', dimensions);
  const args = [`groupBy: ${grouped}`];
  if (random.int(3) === 0) args.push(`first: ${pick(random, [1, 5, 100, 0])}`);
  if (random.int(4) === 0) args.push('having: [{ figure: MOVEMENTS, atLeast: 2 }]');
  if (random.int(4) === 0)
    args.push(
      `orderBy: [{ figure: ${pick(random, ['MOVEMENTS', 'PERSONS', 'INCIDENTS'])}, direction: ASCENDING }]`,
    );
  if (random.int(2) === 0) args.push(filterArgument(drawing, 'flows'));
  return args;
}

function namedObject(schema: GraphQLSchema, parent: string, field: string): GraphQLObjectType {
  const type = schema.getType(parent);
  const below = isObjectType(type) ? getNamedType(type.getFields()[field]?.type) : undefined;
  if (!isObjectType(below)) throw new Error(`found no objects at ${parent}.${field}`);
  return below;
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.int(list.length)] as T;
}
