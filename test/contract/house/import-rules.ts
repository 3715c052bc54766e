/** Who may import whom: architecture's order of folders and its private doors, as rules that dependency-cruiser checks. */
import type { ICruiseOptions, IForbiddenRuleType, IRegularForbiddenRuleType } from 'dependency-cruiser';

/** A folder imports only folders above it. The files beside them (main, config, schema) wire, and are exempt. */
export const FOLDER_ORDER = [
  'kernel',
  'geo',
  'platform',
  'vault',
  'access',
  'audit',
  'graphql',
  'places',
  'intake',
  'records',
  'analysis',
  'sharing',
  'people',
  'serving',
  'http',
  'cli',
  'dashboard',
] as const;

/** Every slice stands on these; their stores and views are their public face. */
const FOUNDATIONS = ['platform', 'vault', 'access', 'audit', 'graphql'] as const;

const TEST = '\\.test\\.ts$';
const DRIVERS =
  '(^|/)node_modules/(knex|pg|pg-[^/]+|@electric-sql/[^/]+)/|^(knex|pg|pg-[^/]+|@electric-sql/.+)$';
const TURF = '(^|/)node_modules/@turf/|^@turf/';

export const IMPORT_RULES: readonly IForbiddenRuleType[] = [
  ...FOLDER_ORDER.slice(0, -1).map((folder, index) =>
    error(
      `order-${folder}`,
      `src/${folder} comes before what it imports here. Move the importing code to the later folder (the later slice ` +
        'owns both ends of an edge), append to the outbox, or move the shared pure part up.',
      { path: `^src/${folder}/` },
      { path: `^src/(${FOLDER_ORDER.slice(index + 1).join('|')})/` },
    ),
  ),
  error(
    'dashboard-knows-the-schema-only',
    'The dashboard runs in a browser and talks GraphQL. Ask for it through schema/ instead of importing the server.',
    { path: '^src/dashboard/' },
    { path: '^src/(?!dashboard/)' },
  ),
  error(
    'dashboard-runs-in-a-browser',
    'This is built for a browser, where Node is not. Ask the hub for it, or use what browsers have.',
    { path: '^src/dashboard/', pathNot: TEST },
    { dependencyTypes: ['core'] },
  ),
  error(
    'known-folder',
    'This folder has no place in the order yet. Decide what it may import and add it to FOLDER_ORDER, and to docs/architecture.md.',
    { path: `^src/(?!(${FOLDER_ORDER.join('|')})/)[^/]+/` },
    {},
  ),
  error(
    'no-private-door',
    "Another slice's store, view, job and resolver are private. Use its service, its loader or its pure domain files, " +
      'or read the rows with a view of your own.',
    { path: '^src/(.+)/[^/]+$' },
    {
      path: '\\.(store|view|job|resolver)\\.ts$',
      pathNot: ['^src/$1/', `^src/(${FOUNDATIONS.join('|')})/`],
    },
  ),
  error(
    'no-cycle',
    'These files import each other, by way of "via". Take what both need into a third, earlier one.',
    {},
    { circular: true },
  ),
  error(
    'no-barrel',
    'Import the file that holds it. Files named index hide where things live and make cycles.',
    { path: '^(src|seeds|bench|test)/' },
    { path: '(^|/)index\\.[cm]?[jt]s$', pathNot: 'node_modules' },
  ),
  error(
    'turf-through-one-door',
    'Turf is wrong across 180° and in its clustering. Call src/geo/turf.ts, which unwraps first, or add the function there.',
    // Benches may time Turf beside our own code.
    { path: '^(src|seeds)/', pathNot: ['^src/geo/turf\\.ts$', TEST] },
    { path: TURF },
  ),
  error(
    'drivers-in-platform-only',
    'Only src/platform talks to a database driver. Take a Queryable, SecuredDatabase or UnrestrictedDatabase instead.',
    { path: '^(src|seeds)/', pathNot: '^src/platform/' },
    { path: DRIVERS },
  ),
  error(
    'seeds-stand-apart',
    'The demo writes the files that organisations send, so it must not know how the hub reads them: kernel and geo only.',
    { path: '^seeds/', pathNot: TEST },
    { path: '^(src/(?!kernel/|geo/)|test/|bench/)' },
  ),
  error(
    'seeds-are-for-commands',
    'The product must run without its demo. Only the command line and the wiring load seeds.',
    { path: '^src/.+/', pathNot: ['^src/cli/', TEST] },
    { path: '^seeds/' },
  ),
  error(
    'product-without-tests',
    'What is shipped may not import tests or benches. Move the shared part into src.',
    { path: '^(src|seeds)/', pathNot: TEST },
    { path: '^(test|bench)/' },
  ),
  error(
    'no-development-package',
    'This package is not there after npm ci --omit=dev. Make it a dependency, or move the code to test/ or bench/.',
    { path: '^(src|seeds)/', pathNot: TEST },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  ),
  error(
    'resolvable',
    'This import finds nothing: a typing mistake, or a package that is not in package.json.',
    {},
    { couldNotResolve: true },
  ),
];

/** How dependency-cruiser reads the tree: type-only imports count, packages are not followed. */
export const CRUISE_OPTIONS: ICruiseOptions = {
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '^dist/' },
  tsPreCompilationDeps: true,
  parser: 'swc',
  tsConfig: { fileName: 'tsconfig.json' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'default', 'types'],
  },
} as const;

function error(
  name: string,
  comment: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
): IForbiddenRuleType {
  return { name, comment, severity: 'error', from, to };
}
