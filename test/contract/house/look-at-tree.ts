/** Both kinds of house rules over a tree on disk, and how much was looked at: a check that saw nothing has not passed. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import { CRUISE_OPTIONS, IMPORT_RULES } from './import-rules.ts';
import { lookAtSource, type Violation } from './source-rules.ts';

export interface Look {
  readonly looked: number;
  readonly violations: readonly Violation[];
}

const PARTS = ['src', 'seeds', 'bench'] as const;

/** Every TypeScript file under src, seeds and bench of `root`, by relative path with forward slashes. */
export function sourceFiles(root: string): readonly string[] {
  return PARTS.flatMap((part) =>
    readdirSync(path.join(root, part), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
      .map((file) => path.posix.join(part, file.replaceAll(path.sep, '/'))),
  ).sort();
}

export function lookAtTexts(root: string): Look {
  const files = sourceFiles(root);
  const violations = files.flatMap((file) => lookAtSource(file, readFileSync(path.join(root, file), 'utf8')));
  return { looked: files.length, violations };
}

/** Cruises the tree; `looked` counts modules of the tree itself, not packages. */
export async function lookAtImports(root: string): Promise<Look> {
  const { output } = await cruise([...PARTS], {
    ...CRUISE_OPTIONS,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: [...IMPORT_RULES] },
  });
  if (typeof output === 'string') throw new TypeError('found a printed report, wanted the cruise result');
  const own = new Set(sourceFiles(root));
  return {
    looked: output.modules.filter(({ source }) => own.has(source)).length,
    violations: output.summary.violations.map(({ from, to, rule }) => ({
      rule: rule.name,
      file: from,
      found: to,
      wanted: IMPORT_RULES.find(({ name }) => name === rule.name)?.comment ?? '',
    })),
  };
}
