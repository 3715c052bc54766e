/** Every language of the dashboard is whole, every word is used, and no text stands outside the catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema, isEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/dashboard/words/catalogue.ts';
import { ENGLISH } from '../../src/dashboard/words/english.ts';
import type { LanguageCode } from '../../src/dashboard/words/language.ts';
import { NEPALI } from '../../src/dashboard/words/nepali.ts';
import { NEPALI_COUNTRIES } from '../../src/dashboard/words/nepali-countries.ts';
import { COUNTRIES } from '../../src/places/countries.ts';
import { textsIn } from '../support/literal-texts.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.join(repository, 'src', 'dashboard');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts') && !file.startsWith('words/'));
const sources = new Map(files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]));
const all = [...sources.values()].join('\n');
const english: Catalogue = ENGLISH;
const OTHERS: Readonly<Record<Exclude<LanguageCode, 'en'>, Catalogue>> = { ne: NEPALI };

const formsOf = (entry: Catalogue[string] | undefined): Readonly<Record<string, string>> =>
  typeof entry === 'string' ? { other: entry } : (entry ?? {});
const slotsOf = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)),
];

/** Groups of words for values of the schema, by the enums that they are of. */
const ENUMS: Readonly<Record<string, readonly string[]>> = {
  mode: ['Mode'],
  viewer: ['Role'],
  role: ['CountryRole'],
  status: ['MovementStatus'],
  basis: ['WaypointBasis'],
  known: ['WaypointKind'],
  verified: ['Verification'],
  origin: ['OriginKind'],
  reportKind: ['ReportKind'],
  incidentKind: ['IncidentKind'],
  exploitation: ['Exploitation'],
  entity: ['EntityKind'],
  entityRole: ['EntityRole'],
  interdiction: ['InterdictionKind'],
  interdictionBasis: ['InterdictionBasis'],
  leftOut: ['LeftOutReason'],
  placeKind: ['PlaceKind'],
  reliability: ['Reliability'],
  hotspotClass: ['HotspotClass'],
  caseStage: ['CaseStage'],
  targetStage: ['TargetStage'],
  targetAction: ['TargetAction'],
  targetClosing: ['TargetClosing'],
  crossingChange: ['CrossingChangeKind'],
  crossingWatching: ['CrossingWatching'],
  zone: ['DisplacementZone'],
  zoneReason: ['ZoneReason'],
  finding: ['DisplacementFinding'],
  findingWhy: ['DisplacementFinding'],
  waitEnd: ['ResupplyWaitEnd'],
  purpose: ['PersonalPurpose'],
  template: ['AgreementTemplate'],
  agreementState: ['AgreementState'],
  agreementAct: ['AgreementActKind'],
  agreementReason: ['AgreementReason'],
  onward: ['OnwardTransfer'],
  sight: ['Sight'],
  sharedClass: ['SharedClass'],
  sharedPlace: ['SharedPlace'],
  sharedTime: ['SharedTime'],
  detail: ['SharedDetail'],
  tlp: ['Handling'],
  noticeKind: ['NoticeKind'],
  signsIn: ['SignInWay'],
  breakGlass: ['BreakGlassReason'],
  glassState: ['BreakGlassState'],
  retentionClass: ['RetentionClass'],
  retentionAction: ['RetentionAction'],
  retentionReason: ['RetentionReason'],
  retained: ['RetainedKind'],
  suspicion: ['SuspicionStatus'],
  suspicionBasis: ['SuspicionBasis'],
  dateOrder: ['DateOrder'],
};
/** Of the Admiralty code, numbers. */
const CREDIBILITIES = ['1', '2', '3', '4', '5', '6'];
/** Lists that are open, or that no enum of the schema has: each of their words stands in the code that makes or shows it. */
const OF_THE_HUB = ['auditAction', 'objectKind', 'previewTable', 'importState', 'rate', 'compared', 'per'];
const PREFIXES = /^(?:agreement|break_glass)_/;

describe.each(Object.entries(OTHERS))('the catalogue in %s', (code, words) => {
  it('has the keys of the English one, and no other', () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
  });

  it('has the placeholders of the English one in every sentence', () => {
    const wrong = Object.entries(words).flatMap(([key, entry]) => {
      const wanted = slotsOf(formsOf(english[key]).other ?? '').toSorted();
      return Object.entries(formsOf(entry))
        .filter(([form, text]) => {
          const found = slotsOf(text).toSorted();
          // One of something may be said without its number.
          const needed = form === 'other' ? wanted : wanted.filter((name) => name !== 'count');
          return needed.some((name) => !found.includes(name)) || found.some((name) => !wanted.includes(name));
        })
        .map(([form, text]) => ({ key, form, text, wanted }));
    });
    expect(wrong).toEqual([]);
  });

  it('has every plural form that the rules of the language need, where English has forms', () => {
    const rules = new Intl.PluralRules(code);
    expect(rules.resolvedOptions().locale).toBe(code);
    const needed = rules.resolvedOptions().pluralCategories.toSorted();
    const wrong = Object.entries(words).filter(([key, entry]) => {
      const forms = typeof entry === 'string' ? [] : Object.keys(entry).sort();
      return JSON.stringify(forms) !== JSON.stringify(typeof english[key] === 'string' ? [] : needed);
    });
    expect(wrong).toEqual([]);
  });

  it('leaves nothing in English but names, codes and signs', () => {
    const kept = Object.entries(words).filter(([key, entry]) => {
      const text = formsOf(entry).other ?? '';
      const bare = text.replaceAll(/\{\w+\}/g, '').replaceAll(/Headwater|TLP|PAP|UTC/g, '');
      return (
        !key.startsWith('tlp.') &&
        (text === '' || (/[A-Za-z]{2}/.test(bare) && !/\p{Script=Devanagari}/u.test(bare)))
      );
    });
    expect(kept).toEqual([]);
  });
});

describe('words of the dashboard', () => {
  it('are in English in every plural form', () => {
    const needed = new Intl.PluralRules('en').resolvedOptions().pluralCategories.toSorted();
    for (const [key, entry] of Object.entries(english))
      if (typeof entry !== 'string')
        expect({ key, forms: Object.keys(entry).sort() }).toEqual({ key, forms: needed });
  });

  it('are all used', () => {
    const saying = readFileSync(path.join(folder, 'words', 'words.ts'), 'utf8');
    const said = new Set([...`${all}${saying}`.matchAll(/['"`]([\w.]+)['"`]/g)].map(([, text = '']) => text));
    // Like `layer.${id}.what`, and groups whose values are looked up.
    const patterns = [
      ...[...all.matchAll(/`((?:\w+\.)+\$\{\w+\}(?:\.\w+)*)`/g)].map(
        ([, text = '']) => new RegExp(`^${text.replaceAll('.', '\\.').replace(/\$\{\w+\}/, '\\w+')}$`),
      ),
      ...groups().map((group) => new RegExp(`^${group}\\.\\w+$`)),
    ];
    const unused = Object.keys(english).filter(
      (key) => !said.has(key) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('are there for every value of the schema that is said, and for no other', () => {
    const schema = buildSchema(readFileSync(path.join(repository, 'schema', 'schema.graphql'), 'utf8'));
    const code = hubSources();
    const stands = (value: string): boolean =>
      new RegExp(`['"\`]?\\b${value}\\b['"\`:]`, 'i').test(all) ||
      [value, value.replace(PREFIXES, '')].some((one) =>
        [`'${one}'`, `'${one.toLowerCase()}'`, `  ${one}: [`].some((text) => code.includes(text)),
      );
    const wrong = groups().flatMap((group) => {
      const values = Object.keys(english)
        .filter((key) => key.startsWith(`${group}.`))
        .map((key) => key.slice(group.length + 1));
      const wanted =
        group === 'credibility'
          ? CREDIBILITIES
          : (ENUMS[group] ?? []).flatMap((name) => {
              const type = schema.getType(name);
              return isEnumType(type) ? type.getValues().map((one) => one.name) : [`no enum ${name}`];
            });
      return [
        ...wanted.filter((value) => !values.includes(value)).map((value) => `${group}.${value} is not said`),
        ...values
          .filter((value) => !wanted.includes(value) && !stands(value))
          .map((value) => `${group}.${value} is nothing that there is`),
        ...(values.length === 0 ? [`${group} has no words`] : []),
      ];
    });
    expect(wrong).toEqual([]);
    expect(OF_THE_HUB.filter((group) => !groups().includes(group))).toEqual([]);
  });

  it('stand in the catalogue and nowhere else', () => {
    const found = [...sources].flatMap(([file, code]) =>
      textsIn(file, code).map((text) => `${file}: ${text}`),
    );
    expect(found).toEqual([]);
  });
});

describe('a check of texts outside the catalogue', () => {
  it.each([
    ['between tags', '<p>Not here</p>'],
    ['between tags beside what is looked up', "<p>{say('a')} of them</p>"],
    ['as one word', '<b>Map</b>'],
    ['as a value of our own', '<Fact value="Nothing" />'],
    ['in a label', '<i aria-label="Zoom" />'],
    ['in a label of our own', '<Block caption="Months of it" />'],
    ['as an expression', "<p>{ok ? 'Yes' : say('b')}</p>"],
    ['joined to what is looked up', '<p>{`${n} km`}</p>'],
    ['handed on', "setSaid('It did not work')"],
    ['handed on with a number', 'setSaid(`${n} rows were read`)'],
  ])('finds one %s', (_where, code) => {
    expect(textsIn('x.tsx', `const a = () => (${code});`)).toHaveLength(1);
  });

  it('leaves names, codes, keys and questions alone', () => {
    const code = `const a = () => <p className="card is wide" word="app.name">{say('a.b')} · {n}</p>;
      const i = <input type="hidden" value="yes" aria-orientation="horizontal" />;
      const q = { query: \`query A { places { id name } }\` };
      const c = meaning === 'not mapped';
      function b() { throw new Error('this cannot be'); }`;
    expect(textsIn('x.tsx', code)).toEqual([]);
  });
});

describe('countries in Nepali', () => {
  it('are all named, as the Unicode repository names them', () => {
    const names = new Intl.DisplayNames(['ne'], { type: 'region', fallback: 'none' });
    const known = COUNTRIES.map(
      ({ code, alpha2 }) => [code, names.of(alpha2)?.replaceAll("'", '’')] as const,
    );
    expect(known.filter(([code, name]) => NEPALI_COUNTRIES[code] !== name)).toEqual([]);
    expect(Object.keys(NEPALI_COUNTRIES)).toHaveLength(COUNTRIES.length);
  });
});

describe('the pages beside the dashboard', () => {
  const read = (file: string): string => readFileSync(path.join(repository, 'public', file), 'utf8');
  const pages = ['auth/page.html', 'graphiql/page.html']
    .map(read)
    .map((text) => text.replaceAll(/<script[^>]*>/g, ''));
  const scripts = ['auth/page.js', 'graphiql/page.js'].map(read).join('\n');
  const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
  const marked = pages.flatMap((text) =>
    [...text.matchAll(/<\w+[^>]*\bdata-word\b[^>]*>([^<]*)</g)].map(([, words = '']) => oneLine(words)),
  );
  const called = [...scripts.matchAll(/\bword\(\s*'([^']*)'/g)].map(([, words = '']) => words);
  const words = JSON.parse(read('words/ne.json')) as Record<string, string>;

  it('say in Nepali whatever they say in English, and nothing else', () => {
    expect(Object.keys(words).sort()).toEqual([...new Set([...marked, ...called])].sort());
    for (const [text, said] of Object.entries(words))
      expect({ text, slots: slotsOf(said).toSorted() }).toEqual({ text, slots: slotsOf(text).toSorted() });
  });

  it('mark every text, so that none stays English', () => {
    const plain = pages.flatMap((text) => [
      ...text
        .replaceAll(/<(\w+)[^>]*\bdata-word\b[^>]*>[^<]*</g, '<')
        .matchAll(/>([^<]*[A-Za-z]{2,}[^<]*)</g),
    ]);
    expect(plain.map(([, text = '']) => oneLine(text))).toEqual([]);
    // What a script says goes through `word`: a sentence that does not is found.
    const bare = scripts
      .replaceAll(/^\s*\/\/.*$/gm, '')
      .replaceAll(/\bword\(\s*'[^']*'/g, '')
      .matchAll(/'([A-Z][^'\n]*[a-z]{2,} [a-z]{2,}[^'\n]*)'/g);
    expect([...bare].map(([, text]) => text)).toEqual([]);
  });
});

/** Whose words are looked up by a value: `wordFor('mode', …)`, `group="purpose"`, and templates of one. */
function groups(): readonly string[] {
  return [
    ...new Set(
      [...all.matchAll(/wordFor\(\s*'(\w+)'/g), ...all.matchAll(/\bgroup="(\w+)"/g)].map(
        ([, group = '']) => group,
      ),
    ),
  ];
}

/** Of the hub itself, where actions of the log and names of tables come from. */
function hubSources(): string {
  const src = path.join(repository, 'src');
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('dashboard') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(src, file), 'utf8'))
    .join('\n');
}
