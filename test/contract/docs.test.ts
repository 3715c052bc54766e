/** What the documents say of the code: names, commands, settings and tables that would otherwise go stale in silence. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../src/cli/command-list.ts';
import { NAMED_PROFILES } from '../../src/intake/formats/profiles/named.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(path.join(repository, file), 'utf8');
const found = (pattern: RegExp, text: string): string[] =>
  [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))].sort();

const readme = read('README.md');
const architecture = read('docs/architecture.md');
const documents = [
  'README.md',
  ...readdirSync(path.join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.posix.join('docs', file)),
];

describe('the README', () => {
  it('has the two commands, word for word', () => {
    expect(readme).toMatch(/^npm ci && npm start$/m);
    expect(readme).toMatch(/^npm ci && npm test$/m);
  });

  it('names scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...found(/npm run ([\w:-]+)/g, readme), 'start', 'test'];
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('names every command of the command line, and none that is not there', () => {
    const commands = found(/npx headwater ([a-z]+)/g, readme).filter((word) => word !== 'help');
    expect(commands).toEqual([...COMMAND_NAMES].sort());
  });

  it('names the profiles that come along', () => {
    const own = found(/--profile ([a-z-]+) /g, readme);
    expect(own.filter((name) => !NAMED_PROFILES.some((profile) => profile.name === name))).toEqual([]);
    for (const { name } of NAMED_PROFILES) expect(readme).toContain(`\`${name}\``);
  });

  it('has every setting that the configuration reads in its table', () => {
    const source = read('src/config.ts');
    const settings = [
      ...found(/environment\.(\w+)/g, source),
      ...found(/\(\s*environment,\s*'(\w+)'/g, source),
    ].filter((name) => name !== 'npm_lifecycle_event');
    expect(settings.length).toBeGreaterThan(9);
    const table = found(/^\| `([A-Z_]+)` \|/gm, readme);
    expect(table).toEqual([...new Set(settings)].sort());
  });
});

describe('docs/api.md', () => {
  it('lists every code that an error can carry, and none that is not answered', () => {
    const folders = ['src/graphql', 'src/http'];
    const sources = folders.flatMap((folder) =>
      readdirSync(path.join(repository, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => read(`${folder}/${file}`)),
    );
    const sets = [...read('src/graphql/error-mask.ts').matchAll(/new Set\(\[([^\]]*)\]\)/g)];
    expect(sets).toHaveLength(2);
    const answered = [
      ...sets.flatMap(([, list]) => found(/'([A-Z_]+)'/g, list ?? '')),
      ...sources.flatMap((text) => found(/\bcode: '([A-Z_]+)'/g, text)),
      ...sources.flatMap((text) => found(/refuseRequest\(\s*\w+,\s*\d+,\s*'([A-Z_]+)'/g, text)),
    ];
    expect(answered.length).toBeGreaterThan(14);
    const table = /## Errors\n([^]*?)\n## /.exec(read('docs/api.md'))?.[1] ?? '';
    const rows = table.split('\n').flatMap((line) => found(/`([A-Z_]+)`/g, line.split('|')[1] ?? ''));
    expect(rows.sort()).toEqual([...new Set(answered)].sort());
  });
});

describe('docs/architecture.md', () => {
  it('links every decision', () => {
    const decisions = readdirSync(path.join(repository, 'docs/adr'));
    expect(decisions.length).toBeGreaterThan(5);
    expect(decisions.filter((file) => !architecture.includes(`(adr/${file})`))).toEqual([]);
  });

  it('names every folder of src that holds a file, and none that is not there', () => {
    const folders = readdirSync(path.join(repository, 'src'), { withFileTypes: true })
      .filter(
        (entry) => entry.isDirectory() && readdirSync(path.join(repository, 'src', entry.name)).length > 0,
      )
      .map(({ name }) => name)
      .sort();
    expect(folders.length).toBeGreaterThan(10);
    expect(found(/^\| `src\/([a-z]+)\/` \|/gm, architecture)).toEqual(folders);
  });
});

describe('the documents', () => {
  it('name every table', () => {
    const migrations = readdirSync(path.join(repository, 'migrations')).filter((file) =>
      file.endsWith('.up.sql'),
    );
    const tables = migrations.flatMap((file) => found(/^create table (\w+)/gm, read(`migrations/${file}`)));
    expect(tables.length).toBeGreaterThan(30);
    const words = architecture + read('docs/glossary.md');
    expect(tables.filter((table) => !words.includes(`\`${table}\``))).toEqual([]);
  });

  it('point at files that are there', () => {
    const broken = documents.flatMap((document) =>
      [
        ...read(document).matchAll(
          /\]\(([^)#\s]+)[^)]*\)|`((?:src|test|docker|docs|bench|schema|migrations)\/[\w./-]+\.\w+)`/g,
        ),
      ]
        .map((match) =>
          match[1] === undefined ? (match[2] ?? '') : path.posix.join(path.posix.dirname(document), match[1]),
        )
        .filter((target) => !target.includes('://') && !existsSync(path.join(repository, target)))
        .map((target) => `${document}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('name tests that are there in the threat model', () => {
    const tests = found(/`((?:src|test)\/[\w./-]+\.test\.ts)`/g, read('docs/threat-model.md'));
    expect(tests.length).toBeGreaterThan(10);
    expect(tests.filter((file) => !existsSync(path.join(repository, file)))).toEqual([]);
  });

  it('hold nothing that is to be filled in later', () => {
    for (const document of documents) expect(read(document), document).not.toMatch(/@@|\bTODO\b|\bTBD\b/);
  });
});
