/** The packed gazetteer against plain loops over the rows it was packed from. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { atlasFileOfRun } from '../../test/support/templates.ts';
import { greatCircleKm } from '../geo/sphere.ts';
import { type Atlas, openAtlas, packAtlas } from './atlas.ts';
import { atlasFrom } from './gazetteer.service.ts';
import { buildGazetteer, type Gazetteer } from './gazetteer.ts';
import { nameSimilarity, phoneticKey } from './normalise-name.ts';
import type { CandidateRow } from './place-lookup.ts';
import { type AliasRow, PLACE_KINDS, type PlaceRow, placeId } from './place-rows.ts';

let gazetteer: Gazetteer;
let atlas: Atlas;
let placeOf: Map<string, PlaceRow>;
let soundOf: Map<AliasRow, string>;

beforeAll(() => {
  const full = buildGazetteer({ minimumPopulation: 100_000 });
  // Some of each, so that plain loops over everything stay quick.
  const places = full.places.filter((place, i) => place.kind !== 'admin_area' || i % 20 === 0);
  placeOf = new Map(places.map((place) => [place.id, place]));
  gazetteer = { ...full, places, aliases: full.aliases.filter((alias) => placeOf.has(alias.placeId)) };
  atlas = openAtlas(packAtlas(gazetteer));
  soundOf = new Map(gazetteer.aliases.map((alias) => [alias, phoneticKey(alias.normalised)]));
});

const found = (rows: readonly CandidateRow[]): string[] =>
  rows.map((row) => `${row.placeId} ${row.normalised}`);
const naive = (isHit: (alias: AliasRow, place: PlaceRow) => boolean): string[] =>
  gazetteer.aliases
    .filter((alias) => isHit(alias, placeOf.get(alias.placeId) as PlaceRow))
    .map((alias) => `${alias.placeId} ${alias.normalised}`);
const anAlias = (): fc.Arbitrary<AliasRow> =>
  fc.nat(gazetteer.aliases.length - 1).map((i) => gazetteer.aliases[i] as AliasRow);

describe('a packed gazetteer', () => {
  it('gives back every place and every alias as they went in', () => {
    const { places, aliases } = atlas.core(() => true);
    expect(places).toEqual(gazetteer.places);
    expect(aliases).toEqual(
      gazetteer.aliases.map(({ placeId: id, normalised }) => ({ placeId: id, normalised })),
    );
    expect(atlas.borders.rows).toEqual(gazetteer.borders);
    expect(gazetteer.places.length).toBeGreaterThan(5_000);
  });

  it('finds by id what a plain look finds, and nothing for an unknown id', () => {
    for (const place of gazetteer.places.filter((_, i) => i % 7 === 0)) {
      expect(atlas.placeRows([place.id])).toEqual([place]);
      expect(atlas.countryOfPlace(place.id)).toBe(place.country);
      expect(atlas.populationOfPlace(place.id)).toBe(place.population);
    }
    expect(atlas.placeRows([placeId('test', 'nowhere')])).toEqual([]);
    expect(atlas.countryOfPlace('not an id')).toBeNull();
  });

  it('finds by name and by sound what plain loops find, in the same order', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anAlias().map(({ normalised }) => normalised),
          fc.string(),
        ),
        (name) => {
          expect(found(atlas.lookup.byName(name))).toEqual(naive((alias) => alias.normalised === name));
          const key = phoneticKey(name);
          const sounds = naive((alias) => key !== '' && soundOf.get(alias) === key);
          expect(found(atlas.lookup.byPhonetic(key))).toEqual(sounds);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('finds the names one mistake away that plain loops find', () => {
    fc.assert(
      fc.property(anAlias(), fc.nat(), ({ normalised, placeId: id }, seed) => {
        const at = 1 + (seed % Math.max(1, normalised.length - 1));
        const wrong = normalised.slice(0, at) + normalised.slice(at + 1);
        const country = placeOf.get(id)?.country ?? '';
        const like = naive(
          (alias, place) =>
            place.country === country &&
            alias.normalised.charAt(0) === wrong.charAt(0) &&
            Math.abs(alias.normalised.length - wrong.length) <= 1 &&
            nameSimilarity(alias.normalised, wrong) >= 0.8,
        );
        expect(found(atlas.lookup.byLikeness(wrong, country)).sort()).toEqual(like.sort());
      }),
      { numRuns: 30 },
    );
  });

  it('finds the nearest that plain loops find, over the antimeridian and at the poles', () => {
    const anywhere = fc.tuple(
      fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 179.99)),
      fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.constantFrom(-89.9, 66)),
    );
    fc.assert(
      fc.property(anywhere, fc.subarray([...PLACE_KINDS]), (position, kinds) => {
        const all = gazetteer.places
          .filter(({ kind }) => kinds.includes(kind))
          .map((place) => greatCircleKm(place.position, position))
          .filter((km) => km <= 250)
          .sort((a, b) => a - b);
        const nearest = atlas.lookup.nearest(position, kinds, 250);
        expect(nearest.map((row) => greatCircleKm(row.position, position))).toEqual(all.slice(0, 10));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the file of it', () => {
  it('is one whole and undamaged, or is refused', () => {
    const bytes = packAtlas({ ...gazetteer, places: gazetteer.places.slice(0, 50), aliases: [] });
    expect(() => openAtlas(bytes.subarray(0, bytes.length - 9_000))).toThrow('end before');
    expect(() => openAtlas(Buffer.from('a text and no gazetteer'))).toThrow('wanted HWATLAS1');
    expect(() => openAtlas(new Uint8Array(0))).toThrow('wanted HWATLAS1');
    // From anywhere in a larger run of bytes.
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(openAtlas(shifted.subarray(3)).core(() => true).places).toHaveLength(50);
  });

  it('is opened once for all who ask, and stays as it was', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'headwater-atlas-'));
    const file = path.join(folder, 'atlas.bin');
    writeFileSync(file, readFileSync(atlasFileOfRun()));
    const [first, second] = await Promise.all([atlasFrom(file)(), atlasFrom(file)()]);
    expect(first).toBe(second);
    expect(readdirSync(folder)).toEqual(['atlas.bin']);
  });
});
