/** What a profile's shape cannot say: columns that are named and may be read, zones that exist, lookups that are declared. */
import type { Reason } from '../../kernel/errors.ts';
import { suggestion } from '../../kernel/nearest.ts';
import { columnKey } from './column-names.ts';
import { forbiddenTopic } from './forbidden.ts';
import { checkedZone } from './time-zones.ts';

interface Declared {
  readonly format?: 'csv' | 'geojson';
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

/** Columns that the reader of GeoJSON makes of a geometry: no file has them in a header. */
const GEOMETRY_COLUMNS = ['', '.first', '.last'].flatMap((part) => [
  `geometry${part}.longitude`,
  `geometry${part}.latitude`,
]);

/** Reasons why a well-shaped profile cannot work; none when it can. */
export function checkProfile(profile: Declared): readonly Reason[] {
  const reasons: Reason[] = [];
  const lookups = new Map((profile.lookups ?? []).map((lookup) => [lookup.name, lookup]));
  const { required, optional = [] } = profile.columns;
  const named = [...required, ...optional];
  const known = new Set([...named, ...(profile.format === 'geojson' ? GEOMETRY_COLUMNS : [])].map(columnKey));
  for (const { path, column } of columnUses(profile)) {
    const topic = forbiddenTopic(column);
    if (topic !== null)
      reasons.push({
        where: `profile ${path}, column ${column}`,
        found: topic,
        wanted: 'a column that is not always dropped',
      });
    else if (!known.has(columnKey(column))) {
      reasons.push({
        where: `profile ${path}`,
        found: `the column "${column}", which columns does not name`,
        wanted: `a column that columns.required or columns.optional names${suggestion(column, named)}`,
      });
    }
  }
  for (const { path, name, value } of members(profile, '')) {
    const where = `profile ${path}`;
    if (name === 'zone' && typeof value === 'string') {
      const zone = checkedZone(where, value);
      if (!zone.accepted) reasons.push(...zone.reasons);
    }
    if (name === 'lookup' && isRecord(value)) {
      const lookup = lookups.get(String(value['file']));
      const theirs = lookup?.columns.map(columnKey) ?? [];
      if (lookup === undefined)
        reasons.push({ where, found: String(value['file']), wanted: 'a lookup the profile declares' });
      else if (!theirs.includes(columnKey(String(value['column'])))) {
        reasons.push({
          where,
          found: String(value['column']),
          wanted: `a column of ${lookup.name}: ${theirs.join(', ')}${suggestion(String(value['column']), theirs)}`,
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
  if (
    ['effort', 'statistics', 'weight'].includes(profile.target ?? '') &&
    (profile.identity ?? []).length > 0
  ) {
    reasons.push({
      where: 'profile identity',
      found: 'columns',
      wanted:
        'none: a row of effort or statistics is known by its station, location and month, a weight by its form, code and day',
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
  return [...new Set(columnUses(profile).map(({ column }) => column))];
}

/** The columns read, each with the place of the profile that reads it. */
function columnUses(profile: object): readonly { readonly path: string; readonly column: string }[] {
  return members(profile, '').flatMap(({ path, name, value }) => {
    if (/^(lookups|columns)(\.|$)/.test(path) || /lookup\.column$/.test(path)) return [];
    if (name === 'when' && isRecord(value)) return Object.keys(value).map((column) => ({ path, column }));
    if (!['column', 'columns', 'printedAddress', 'time', 'year', 'identity', 'join'].includes(name))
      return [];
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
    return texts.flatMap((column) => (typeof column === 'string' ? [{ path, column }] : []));
  });
}

/** Whether any date of the file is read in UTC because neither it nor the profile says a zone; months of effort are no times. */
export function hasDatesWithoutZone(profile: object): boolean {
  const all = members(profile, '');
  const usual = all.some(({ path }) => path === 'dates.zone');
  const isDate = ({ name, value }: Member): boolean =>
    isRecord(value) && 'basis' in value && 'column' in value && name !== 'month';
  return !usual && all.some((member) => isDate(member) && !('zone' in (member.value as object)));
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
    // What a map or a condition holds are texts of cells, whatever they read like.
    ...(name === 'map' || name === 'when' || name === 'aliases' ? [] : members(member, `${path}${name}.`)),
  ]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
