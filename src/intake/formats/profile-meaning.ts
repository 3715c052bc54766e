/** What a profile's shape cannot say: columns that are never read, zones that exist, lookups that are declared. */
import type { Reason } from '../../kernel/errors.ts';
import { columnKey } from './column-names.ts';
import { forbiddenTopic } from './forbidden.ts';
import { isZone } from './time-zones.ts';

interface Declared {
  readonly columns: {
    readonly required: readonly string[];
    readonly optional?: readonly string[] | undefined;
  };
  readonly identity?: readonly string[] | undefined;
  readonly grouping: 'row' | 'identity';
  readonly target?: string;
  readonly lookups?:
    | readonly { readonly name: string; readonly key: string; readonly columns: readonly string[] }[]
    | undefined;
}

/** Reasons why a well-shaped profile cannot work; none when it can. */
export function checkProfile(profile: Declared): readonly Reason[] {
  const reasons: Reason[] = [];
  const lookups = new Map((profile.lookups ?? []).map((lookup) => [lookup.name, lookup]));
  for (const column of columnsUsed(profile)) {
    const topic = forbiddenTopic(column);
    if (topic !== null)
      reasons.push({
        where: `profile, column ${column}`,
        found: topic,
        wanted: 'a column that is not always dropped',
      });
  }
  for (const { path, name, value } of members(profile, '')) {
    const where = `profile ${path}`;
    if (name === 'zone' && typeof value === 'string' && !isZone(value)) {
      reasons.push({ where, found: value, wanted: 'an IANA time zone, as Asia/Kathmandu' });
    }
    if (name === 'lookup' && isRecord(value)) {
      const lookup = lookups.get(String(value['file']));
      const known = lookup?.columns.map(columnKey) ?? [];
      if (lookup === undefined)
        reasons.push({ where, found: String(value['file']), wanted: 'a lookup the profile declares' });
      else if (!known.includes(columnKey(String(value['column'])))) {
        reasons.push({
          where,
          found: String(value['column']),
          wanted: `a column of ${lookup.name}: ${known.join(', ')}`,
        });
      }
    }
    if (name === 'place' || path.endsWith('origin') || path.endsWith('destination')) {
      if (isRecord(value) && 'latitude' in value !== 'longitude' in value) {
        reasons.push({ where, found: 'one coordinate', wanted: 'latitude and longitude' });
      }
    }
  }
  for (const { name, key, columns } of lookups.values()) {
    if (!columns.map(columnKey).includes(columnKey(key))) {
      reasons.push({ where: `profile, lookup ${name}`, found: key, wanted: 'a key among its columns' });
    }
  }
  if (profile.target === 'effort' && (profile.identity ?? []).length > 0) {
    reasons.push({
      where: 'profile identity',
      found: 'columns',
      wanted: 'none: a row of effort is known by its station, location and month',
    });
  }
  if (profile.grouping === 'identity' && (profile.identity ?? []).length === 0) {
    reasons.push({
      where: 'profile identity',
      found: 'no column',
      wanted: 'the columns that rows of one report share',
    });
  }
  return reasons;
}

/** Every column a profile reads, as written in it. */
export function columnsUsed(profile: object): readonly string[] {
  const used = new Set<string>();
  for (const { path, name, value } of members(profile, '')) {
    if (path.startsWith('lookups') || /lookup\.column$/.test(path)) continue;
    const texts =
      typeof value === 'string'
        ? [value]
        : Array.isArray(value)
          ? value.filter((each) => typeof each === 'string')
          : [];
    const inHeader = path.startsWith('columns');
    if (['column', 'printedAddress', 'time', 'year', 'identity', 'join'].includes(name))
      texts.forEach((text) => used.add(text));
    if (name === 'columns' && !inHeader) texts.forEach((text) => used.add(text));
    if (name === 'when' && isRecord(value)) Object.keys(value).forEach((column) => used.add(column));
  }
  return [...used];
}

/** Prefixes of indicator columns. */
export function prefixesUsed(profile: object): readonly string[] {
  return members(profile, '').flatMap(({ name, value }) =>
    name === 'prefix' && typeof value === 'string' ? [value] : [],
  );
}

interface Member {
  readonly path: string;
  readonly name: string;
  readonly value: unknown;
}

function members(value: unknown, path: string): readonly Member[] {
  if (Array.isArray(value)) return value.flatMap((member, index) => members(member, `${path}${index}.`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    { path: `${path}${name}`, name, value: member },
    ...members(member, `${path}${name}.`),
  ]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
