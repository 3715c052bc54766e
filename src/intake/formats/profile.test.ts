import { describe, expect, it } from 'vitest';
import { draws } from '../../../test/support/draws.ts';
import { parseProfile, profileSchema, profileShape } from './profile.ts';
import { hasDatesWithoutZone } from './profile-meaning.ts';
import { NAMED_PROFILES } from './profiles/named.ts';
import { readOwnProfile } from './profiles/own.ts';
import { checkedZone } from './time-zones.ts';

type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
const clone = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

const named = NAMED_PROFILES.map((profile) => [profile.name, clone(profile)] as const);

describe('import profiles', () => {
  it.each(named)('takes the named profile %s', (_, profile) => {
    expect(parseProfile(profile)).toMatchObject({ accepted: true });
  });

  it('is published as JSON Schema, which is up to date', async () => {
    // vitest --update rewrites the file.
    const printed = `${JSON.stringify(profileSchema(), null, 2)}\n`;
    await expect(printed).toMatchFileSnapshot('../../../schema/import-profile.schema.json');
  });

  it('accepts and refuses what the published schema does, on every damaged copy of every named profile', () => {
    const schema = clone(profileSchema());
    let accepted = 0;
    let refused = 0;
    let looked = 0;
    for (const [name, profile] of named) {
      for (const [damage, copy] of damagedCopies(inBrief(profile))) {
        looked += 1;
        if (looked % draws(5, 1) !== 0) continue;
        const byParser = profileShape.safeParse(copy).success;
        const bySchema = matches(schema, copy, schema);
        expect(bySchema, `${name}: ${damage}`).toBe(byParser);
        if (byParser) accepted += 1;
        else refused += 1;
      }
    }
    expect(accepted).toBeGreaterThan(draws(40, 200));
    expect(refused).toBeGreaterThan(draws(200, 1_000));
  }, 180_000);

  const first = (change: (profile: Record<string, Json>) => void): string => {
    const profile = clone(NAMED_PROFILES.find(({ name }) => name === 'dtm')) as Record<string, Json>;
    change(profile);
    const outcome = parseProfile(profile);
    return outcome.accepted
      ? 'accepted'
      : outcome.reasons.map((reason) => `${reason.found} | ${reason.wanted}`).join('\n');
  };

  it('refuses what the shape cannot see: forbidden columns, unknown zones and lookups, no id to group by', () => {
    expect(first((profile) => (profile['identity'] = ['caste']))).toContain(
      'caste | a column that is not always dropped',
    );
    expect(first((profile) => (profile['dates'] = { zone: 'Asia/Nowhere' }))).toContain('an IANA time zone');
    expect(first((profile) => (profile['lookups'] = []))).toContain('a lookup the profile declares');
    expect(first((profile) => (profile['grouping'] = 'identity'))).not.toBe('accepted');
  });

  it('says of every damaged copy where it is wrong, what stands there and what is wanted', () => {
    let told = 0;
    let looked = 0;
    for (const [name, profile] of named) {
      for (const [damage, copy] of damagedCopies(profile)) {
        // Each is parsed member by member, which takes a while: a sample of all.
        looked += 1;
        if (looked % draws(37, 7) !== 0) continue;
        const outcome = parseProfile(copy);
        if (outcome.accepted) continue;
        expect(outcome.reasons.length, `${name}: ${damage}`).toBeGreaterThan(0);
        for (const { where, found, wanted } of outcome.reasons) {
          told += 1;
          expect(where, `${name}: ${damage}`).toMatch(/^profile/);
          expect(`${found}, ${wanted}`, `${name}: ${damage}`).not.toMatch(/invalid|undefined|\[object/i);
          expect(Math.min(found.length, wanted.length), `${name}: ${damage}`).toBeGreaterThan(0);
        }
      }
    }
    expect(told).toBeGreaterThan(100);
  });

  const parsedWith = (path: string, value: Json): string => {
    const profile = clone(NAMED_PROFILES.find(({ name }) => name === 'border-intercept'));
    const outcome = parseProfile(changed(profile, path.split('.'), value));
    return outcome.accepted
      ? 'accepted'
      : outcome.reasons
          .map(({ where, found, wanted }) => `${where}: found ${found}, wanted ${wanted}`)
          .join('\n');
  };

  it.each([
    [
      'a word that is not in the list',
      'report.kind',
      { constant: 'hotlne' },
      'profile report.kind.constant: found "hotlne", wanted one of border_intercept, investigation, interview, hotline, partner, open_source (did you mean "hotline"?)',
    ],
    [
      'a misspelt member',
      'report.externalReference',
      { colum: 'irf_number' },
      'profile report.externalReference.colum: found the member "colum", wanted one of the members column, missing, lookup, required (did you mean "column"?)',
    ],
    [
      'a map to a word that is not in the list',
      'report.movement.mode',
      { column: 'flight_number', map: { AUTOBUS: 'autobus' } },
      'profile report.movement.mode.map.AUTOBUS: found "autobus", wanted one of bus, train, private_vehicle, air, sea, foot, mixed, unknown (did you mean "bus"?)',
    ],
    [
      'a word where a constant is wanted',
      'report.movement.waypoints.0.kind',
      'stated',
      'profile report.movement.waypoints.0.kind: found "stated", wanted {"constant": …}, or {"column": …, "map": …}, or {"rules": …, "otherwise": …} (did you mean {"constant":"stated"}?)',
    ],
    [
      'another target',
      'target',
      'reprot',
      'profile target: found "reprot", wanted one of report, flow, effort, statistics, interdiction, weight (did you mean "report"?)',
    ],
    [
      'a column that the profile does not name',
      'report.externalReference',
      { column: 'irf_nubmer' },
      'profile report.externalReference.column: found the column "irf_nubmer", which columns does not name, wanted a column that columns.required or columns.optional names (did you mean "irf_number"?)',
    ],
    [
      'a condition on such a column',
      'report.persons.when',
      { rolle: ['PV'] },
      'profile report.persons.when: found the column "rolle", which columns does not name',
    ],
    [
      'an indicator of such a column',
      'report.indicators.3.columns',
      ['how_sure'],
      'profile report.indicators.3.columns: found the column "how_sure"',
    ],
    [
      'a zone that is nearly one',
      'dates',
      { zone: 'Asia/Kathmandoo' },
      'profile dates.zone: found "Asia/Kathmandoo", wanted an IANA time zone like Asia/Kathmandu (did you mean "Asia/Kathmandu"?)',
    ],
  ] satisfies [string, string, Json, string][])('%s is told', (_what, path, value, sentence) => {
    expect(parsedWith(path, value)).toContain(sentence);
  });

  it('takes what a map holds for texts of cells, even where they read like members', () => {
    const map = { column: 'foot', time: 'bus', identity: 'air' };
    expect(parsedWith('report.movement.mode', { column: 'flight_number', map })).toBe('accepted');
  });

  it('says where a profile is wrong', () => {
    const outcome = parseProfile({ target: 'report', name: 'Bad Name' });
    expect(outcome).toMatchObject({ accepted: false });
    expect(JSON.stringify(outcome)).toContain('profile name');
  });
});

describe('a profile of one\u2019s own', () => {
  it('is told by line and column when it is no JSON', () => {
    expect(readOwnProfile('{\n  "name": my-calls\n}')).toEqual({
      accepted: false,
      reasons: [
        { where: 'line 2, column 11', found: '"m"', wanted: expect.stringContaining('in double quotes') },
      ],
    });
  });

  it('does not take the name of one that comes along', () => {
    const text = JSON.stringify(NAMED_PROFILES.find(({ name }) => name === 'staffing'));
    expect(readOwnProfile(text)).toMatchObject({
      accepted: false,
      reasons: [{ where: 'profile name', wanted: 'a name of its own, such as "my-staffing"' }],
    });
    expect(readOwnProfile(text.replace('"staffing"', '"my-staffing"'))).toMatchObject({ accepted: true });
  });
});

describe('zones', () => {
  it.each(['Asia/Kathmandu', 'Asia/Katmandu', 'Asia/Kolkata', 'Asia/Calcutta', 'Europe/Kyiv', 'UTC'])(
    '%s is one under this name too',
    (zone) => expect(checkedZone('--zone', zone)).toEqual({ accepted: true, value: zone }),
  );

  it('are missed where neither the profile nor a field names one', () => {
    const of = (name: string) => NAMED_PROFILES.find((profile) => profile.name === name) as object;
    expect(hasDatesWithoutZone(of('border-intercept'))).toBe(true);
    expect(hasDatesWithoutZone(of('staffing'))).toBe(false);
    expect(hasDatesWithoutZone({ ...of('border-intercept'), dates: { zone: 'Asia/Kathmandu' } })).toBe(false);
  });
});

/** The profile itself, then copies with one member taken away, replaced by something else, or joined by a stranger. */
/** Of a long list of texts the first three: the others are damaged in the same ways. */
function inBrief(value: Json): Json {
  const text = (each: Json): boolean => typeof each !== 'object' || each === null;
  if (Array.isArray(value)) return (value.every(text) ? value.slice(0, 3) : value).map(inBrief);
  if (text(value)) return value;
  const members = Object.entries(value as { readonly [name: string]: Json });
  const alike = members.length > 3 && members.every(([, each]) => typeof each === 'string');
  return Object.fromEntries(
    (alike ? members.slice(0, 3) : members).map(([name, each]) => [name, inBrief(each)]),
  );
}

function* damagedCopies(profile: Json): Generator<readonly [string, Json]> {
  yield ['nothing', profile];
  for (const path of pathsOf(profile)) {
    yield [`without ${path.join('.')}`, changed(profile, path, undefined)];
    for (const other of [0, '', 'ymd', [], {}, null, { constant: 'A' }, { column: 'x' }] satisfies Json[]) {
      yield [`${path.join('.')} = ${JSON.stringify(other)}`, changed(profile, path, other)];
    }
    yield [`${path.join('.')} + stranger`, changed(profile, [...path, 'stranger'], 1)];
  }
}

function pathsOf(value: Json): (string | number)[][] {
  if (value === null || typeof value !== 'object') return [];
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.map((each, i) => [i, each])
    : Object.entries(value);
  return entries.flatMap(([name, member]) => [[name], ...pathsOf(member).map((rest) => [name, ...rest])]);
}

function changed(profile: Json, path: readonly (string | number)[], value: Json | undefined): Json {
  const [name, ...rest] = path;
  if (name === undefined) return value ?? null;
  if (profile === null || typeof profile !== 'object') return profile;
  const copy = (Array.isArray(profile) ? [...profile] : { ...profile }) as Record<string | number, Json>;
  if (rest.length > 0) copy[name] = changed(copy[name] ?? null, rest, value);
  else if (value !== undefined) copy[name] = value;
  else if (Array.isArray(copy)) copy.splice(Number(name), 1);
  else delete copy[name];
  return copy;
}

/** The keywords the schema uses, judged from their definition in JSON Schema 2020-12; any other keyword fails the test. */
function matches(schema: Json, value: Json, root: Json): boolean {
  if (schema === null || typeof schema !== 'object' || Array.isArray(schema))
    throw new Error('a schema is an object');
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const object = isObject ? (value as Record<string, Json>) : {};
  const list = (json: Json | undefined): Json[] => (Array.isArray(json) ? json : []);
  const text = (json: Json): string => (typeof json === 'string' ? json : JSON.stringify(json));
  const record = (json: Json | undefined) => (json ?? {}) as Record<string, Json>;
  return Object.entries(schema).every(([keyword, rule]): boolean => {
    switch (keyword) {
      case '$schema':
      case '$defs':
      case 'title':
      case 'description':
      case 'examples':
      case 'id':
        return true;
      case '$ref':
        return matches(
          record(record(root)['$defs'])[text(rule).split('/').at(-1) ?? ''] ?? null,
          value,
          root,
        );
      case 'type':
        if (rule === 'integer') return Number.isInteger(value);
        if (rule === 'array') return Array.isArray(value);
        return rule === 'object' ? isObject : typeof value === rule;
      case 'anyOf':
        return list(rule).some((each) => matches(each, value, root));
      case 'oneOf':
        return list(rule).filter((each) => matches(each, value, root)).length === 1;
      case 'const':
        return value === rule;
      case 'enum':
        return list(rule).includes(value);
      case 'required':
        return !isObject || list(rule).every((name) => Object.hasOwn(object, text(name)));
      case 'properties':
        return Object.entries(record(rule)).every(
          ([name, each]) => !Object.hasOwn(object, name) || matches(each, object[name] ?? null, root),
        );
      case 'additionalProperties': {
        const strangers = Object.keys(object).filter(
          (name) => !Object.hasOwn(record(schema['properties']), name),
        );
        return rule === false
          ? strangers.length === 0
          : strangers.every((name) => matches(rule, object[name] ?? null, root));
      }
      case 'propertyNames':
        return Object.keys(object).every((name) => matches(rule, name, root));
      case 'items':
        return !Array.isArray(value) || value.every((each) => matches(rule, each, root));
      case 'minItems':
        return !Array.isArray(value) || value.length >= Number(rule);
      case 'minLength':
        return typeof value !== 'string' || Array.from(value).length >= Number(rule);
      case 'maxLength':
        return typeof value !== 'string' || Array.from(value).length <= Number(rule);
      case 'pattern':
        return typeof value !== 'string' || new RegExp(text(rule), 'u').test(value);
      case 'minimum':
        return typeof value !== 'number' || value >= Number(rule);
      case 'maximum':
        return typeof value !== 'number' || value <= Number(rule);
      case 'exclusiveMinimum':
        return typeof value !== 'number' || value > Number(rule);
      default:
        throw new Error(`keyword ${keyword} is not judged`);
    }
  });
}
