import { beforeAll, describe, expect, it } from 'vitest';
import { atlasFileOfRun } from '../../test/support/templates.ts';
import type { Position } from '../geo/position.ts';
import { greatCircleKm } from '../geo/sphere.ts';
import { type Random, seededRandom } from '../kernel/random.ts';
import { openAtlas, packAtlas } from './atlas.ts';
import { atlasFrom } from './gazetteer.service.ts';
import type { PlaceLookup } from './place-lookup.ts';
import type { PlaceQuery, Resolution, ResolvedPlace } from './place-resolution.ts';
import type { PlaceRow } from './place-rows.ts';
import { resolvePlace } from './resolve-place.ts';

let lookup: PlaceLookup;
let places: Map<string, PlaceRow>;

beforeAll(async () => {
  const atlas = await atlasFrom(atlasFileOfRun())();
  lookup = atlas.lookup;
  places = new Map(atlas.core(() => true).places.map((place) => [place.id, place]));
});

const ask = (text: string | null, more: Partial<PlaceQuery> = {}): Resolution =>
  resolvePlace(
    { text, position: null, country: null, level: 'unknown', uncertaintyKm: null, ...more },
    lookup,
  );

const resolved = (answer: Resolution): ResolvedPlace => {
  if (answer.kind === 'resolved') return answer;
  throw new Error(`found ${JSON.stringify(answer)}, wanted a resolved place`);
};

const told = (answer: Resolution): string => {
  const { placeId } = resolved(answer);
  const place = places.get(placeId ?? '');
  return place === undefined ? 'none' : `${place.name} ${place.country} ${place.kind}`;
};

describe('a text that names one place', () => {
  it.each([
    ['Kathmandu, Nepal', 'Kathmandu NPL locality'],
    ['काठमाडौं', 'Kathmandu NPL locality'],
    ['Delhi India', 'Delhi IND locality'],
    ['Paris', 'Paris FRA locality'],
    ['Birgunj', 'Birgañj NPL locality'],
    ['Bangalore', 'Bengaluru IND locality'],
    ['San Salvador', 'San Salvador SLV locality'],
    ['Banke Dist.', 'Banke NPL admin_area'],
    ['Ward 5, Birgunj, Parsa, Nepal', 'Birgañj NPL locality'],
    ['Sunauli', 'Belahiya–Sunauli (IND–NPL) IND crossing_point'],
    ['Jogbani border', 'Jogbani IND locality'],
    ['Mahendranagar, Dhanusha, Nepal', 'Dhanusa NPL admin_area'],
    ['Mexico City', 'Mexico City MEX locality'],
    ['Raksaul, India', 'Raxaul IND locality'],
    ['Kathmnadu, Nepal', 'Kathmandu NPL locality'],
    ['Atlanta, Georgia', 'Atlanta USA locality'],
    ['काठमांडू', 'Kathmandu NPL locality'],
    ['बिराटनगर, नेपाल', 'Biratnagar NPL locality'],
    ['ঢাকা', 'Dhaka BGD locality'],
    ['কলকাতা', 'Kolkata IND locality'],
    ['الرِّيَاض', 'Riyadh SAU locality'],
    ['کراچی', 'Karachi PAK locality'],
    ['كراتشي، باكستان', 'Karachi PAK locality'],
    ['لاہور', 'Lahore PAK locality'],
    ['город Киев', 'Kyiv UKR locality'],
    ['Харків', 'Kharkiv UKR locality'],
  ])('%s is %s', (text, wanted) => {
    expect(told(ask(text))).toBe(wanted);
  });

  it('has the footprint of what was found, and never a finer one than the source says', () => {
    expect(resolved(ask('Banke District')).level).toBe('admin');
    expect(resolved(ask('Banke District')).uncertaintyKm).toBeGreaterThan(20);
    expect(resolved(ask('Kathmandu')).uncertaintyKm).toBeGreaterThan(5);
    expect(resolved(ask('Kathmandu', { uncertaintyKm: 40 })).uncertaintyKm).toBe(40);
    expect(told(ask('Kathmandu', { level: 'admin' }))).toBe('Kathmandu NPL admin_area');
  });
});

describe('a country', () => {
  it.each([
    ['India', 'IND'],
    ['KSA', 'SAU'],
    ['Kuwait', 'KWT'],
    ['साउदी अरब', 'SAU'],
  ])('in %s is the whole country, never a precise point', (text, code) => {
    const answer = resolved(ask(text));
    expect([answer.country, answer.level]).toEqual([code, 'country']);
    expect(answer.uncertaintyKm).toBeGreaterThan(70);
  });

  it('given as a centroid stays the country', () => {
    const answer = resolved(ask(null, { position: [84, 28], level: 'country' }));
    expect([answer.country, answer.level]).toEqual(['NPL', 'country']);
    expect(answer.uncertaintyKm).toBeGreaterThan(300);
  });

  it('is the answer when nothing finer is known, and says so', () => {
    const answer = resolved(ask('Qqqqqq, India'));
    expect([answer.level, answer.notes]).toEqual(['country', ['only the country is known']]);
  });
});

describe('what cannot be one place', () => {
  it('keeps a region as a region, with its countries', () => {
    expect(ask('Gulf Country')).toMatchObject({
      kind: 'unresolved',
      reason: 'region',
      countries: ['ARE', 'BHR', 'KWT', 'OMN', 'QAT', 'SAU'],
    });
  });

  it('invents nothing where nobody knows', () => {
    for (const text of ["PV doesn't know", 'unknown', 'n/a', '', null]) {
      expect(ask(text)).toMatchObject({ kind: 'unresolved', reason: 'nothing_said' });
    }
    expect(ask('Blorptangwicz')).toMatchObject({ kind: 'unresolved', reason: 'no_match' });
  });

  it('keeps ambiguity as weights that sum to 1: Hyderabad, San Pedro, Congolese, two towns', () => {
    for (const text of ['Hyderabad', 'San Pedro', 'Congolese', 'Delhi / Mumbai']) {
      const answer = ask(text);
      if (answer.kind !== 'candidates') throw new Error(`${text} came back as ${answer.kind}`);
      expect(answer.candidates.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(answer.candidates.length).toBeGreaterThan(1);
      const weights = answer.candidates.map(({ weight }) => weight);
      expect(weights).toEqual([...weights].sort((a, b) => b - a));
    }
    const hyderabad = ask('Hyderabad');
    const countries =
      hyderabad.kind === 'candidates'
        ? hyderabad.candidates.map(({ placeId }) => places.get(placeId)?.country)
        : [];
    expect(countries.slice(0, 2)).toEqual(['IND', 'PAK']);
  });

  it('takes no far namesake for certain', () => {
    const station: Position = [88.15, 26.65];
    const far = ask('Atlantis City', { hints: [station] });
    expect(far).toMatchObject({ kind: 'candidates', isOneOfThem: false });
    expect(ask('Atlantis City', { country: 'NPL' })).toMatchObject({
      kind: 'candidates',
      isOneOfThem: false,
    });
    expect(resolved(ask('Atlantis', { country: 'ZAF' })).country).toBe('ZAF');
    expect(resolved(ask('Dubai', { hints: [station] })).country).toBe('ARE');
    expect(resolved(ask('Besisahar', { country: 'NPL' })).country).toBe('NPL');
  });

  it('never takes a likeness for a name unless the country is known', () => {
    expect(ask('Katmandoo')).toMatchObject({ kind: 'candidates' });
    expect(resolved(ask('Katmandoo', { country: 'NPL' })).notes).toEqual([
      'the name is only like the one known',
    ]);
  });

  it('looks for likenesses where the letters are written and near the other places of the report', () => {
    const countries = (answer: Resolution): readonly (string | undefined)[] =>
      answer.kind === 'candidates'
        ? answer.candidates.map(({ placeId }) => places.get(placeId)?.country)
        : [answer.kind];
    expect(ask('Nepalgxnj')).toMatchObject({ kind: 'unresolved' });
    const near = ask('Nepalgxnj', { hints: [[81.62, 28.12]] });
    expect([near.kind, countries(near)[0]]).toEqual(['candidates', 'NPL']);
    // A guess all the same: nobody said the country.
    expect(near).toMatchObject({ isOneOfThem: false });
    expect(countries(ask('हेटौंडाा'))[0]).toBe('NPL');
  });

  it('puts the crossing beside the station before a far and larger namesake', () => {
    const [far, near] = [ask('Krishnanagar'), ask('Krishnanagar', { hints: [[82.8, 27.4]] })];
    expect(told(far)).toBe('Krishnanagar IND locality');
    if (near.kind !== 'candidates') throw new Error(`found ${near.kind}, wanted candidates`);
    expect(places.get(near.candidates[0]?.placeId ?? '')?.kind).toBe('crossing_point');
  });

  it('takes no likeness in another country than the one said', () => {
    const answer = resolved(ask('Chautara', { country: 'NPL' }));
    expect([answer.country, answer.level, answer.notes]).toEqual([
      'NPL',
      'country',
      ['only the country is known'],
    ]);
  });

  it('has a crossing on both sides of its border', () => {
    for (const [name, side] of [
      ['Krishnanagar', 'NPL'],
      ['Belahiya', 'NPL'],
      ['Sunauli', 'IND'],
    ] as const) {
      const answer = resolved(ask(name, { country: side }));
      expect([answer.country, places.get(answer.placeId ?? '')?.kind, answer.notes]).toEqual([
        side,
        'crossing_point',
        [],
      ]);
    }
    expect(resolved(ask('Krishnanagar, West Bengal, India')).position[1]).toBeLessThan(24);
  });

  it('lets the country and the hints tip the scales', () => {
    expect(told(ask('Hyderabad', { country: 'PAK' }))).toBe('Hyderabad PAK locality');
    const near = ask('Hyderabad', { hints: [[67, 25]] });
    const first =
      near.kind === 'candidates' ? places.get(near.candidates[0]?.placeId ?? '')?.country : told(near);
    expect(first).toMatch(/PAK/);
  });
});

describe('a position', () => {
  it('wins over text and gets its country from the map', () => {
    const answer = resolved(ask('Belahiya', { position: [83.47, 27.47], country: 'IND', level: 'exact' }));
    expect([answer.level, answer.uncertaintyKm, answer.position]).toEqual(['exact', 0.5, [83.47, 27.47]]);
    expect(told(answer)).toBe('Belahiya–Sunauli (IND–NPL) IND crossing_point');
  });

  it('reports a country that contradicts it, and one that contradicts the text', () => {
    const answer = resolved(ask(null, { position: [85.32, 27.7], country: 'IND' }));
    expect([answer.country, answer.confidence]).toEqual(['NPL', 0.5]);
    expect(answer.notes).toEqual(['the position lies in NPL, the country given is IND']);
    expect(resolved(ask('Kathmandu, Nepal', { country: 'IND' })).notes).toHaveLength(1);
    expect(resolved(ask('Kathmandu, Nepal', { country: 'NPL' })).notes).toEqual([]);
  });

  it('at sea has no country and no place, and is near to what lies across 180°', () => {
    expect(resolved(ask(null, { position: [-30, 30] }))).toMatchObject({ country: null, placeId: null });
    const town = [...places.values()].find(({ kind }) => kind === 'locality') as PlaceRow;
    const two = [179.95, 178].map(
      (longitude): PlaceRow => ({ ...town, name: `at ${longitude}`, position: [longitude, -16.8] }),
    );
    const found = openAtlas(packAtlas({ places: two, aliases: [], borders: [] })).lookup.nearest(
      [-179.95, -16.8],
      ['locality'],
      60,
    );
    expect(found.map(({ name }) => name)).toEqual(['at 179.95']);
  });
});

describe('noise', () => {
  it('costs recall before it costs precision', () => {
    const random = seededRandom(20);
    const towns = [...places.values()].filter(
      ({ kind, population, country, name }) =>
        kind === 'locality' &&
        (population ?? 0) > 20_000 &&
        ['NPL', 'IND', 'BGD', 'KEN', 'KHM', 'NGA', 'UKR', 'GHA'].includes(country) &&
        name.length > 4,
    );
    const noises: Record<string, (name: string) => string> = {
      none: (name) => name,
      'kind words': (name) => `${name}${[' City', ' Municipality', ' Dist.', ', Ward No. 4'][random.int(4)]}`,
      romanisation: (name) => romanise(plain(name), random),
      'one typing mistake': (name) => mistype(plain(name), random),
    };
    for (const [noise, spoil] of Object.entries(noises)) {
      for (const withCountry of [true, false]) {
        let [right, wrong, kept, trials] = [0, 0, 0, 0];
        for (let i = 0; i < 400; i += 1) {
          const town = towns[random.int(towns.length)];
          if (town === undefined) continue;
          const answer = ask(spoil(town.name), { country: withCountry ? town.country : null });
          trials += 1;
          const isIt = (id: string | null): boolean => {
            const found = places.get(id ?? '');
            return (
              found !== undefined &&
              greatCircleKm(found.position, town.position) <= Math.max(25, found.footprintRadiusKm)
            );
          };
          if (answer.kind === 'candidates')
            kept += answer.candidates.some(({ placeId }) => isIt(placeId)) ? 1 : 0;
          if (answer.kind !== 'resolved' || answer.level === 'country') continue;
          if (isIt(answer.placeId)) right += 1;
          else wrong += 1;
        }
        const percent = (n: number): string => `${(100 * n).toFixed(0)} %`;
        console.info(
          `${noise}, ${withCountry ? 'with' : 'without'} country: resolved rightly ${percent(right / trials)}, among candidates ${percent(kept / trials)}, resolved wrongly ${percent(wrong / trials)}`,
        );
        expect(wrong / trials).toBeLessThan(0.08);
        if (noise === 'none' && withCountry) expect((right + kept) / trials).toBeGreaterThan(0.95);
      }
    }
  });
});

const plain = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '');

function romanise(name: string, random: Random): string {
  const swaps: [RegExp, string][] = [
    [/sh/, 's'],
    [/v/, 'b'],
    [/b/, 'v'],
    [/a(?=.)/, 'aa'],
    [/i/, 'ee'],
    [/u/, 'oo'],
    [/ch/, 'chh'],
    [/j/, 'z'],
    [/ksh/, 'x'],
    [/th/, 't'],
    [/a(?=n|r)/, 'u'],
  ];
  let written = name;
  for (let i = 0; i < 2; i += 1) {
    const usable = swaps.filter(([pattern]) => pattern.test(written));
    const [pattern, replacement] = usable[random.int(Math.max(1, usable.length))] ?? [/^$/, ''];
    written = written.replace(pattern, replacement);
  }
  return written;
}

function mistype(name: string, random: Random): string {
  const at = 1 + random.int(name.length - 2);
  const letter = 'abcdefghijklmnopqrstuvwxyz'.charAt(random.int(26));
  const kinds = [
    name.slice(0, at) + name.slice(at + 1),
    name.slice(0, at) + letter + name.slice(at),
    name.slice(0, at) + letter + name.slice(at + 1),
    name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2),
  ];
  return kinds[random.int(4)] ?? name;
}
