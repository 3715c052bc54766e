/** The measure of bench/place-resolution.ts on few names: who changes how names are read sees at once what it costs. */
import { beforeAll, expect, it } from 'vitest';
import { measure, namesByScript, precisionOf, type TrueName } from '../../bench/place-accuracy.ts';
import { SCRIPTS, type Script, scriptOf, spoil } from '../../bench/place-noise.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { Atlas } from '../../src/places/atlas.ts';
import { atlasFrom } from '../../src/places/gazetteer.service.ts';
import { atlasFileOfRun } from '../support/templates.ts';

let atlas: Atlas;
let names: ReadonlyMap<Script, readonly TrueName[]>;
beforeAll(async () => {
  atlas = await atlasFrom(atlasFileOfRun())();
  names = namesByScript(atlas);
});

/** Least recall with the country known, at 0, 1 and 2 edits: a little under what was measured on 120 names. */
const LEAST: Readonly<Record<Script, readonly [number, number, number]>> = {
  latin: [0.9, 0.72, 0.5],
  devanagari: [0.92, 0.8, 0.35],
  bengali: [0.92, 0.85, 0.5],
  arabic: [0.85, 0.82, 0.62],
  cyrillic: [0.88, 0.8, 0.5],
};

it.each(SCRIPTS)('%s names are resolved as often as before, and rarely wrongly', (script) => {
  const random = seededRandom(7);
  const own = names.get(script) ?? [];
  expect(own.length).toBeGreaterThan(100);
  for (const edits of [0, 1, 2]) {
    const figures = measure(atlas, own, { script, edits, known: 'country', trials: 100, random });
    expect(figures.trials).toBe(100);
    expect(figures.right / 100, `${edits} edits`).toBeGreaterThanOrEqual(LEAST[script][edits] ?? 1);
    expect(precisionOf(figures), `${edits} edits`).toBeGreaterThan(0.93);
  }
  // Another place of the report nearby finds what is only like the name, as candidates.
  const near = measure(atlas, own, { script, edits: 1, known: 'near', trials: 60, random });
  expect((near.right + near.among) / 60).toBeGreaterThan(0.75);
});

it('the noise is the same for the same seed, and none at no edits', () => {
  const [one, two] = [seededRandom(3), seededRandom(3)];
  for (const script of SCRIPTS) {
    const [name = ''] = (names.get(script) ?? []).map((truth) => truth.name);
    expect(scriptOf(name)).toBe(script);
    expect(spoil(name, script, 2, one)).toBe(spoil(name, script, 2, two));
    expect(spoil(name, script, 0, one)).toBe(name);
  }
  expect(scriptOf('Kathmandu काठमाडौं')).toBeNull();
});
