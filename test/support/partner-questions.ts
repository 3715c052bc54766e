/** Everything that a partner key can ask over HTTP: each root field of its schema with every set of its arguments, good values and bad, and each address of `/views`. */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { Random } from '../../src/kernel/random.ts';

export interface PartnerQuestion {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  /** The answer's ETag is sent with it once more. */
  readonly again?: boolean;
}

/** Words that mean something to the hub that is asked, good ones and bad ones: the same for every world. */
export interface KnownWords {
  readonly views: readonly string[];
  readonly epochs: readonly number[];
  readonly checkpoint: string;
  readonly organisations: readonly string[];
  readonly ids: readonly string[];
}

/** `draws` for each set of arguments. */
export function partnerQuestions(
  schema: GraphQLSchema,
  words: KnownWords,
  random: Random,
  draws: number,
): readonly PartnerQuestion[] {
  const roots = [
    ...Object.values(schema.getQueryType()?.getFields() ?? {}).map((field) => ['query', field] as const),
    ...Object.values(schema.getMutationType()?.getFields() ?? {}).map(
      (field) => ['mutation', field] as const,
    ),
  ];
  return [
    ...roots.flatMap(([kind, field]) =>
      argumentSets(field.args).flatMap((args) =>
        Array.from({ length: args.length === 0 ? 1 : draws }, () => post(kind, field, args, words, random)),
      ),
    ),
    ...words.views.flatMap((name) => ofView(name, words)),
    ...malformed(roots.map(([, { name }]) => name)),
    ...addresses(words),
  ];
}

/** Every subset of what is declared: what is required is left out too. */
function argumentSets(args: readonly GraphQLArgument[]): readonly (readonly GraphQLArgument[])[] {
  return args.reduce<readonly (readonly GraphQLArgument[])[]>(
    (sets, argument) => [...sets, ...sets.map((set) => [...set, argument])],
    [[]],
  );
}

function post(
  kind: 'query' | 'mutation',
  field: GraphQLField<unknown, unknown>,
  args: readonly GraphQLArgument[],
  words: KnownWords,
  random: Random,
): PartnerQuestion {
  const declared = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const query = `${kind}${declared === '' ? '' : ` (${declared})`} { ${field.name}${passed === '' ? '' : `(${passed})`} ${selectionOf(field.type)} }`;
  const variables = Object.fromEntries(
    args.map((argument) => [argument.name, valueOf(argument.type, argument.name, words, random)]),
  );
  return graphqlPost(`${field.name}(${args.map(({ name }) => name).join(', ')})`, query, variables);
}

export function graphqlPost(name: string, query: string, variables: object = {}): PartnerQuestion {
  return { name, method: 'POST', path: '/graphql', body: JSON.stringify({ query, variables }) };
}

/** All there is below a field. */
export function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isUnionType(named))
    return `{ __typename ${named
      .getTypes()
      .map((member) => `... on ${member.name} ${selectionOf(member)}`)
      .join(' ')} }`;
  if (!isObjectType(named)) return '{ __typename }';
  return `{ ${Object.values(named.getFields())
    .map((field) => `${field.name} ${selectionOf(field.type)}`)
    .join(' ')} }`;
}

const ODD: readonly unknown[] = [
  null,
  '',
  -1,
  1.5,
  2 ** 31,
  true,
  [],
  {},
  'x'.repeat(300),
  '\u0000',
  "'; --",
];

function valueOf(type: GraphQLInputType, name: string, words: KnownWords, random: Random): unknown {
  const one = <T>(of: readonly T[]): T => of[random.int(of.length)]!;
  if (random.int(5) === 0) return one(ODD);
  if (isNonNullType(type)) return valueOf(type.ofType, name, words, random);
  if (isListType(type))
    return Array.from({ length: random.int(3) }, () => valueOf(type.ofType, name, words, random));
  if (isEnumType(type)) return one([...type.getValues().map((value) => value.name), 'NONE']);
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields()).map((field) => [
        field.name,
        valueOf(field.type, field.name, words, random),
      ]),
    );
  if (getNamedType(type).name === 'Int') return one([0, 1, 2, 3, ...words.epochs, 99]);
  if (name === 'since') return one([words.checkpoint, `${words.checkpoint}x`, 'nothing']);
  if (name === 'idempotencyKey') return `question-${random.int(1_000_000_000)}`;
  return one([...words.views, ...words.organisations, ...words.ids, 'nowhere', 'AAAA', '+9779800000000']);
}

/** Each view at each epoch, and with versions that are none. */
function ofView(name: string, { epochs }: KnownWords): readonly PartnerQuestion[] {
  const all =
    'name version title query layer notice at { epoch publishedAt until digest } epochs { epoch publishedAt until digest } cells { originCountry destinationCountry cell period persons incidents } gone { originCountry destinationCountry cell period persons incidents } features { id geometry } goneFeatures { id }';
  return [null, ...epochs, 99].flatMap((since) =>
    [null, 1].map((version) =>
      graphqlPost(
        `sharedView ${name} since ${since} of version ${version}`,
        `query ($name: String!, $since: Int, $version: Int) { sharedView(name: $name, changedSince: $since, version: $version) { ${all} } }`,
        { name, since, version },
      ),
    ),
  );
}

function malformed(roots: readonly string[]): readonly PartnerQuestion[] {
  return [
    ['syntax', '{ sharedViews {'],
    ['records', '{ movements { totalCount } }'],
    ['flows', '{ flows(groupBy: [YEAR]) { incidents } }'],
    ['proposals', '{ sharedViewProposals { id } }'],
    ['fields', '{ sharedViews { contributors } }'],
    ['suggested', '{ sharedVieww { name } }'],
    ['introspection', '{ __schema { types { name fields { name } } } }'],
    ['aliases', `{ ${Array.from({ length: 20 }, (_, at) => `a${at}: sharedViews { name }`).join(' ')} }`],
    ['twice', '{ a: sharedViews { name } b: sharedViews { epochs { digest } } }'],
    ['subscription', 'subscription { sharedViews { name } }'],
    ...roots.map((root) => [`bare ${root}`, `{ ${root} }`]),
    ...roots.map((root) => [
      `unknown argument of ${root}`,
      `{ ${root}(filter: { owners: ["x"] }) { __typename } }`,
    ]),
  ].map(([name, query]) => graphqlPost(name!, query!));
}

function addresses({ views, epochs }: KnownWords): readonly PartnerQuestion[] {
  const get = (path: string): PartnerQuestion => ({ name: path, method: 'GET', path, again: true });
  return [
    get('/views'),
    get('/views/nowhere'),
    get('/views/nowhere.geojson'),
    ...views.flatMap((name) => [
      get(`/views/${name}`),
      get(`/views/${name}.geojson`),
      get(`/views/${name}?version=1`),
      get(`/views/${name}?version=7`),
      get(`/views/${name}?changedSince=x`),
      get(`/views/${name}?owner=a&origin=NPL`),
      ...[...epochs, 0, 99].flatMap((epoch) => [
        get(`/views/${name}?changedSince=${epoch}`),
        get(`/views/${name}.geojson?changedSince=${epoch}`),
      ]),
    ]),
    ...['/tiles/corridors/2/2/1.mvt', '/exports/movements.csv', '/graphql', '/metrics-of-nobody'].map(get),
  ];
}
