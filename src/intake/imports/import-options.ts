/** How a file was read besides its own bytes: the same file read otherwise says something else. */
import { createHash } from 'node:crypto';
import type { ImportRequest } from './import-types.ts';

export interface ImportOptions {
  /** null: as the profile says. */
  readonly zone: string | null;
  readonly order: string | null;
  readonly calendar: string | null;
  readonly serial: string | null;
  /** null: the one the profile names, or the first. Not there in imports made before workbooks were read. */
  readonly sheet?: string | null;
  /** SHA-256, in hexadecimal. */
  readonly profile: string;
  /** The same, by the lookup's name. */
  readonly lookups: Readonly<Record<string, string>>;
}

export function optionsOf({
  dates = {},
  profile,
  lookups = new Map(),
  sheet = null,
}: Pick<ImportRequest, 'dates' | 'profile' | 'lookups' | 'sheet'>): ImportOptions {
  // Neither changes what a row comes to.
  const { description: _told, $schema: _published, ...meaning } = profile;
  return {
    zone: dates.zone ?? null,
    order: dates.order ?? null,
    calendar: dates.calendar ?? null,
    serial: dates.serial ?? null,
    sheet,
    profile: digestOf([canonical(meaning)]),
    lookups: Object.fromEntries(
      [...lookups]
        .map(([name, rows]): [string, string] => {
          const lines = [...rows].map(([key, cells]) => canonical([key, cells]));
          return [name, digestOf(lines.sort())];
        })
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

/** In words, for whoever gave the file; empty when it is read as before. */
export function differencesOf(before: ImportOptions, now: ImportOptions): readonly string[] {
  const said = (value: string | null): string => value ?? 'as the profile says';
  const values = (
    [
      ['zone', before.zone, now.zone],
      ['date order', before.order, now.order],
      ['calendar', before.calendar, now.calendar],
      ['serial dates', before.serial, now.serial],
      ['sheet', before.sheet ?? null, now.sheet ?? null],
    ] as const
  ).flatMap(([name, was, is]) => (was === is ? [] : [`${name} was ${said(was)}, is ${said(is)}`]));
  const names = [...new Set([...Object.keys(before.lookups), ...Object.keys(now.lookups)])].sort();
  return [
    ...values,
    ...(before.profile === now.profile ? [] : ['the profile is not the same any more']),
    ...names
      .filter((name) => before.lookups[name] !== now.lookups[name])
      .map((name) => `the lookup file ${name} is not the same any more`),
  ];
}

/** Keys in one order, whoever wrote them. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function digestOf(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line).update('\n');
  return hash.digest('hex');
}
