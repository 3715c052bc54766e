/** Words that name a part of the world or nothing at all: they are answers, but never a place. */
import { COUNTRIES } from './countries.ts';
import { foldName } from './normalise-name.ts';

/**
 * The alpha-3 codes of the countries a regional word covers ("Gulf Country", "Middle East", "West Africa",
 * "Europe"); empty for "abroad", which covers all; undefined when the text is no region.
 */
export function countriesOfRegion(text: string): readonly string[] | undefined {
  const key = foldName(text)
    .replace(/^the /, '')
    .replace(/ (?:country|countries|region|area|nation|nations|states)$/, '');
  return REGIONS.get(key);
}

/** Whether the text only says that nobody knows: "PV doesn't know", "N/A", "थाहा छैन", "?". */
export function saysNothing(text: string): boolean {
  const key = foldName(text);
  return key === '' || /^x+$/.test(key) || NOTHING.has(key) || NOT_KNOWN.test(key);
}

const NOTHING = new Set(
  (
    'na|n a|none|nil|null|nan|unknown|unk|unkown|unclear|not known|not sure|not stated|not applicable|not available|no answer|no information|' +
    'undisclosed|unspecified|missing|other|others|various|any|tbd|dk|do not know|dont know|inconnu|inconnue|desconocido|desconhecido|' +
    'неизвестно|невідомо|थाहा छैन|अज्ञात|पता नहीं|মালুম নেই|জানি না|غير معروف|不明|0|99|999'
  )
    .split('|')
    .map(foldName),
);
const NOT_KNOWN =
  /^(?:(?:pv|victim|he|she|they|client|person|pvs) )?(?:doesnt|does not|did not|didnt|dont|do not|not|no)(?: \w+)? (?:know|knows|known|remember|say|sure|disclose|disclosed|idea)(?: .*)?$/;

const GULF = ['ARE', 'BHR', 'KWT', 'OMN', 'QAT', 'SAU'];
const REGIONS = new Map<string, readonly string[]>(builtIn());

function builtIn(): [string, readonly string[]][] {
  const from = (keep: (region: string, subregion: string) => boolean): readonly string[] =>
    COUNTRIES.filter((country) => country.sovereign && keep(country.region, country.subregion))
      .map((country) => country.code)
      .sort();
  const middleEast = [...from((_, sub) => sub === 'Western Asia'), 'EGY', 'IRN'].filter(
    (code) => !['ARM', 'AZE', 'GEO', 'CYP'].includes(code),
  );
  const said: Record<string, readonly string[]> = {
    'gulf|gulf cooperation council|gcc|persian gulf|arabian gulf|arab gulf|khadi|khadi muluk|खाडी|खाडी मुलुक|खाड़ी देश|الخليج':
      GULF,
    'middle east|mideast|मध्यपूर्व|الشرق الأوسط': [...new Set(middleEast)].sort(),
    'arab|arabic': [
      ...new Set([
        ...GULF,
        'DZA',
        'EGY',
        'IRQ',
        'JOR',
        'LBN',
        'LBY',
        'MAR',
        'MRT',
        'PSE',
        'SDN',
        'SYR',
        'TUN',
        'YEM',
      ]),
    ].sort(),
    'south asia': from((_, sub) => sub === 'Southern Asia'),
    'southeast asia|south east asia|southeastern asia': from((_, sub) => sub === 'South-Eastern Asia'),
    'east asia|far east': from((_, sub) => sub === 'Eastern Asia'),
    'west africa|africa west': from((_, sub) => sub === 'Western Africa'),
    'east africa|horn of africa': from((_, sub) => sub === 'Eastern Africa'),
    'north africa|maghreb': from((_, sub) => sub === 'Northern Africa'),
    'central africa': from((_, sub) => sub === 'Middle Africa'),
    'sub saharan africa|subsaharan africa': from(
      (region, sub) => region === 'Africa' && sub !== 'Northern Africa',
    ),
    'eastern europe|east europe': from((_, sub) =>
      ['Eastern Europe', 'Central Europe', 'Southeast Europe'].includes(sub),
    ),
    'western europe|west europe': from((_, sub) =>
      ['Western Europe', 'Northern Europe', 'Southern Europe'].includes(sub),
    ),
    'balkan|balkans|western balkans|western balkan': ['ALB', 'BIH', 'MKD', 'MNE', 'SRB', 'XKX'],
    'latin america': from((region, sub) => region === 'Americas' && sub !== 'North America')
      .concat('MEX')
      .sort(),
    'european union|eu|schengen': from((region) => region === 'Europe'),
    'abroad|foreign|overseas|another country|outside|outside country|bidesh|विदेश|বিদেশ': [],
  };
  const listed = Object.entries(said).flatMap(([words, codes]) =>
    words.split('|').map((word): [string, readonly string[]] => [foldName(word), codes]),
  );
  const published = [...new Set(COUNTRIES.flatMap(({ region, subregion }) => [region, subregion]))]
    .filter((word) => word !== '' && !COUNTRIES.some(({ name }) => name === word))
    .map((word): [string, readonly string[]] => [
      foldName(word),
      from((region, sub) => region === word || sub === word),
    ]);
  return [...published, ...listed];
}
