/** What the dashboard asks is in the published schema, and what it says is in its catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.join(repository, 'src', 'dashboard');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'),
);
const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');

describe('the dashboard', () => {
  it('asks only what the published schema has', () => {
    const schema = buildSchema(readFileSync(path.join(repository, 'schema', 'schema.graphql'), 'utf8'));
    const questions = files.flatMap((file) =>
      [...read(file).matchAll(/`((?:query|mutation) [\s\S]*?)`/g)].map(([, text = '']) => ({ file, text })),
    );
    expect(questions.length).toBeGreaterThan(9);
    const wrong = questions.flatMap(({ file, text }) =>
      validate(schema, parse(text)).map(({ message }) => `${file}: ${message}`),
    );
    expect(wrong).toEqual([]);
  });

  it('holds no words outside its catalogue', () => {
    const spoken = files
      .filter((file) => file.endsWith('.tsx'))
      .flatMap((file) => {
        const code = read(file).replaceAll(/`[\s\S]*?`|\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
        // Between an end of a tag and a beginning of another, or in a label: two letters in a row are a word.
        const texts = [...code.matchAll(/(?<![=-])>\s*([^<>{}();=|&]*[A-Za-z]{2,}[^<>{}();=|&]*)\s*</g)];
        const labels = [...code.matchAll(/(?:aria-label|title|placeholder|alt)="([^"]*[A-Za-z]{3,}[^"]*)"/g)];
        return [...texts, ...labels].map(([, text = '']) => `${file}: ${text.trim()}`);
      });
    expect(spoken).toEqual([]);
  });

  it('keeps no key, no session and no answer where a script finds it', () => {
    // Colours, the language, the day of the last visit, and the texts of queries that somebody wrote.
    const keeping = [
      path.join('shell', 'theme.ts'),
      path.join('words', 'language.ts'),
      path.join('shell', 'last-visit.ts'),
      path.join('query', 'kept-queries.ts'),
    ];
    for (const file of files) {
      const text = read(file);
      expect({ file, found: /document\.cookie|indexedDB/.exec(text)?.[0] }).toEqual({ file });
      if (!keeping.includes(file))
        expect({ file, kept: /(?:session|local)Storage/.exec(text)?.[0] }).toEqual({ file });
    }
  });
});
