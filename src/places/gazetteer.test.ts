import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { greatCircleKm } from '../geo/sphere.ts';
import { nearestBorder } from './border-crossings.ts';
import { indexBorders } from './border-index.ts';
import { COUNTRIES } from './countries.ts';
import { countryOf } from './country-of.ts';
import { buildGazetteer, type Gazetteer } from './gazetteer.ts';
import { KNOWN_CROSSINGS } from './known-crossings.ts';
import { normaliseName } from './normalise-name.ts';
import { PLACE_KINDS, type PlaceRow, placeId } from './place-rows.ts';

let gazetteer: Gazetteer;
let byKind: Map<string, PlaceRow[]>;

beforeAll(() => {
  const started = performance.now();
  gazetteer = buildGazetteer();
  const ms = performance.now() - started;
  byKind = new Map(
    PLACE_KINDS.map((kind) => [kind, gazetteer.places.filter((place) => place.kind === kind)]),
  );
  const counts = [...byKind].map(([kind, rows]) => `${kind} ${rows.length}`).join(', ');
  console.info(
    `${counts}; ${gazetteer.aliases.length} aliases, ${gazetteer.borders.length} borders in ${ms.toFixed(0)} ms`,
  );
});

const find = (kind: string, name: string, country: string): PlaceRow | undefined =>
  byKind.get(kind)?.find((place) => place.name === name && place.country === country);

describe('buildGazetteer', () => {
  it('gives ids that are the same on every machine and never twice', () => {
    expect(placeId('geonames', '1283240')).toBe(find('locality', 'Kathmandu', 'NPL')?.id);
    expect(placeId('geonames', '1283240')).toBe('8d16e379-778a-526a-8628-abac3ff58110');
    expect(placeId('geonames', '1')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(new Set(gazetteer.places.map(({ id }) => id)).size).toBe(gazetteer.places.length);
  });

  it('has all countries, each with a footprint of its size and a point of its own', () => {
    const countries = byKind.get('country') ?? [];
    expect(countries.map(({ country }) => country)).toEqual(COUNTRIES.map(({ code }) => code));
    expect(find('country', 'Nepal', 'NPL')?.footprintRadiusKm).toBeGreaterThan(300);
    expect(find('country', 'India', 'IND')?.footprintRadiusKm).toBeGreaterThan(1000);
    const outside = countries.filter(({ country, position }) => countryOf(position) !== country);
    console.info(
      `countries whose point lies elsewhere or at sea: ${outside.map(({ country }) => country).join(' ')}`,
    );
    expect(outside.length).toBeLessThan(12);
  });

  it('files areas under GeoNames codes with a point inside', () => {
    const banke = find('admin_area', 'Banke', 'NPL');
    expect(banke?.adminCode).toMatch(/^NP\.5\./);
    expect(greatCircleKm(banke?.position ?? [0, 0], [81.62, 28.05])).toBeLessThan(20);
    expect(find('admin_area', 'Uttar Pradesh', 'IND')?.adminCode).toBe('IN.36');
    expect(find('locality', 'Nepalgunj', 'NPL')?.adminCode).toBe(banke?.adminCode);
  });

  it('has names in local scripts and no alias twice under one place', () => {
    const kathmandu = find('locality', 'Kathmandu', 'NPL')?.id;
    const names = gazetteer.aliases
      .filter((alias) => alias.placeId === kathmandu)
      .map(({ normalised }) => normalised);
    expect(names).toEqual(expect.arrayContaining(['kathmandu', normaliseName('काठमाडौं'), 'katmandu']));
    expect(new Set(gazetteer.aliases.map(({ placeId: id, normalised }) => `${id} ${normalised}`)).size).toBe(
      gazetteer.aliases.length,
    );
    const known = new Set(gazetteer.places.map(({ id }) => id));
    expect(gazetteer.aliases.every(({ placeId: id, normalised }) => known.has(id) && normalised !== '')).toBe(
      true,
    );
  });

  it('keeps every position and radius in range', () => {
    for (const { position, footprintRadiusKm, country } of gazetteer.places) {
      const fine =
        Math.abs(position[0]) <= 180 &&
        Math.abs(position[1]) <= 90 &&
        footprintRadiusKm >= 2 &&
        /^[A-Z]{3}$/.test(country);
      if (!fine) expect({ position, footprintRadiusKm, country }).toBeUndefined();
    }
  });
});

describe('crossing points', () => {
  it('are known or marked as derived, lie on the border of their pair, and do not crowd it', () => {
    const crossings = byKind.get('crossing_point') ?? [];
    const index = indexBorders(gazetteer.borders);
    const off = crossings.filter(({ position, borderCountries, derived }) => {
      const nearest = borderCountries && nearestBorder(index, position, 60, borderCountries);
      return (nearest?.distanceKm ?? 99) > (derived === true ? 0.01 : 7);
    });
    // Two are over water: the estuary at Kawthaung, the causeway of Johor.
    expect(off.map(({ name }) => name).sort()).toEqual([
      'Johor Bahru–Woodlands (MYS–SGP)',
      'Kawthaung–Ranong (MMR–THA)',
    ]);
    expect(crossings.filter(({ derived }) => derived === false)).toHaveLength(KNOWN_CROSSINGS.length);
    expect(crossings.some(({ name }) => name === 'Birgunj–Raxaul (IND–NPL)')).toBe(true);
    const nepal = crossings.filter(({ borderCountries }) => borderCountries?.join() === 'IND,NPL');
    for (const a of nepal)
      for (const b of nepal)
        if (a !== b && a.derived) expect(greatCircleKm(a.position, b.position)).toBeGreaterThanOrEqual(10);
  });

  it('are listed in pairs that touch', () => {
    const pairs = new Set(gazetteer.borders.map(({ countries }) => countries.join()));
    const without = KNOWN_CROSSINGS.filter(({ countries }) => !pairs.has(countries.join()));
    expect(without.map(({ towns }) => towns[0])).toEqual(['Johor Bahru']);
  });

  const unlocode = new URL('../../../shared/data/borders/unlocode_border_crossings.csv', import.meta.url);
  it.skipIf(!existsSync(unlocode))(
    'are near the posts that UN/LOCODE lists, as far as these lie at a land border',
    () => {
      const index = indexBorders(gazetteer.borders);
      const crossings = byKind.get('crossing_point') ?? [];
      const posts = readFileSync(unlocode, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((row) => row.split(','))
        .filter((row) => row.at(-3) !== '')
        .map((row) => [Number(row.at(-2)), Number(row.at(-3))] as const);
      const atBorder = posts.filter((post) => nearestBorder(index, post, 10) !== null);
      const share = (some: typeof posts, km: number): number =>
        some.filter((post) =>
          crossings.some(
            ({ position }) =>
              Math.abs(position[1] - post[1]) < km / 100 && greatCircleKm(position, post) <= km,
          ),
        ).length / some.length;
      const percent = (some: typeof posts): string =>
        [5, 10, 25].map((km) => `${km} km ${(100 * share(some, km)).toFixed(0)} %`).join(', ');
      console.info(
        `UN/LOCODE posts with a crossing point within: all ${posts.length}: ${percent(posts)}; the ${atBorder.length} within 10 km of a drawn border: ${percent(atBorder)}`,
      );
      expect(share(atBorder, 10)).toBeGreaterThan(0.6);
    },
  );
});
