/** What a file of the house may say and be called: rules that no import shows, each telling the offender what to do. */
import path from 'node:path';
import { parseSync } from '@swc/core';

export interface Violation {
  readonly rule: string;
  readonly file: string;
  readonly found: string;
  readonly wanted: string;
}

/** The most lines a file may have; past it, it is one algorithm or it is two files. Tests and benches are free. */
const MOST_LINES = 250;
/** A catalogue of words is one list, however long. */
const MAY_BE_LONG = /^src\/dashboard\/words\//;
const NAMELESS = ['util', 'utils', 'helper', 'helpers', 'manager', 'data', 'info', 'common', 'misc'];
/** Besides stores and views: loaders and tiles of a slice, and `.sql` files, pure builders of the SQL that views share. */
const MAY_HOLD_SQL = /^src\/platform\/|\.(store|view|loader|tile|sql)\.ts$/;
const MAY_GO_UNRESTRICTED =
  /^src\/(platform|access|audit)\/|^src\/[^/]+\.ts$|\.(store|service|job)\.ts$|^src\/cli\//;

/** Words that mean somebody will be hurt, misled, or must come back later. */
const BANNED_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(TODO|FIXME|XXX|HACK)\b/, 'do it, or write down what is missing in docs/'],
  [/@ts-(ignore|nocheck|expect-error)/, 'a type that says what is there'],
  [/ActualVictimOfTrafficking/, 'PossibleVictimOfTrafficking: the hub never decides who is a victim'],
  [/\billegal (im)?migrants?\b/i, "the field's own words: a person, a movement, a possible victim"],
  [/(["'`])\/(home|work|root|tmp|Users)\//, 'a path from the configuration or the arguments'],
];

/** Which decorators of type-graphql stand in which kind of file; an input of one resolver only may stand beside it. */
const ROLES: Readonly<Record<string, RegExp>> = {
  Resolver: /\.resolver\.ts$/,
  ObjectType: /\.type\.ts$/,
  InterfaceType: /\.type\.ts$/,
  InputType: /\.(input|resolver)\.ts$/,
  ArgsType: /\.(input|resolver)\.ts$/,
};

/**
 * Everything wrong with one file. `file` is relative to the repository with forward slashes.
 * Only names are looked at in tests and benches: they may hold SQL, and be long.
 */
export function lookAtSource(file: string, text: string): readonly Violation[] {
  const say = (rule: string, found: string, wanted: string): Violation => ({ rule, file, found, wanted });
  const named = nameless(file).map((word) =>
    say('say-what-it-holds', word, 'a name that says what the file holds'),
  );
  if (/\.test\.tsx?$/.test(file) || !/^(src|seeds)\//.test(file)) return named;
  const lines = text.split('\n').length - 1;
  const tree = look(text, file.endsWith('.tsx'));
  return [
    ...named,
    ...(lines > MOST_LINES && !MAY_BE_LONG.test(file)
      ? [say('at-most-250-lines', `${lines} lines`, 'one algorithm, or two files')]
      : []),
    ...(/^\/\*\*|^\/\/ |^#!/.test(text)
      ? []
      : [say('opens-with-its-sentence', text.slice(0, 40), '/** what the file is about */')]),
    ...BANNED_WORDS.flatMap(([word, wanted]) =>
      word.test(text) ? [say('banned-word', word.source, wanted)] : [],
    ),
    ...(tree.readsEnvironment && file !== 'src/config.ts'
      ? [
          say(
            'environment-in-config-only',
            'process.env',
            'a setting of src/config.ts, passed in as an argument',
          ),
        ]
      : []),
    ...(tree.enums.length > 0
      ? [say('no-enums', tree.enums.join(', '), 'a const list and its union type')]
      : []),
    ...(MAY_HOLD_SQL.test(file)
      ? []
      : tree.texts
          .filter(isSql)
          .map((sql) => say('sql-in-stores-and-views', snippet(sql), 'a .store.ts or .view.ts'))),
    ...(MAY_GO_UNRESTRICTED.test(file)
      ? []
      : tree.unrestricted.map((name) =>
          say('no-store-without-a-viewer', name, 'a SecuredDatabase and the viewer'),
        )),
    ...tree.decorators.flatMap((name) => {
      const suffix = ROLES[name];
      return suffix === undefined || suffix.test(file)
        ? []
        : [say('role-by-suffix', `@${name}`, `a file whose name matches ${suffix.source}`)];
    }),
  ];
}

/** SQL as it is written, in lower or upper case: a sentence that begins with "Select" is none. */
export function isSql(written: string): boolean {
  const text = written.replaceAll(/\b[A-Z]{2,}\b/g, (word) => word.toLowerCase());
  return SQL_SIGNS.some((sign) => sign.test(text));
}

const SQL_SIGNS: readonly RegExp[] = [
  /(^|\()\s*(select|with)\s[\s\S]*\s(from|as)\s/,
  /(^|[\s(;])(insert\s+into|delete\s+from|truncate\s+table|(create|alter|drop)\s+(table|index|view|role|policy|function))\s+\S/,
  /^\s*update\s+\S+\s+set\s/,
  /(^|\s)(where|and|or)\s+[\w.]+\s*(=|<>|>=|<=|in|is)\s*(\$\d|\?|any\s*\(|null\b|\()/,
  /(^|\s)(order|group)\s+by\s+[\w.]+(,|\s+(asc|desc)\b|$)/,
];

interface Seen {
  readonly texts: string[];
  readonly decorators: string[];
  readonly enums: string[];
  readonly unrestricted: string[];
  readsEnvironment: boolean;
}

function nameless(file: string): readonly string[] {
  const named = file.replace(/\.tsx?$/, '');
  if (path.posix.basename(named) === 'index') return ['index'];
  const words = named.split('/').flatMap((part) => part.split(/[-.]/));
  return words.filter((word) => NAMELESS.includes(word.toLowerCase()));
}

function snippet(sql: string): string {
  return sql.trim().replaceAll(/\s+/g, ' ').slice(0, 60);
}

function look(text: string, tsx: boolean): Seen {
  const seen: Seen = { texts: [], decorators: [], enums: [], unrestricted: [], readsEnvironment: false };
  visit(parseSync(text, { syntax: 'typescript', tsx, decorators: true, target: 'es2024' }), seen);
  return seen;
}

/** A walk over whatever the parser gave: arguments, parameters and properties sit in plain objects that have no type. */
function visit(node: unknown, seen: Seen): void {
  if (typeof node !== 'object' || node === null) return;
  if (isNode(node)) note(node, seen);
  for (const [key, member] of Object.entries(node)) {
    // What stands in an import's "from" is a path, not a text.
    if (key !== 'source') visit(member, seen);
  }
}

function note(node: Node, seen: Seen): void {
  switch (node.type) {
    case 'ImportDeclaration':
      if (/^(node:)?process$/.test(valueOf(node.source)) && takesEnv(node.specifiers))
        seen.readsEnvironment = true;
      return;
    case 'StringLiteral':
      seen.texts.push(valueOf(node));
      return;
    case 'TemplateLiteral':
      seen.texts.push(Array.isArray(node.quasis) ? node.quasis.map(cookedOf).join('?') : '');
      return;
    case 'MemberExpression':
      if (valueOf(node.object) === 'process' && propertyOf(node) === 'env') seen.readsEnvironment = true;
      if (['unrestricted', 'unrestrictedAtOnce', 'asOwner'].includes(propertyOf(node)))
        seen.unrestricted.push(propertyOf(node));
      return;
    case 'Identifier':
      if (node.value === 'UnrestrictedDatabase' || node.value === 'UnrestrictedReads')
        seen.unrestricted.push(node.value);
      return;
    case 'Decorator':
      seen.decorators.push(decoratorName(node.expression));
      return;
    case 'TsEnumDeclaration':
      seen.enums.push(valueOf(node.id));
      return;
  }
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

function isNode(node: unknown): node is Node {
  return typeof node === 'object' && node !== null && 'type' in node && typeof node.type === 'string';
}

function valueOf(node: unknown): string {
  return isNode(node) && typeof node.value === 'string' ? node.value : '';
}

/** `a.b` and `a['b']` alike. */
function propertyOf(member: Node): string {
  const { property } = member;
  return isNode(property) && property.type === 'Computed' ? valueOf(property.expression) : valueOf(property);
}

function takesEnv(specifiers: unknown): boolean {
  return (
    Array.isArray(specifiers) &&
    specifiers.some((one) => isNode(one) && valueOf(one.imported ?? one.local) === 'env')
  );
}

function cookedOf(quasi: unknown): string {
  return isNode(quasi) && typeof quasi.cooked === 'string' ? quasi.cooked : '';
}

function decoratorName(expression: unknown): string {
  if (!isNode(expression)) return '';
  return expression.type === 'CallExpression' ? valueOf(expression.callee) : valueOf(expression);
}
