/** How often the resolver is right, wrong and honest about not knowing: names drawn with a seed, spoilt, and asked for again. */
import type { Position } from '../src/geo/position.ts';
import { greatCircleKm } from '../src/geo/sphere.ts';
import type { Random } from '../src/kernel/random.ts';
import type { Atlas } from '../src/places/atlas.ts';
import type { PlaceRow } from '../src/places/place-rows.ts';
import { resolvePlace } from '../src/places/resolve-place.ts';
import { type Script, scriptOf, spoil } from './place-noise.ts';

export interface TrueName {
  readonly name: string;
  readonly country: string;
  readonly position: Position;
  readonly radiusKm: number;
}

export interface Figures {
  readonly trials: number;
  readonly right: number;
  readonly wrong: number;
  /** Left as candidates, and those of them that hold the right place. */
  readonly ambiguous: number;
  readonly among: number;
}

/** Shorter names, and towns too small to be in every hub, are left out. */
const LEAST_LETTERS = 4;
const LEAST_POPULATION = 15_000;

/** Aliases of towns in each script, in the order of the gazetteer. */
export function namesByScript(atlas: Atlas): ReadonlyMap<Script, readonly TrueName[]> {
  const core = atlas.core(
    ({ kind, population }) => kind === 'locality' && (population ?? 0) >= LEAST_POPULATION,
  );
  const places = new Map<string, PlaceRow>(core.places.map((place) => [place.id, place]));
  const found = new Map<Script, TrueName[]>();
  for (const { placeId, normalised } of core.aliases) {
    const place = places.get(placeId);
    const script = scriptOf(normalised);
    if (place === undefined || script === null || normalised.length < LEAST_LETTERS) continue;
    const { country, position, footprintRadiusKm } = place;
    const list = found.get(script) ?? [];
    list.push({ name: normalised, country, position, radiusKm: footprintRadiusKm });
    found.set(script, list);
  }
  return found;
}

/** `near`: another place of the report lies within some 60 km, as a station does; `far`: wherever another name is from. */
export type Known = 'country' | 'near' | 'far' | 'nothing';

export function measure(
  atlas: Atlas,
  names: readonly TrueName[],
  how: {
    readonly script: Script;
    readonly edits: number;
    readonly known: Known;
    readonly trials: number;
    readonly random: Random;
  },
): Figures {
  const { script, edits, known, trials, random } = how;
  const count = { trials: 0, right: 0, wrong: 0, ambiguous: 0, among: 0 };
  for (let trial = 0; trial < trials; trial += 1) {
    const truth = names[random.int(names.length)];
    if (truth === undefined) break;
    const text = spoil(truth.name, script, edits, random);
    const [longitude, latitude] = truth.position;
    const beside: Position = [
      longitude + (random.int(100) - 50) / 100,
      latitude + (random.int(100) - 50) / 100,
    ];
    const elsewhere = names[random.int(names.length)]?.position ?? truth.position;
    const answer = resolvePlace(
      {
        text,
        position: null,
        country: known === 'country' ? truth.country : null,
        level: 'unknown',
        uncertaintyKm: null,
        hints: known === 'near' ? [beside] : known === 'far' ? [elsewhere] : [],
      },
      atlas.lookup,
    );
    count.trials += 1;
    const isIt = (position: Position, radiusKm: number): boolean =>
      greatCircleKm(position, truth.position) <= Math.max(25, radiusKm, truth.radiusKm);
    if (answer.kind === 'candidates') {
      count.ambiguous += 1;
      const rows = atlas.placeRows(answer.candidates.map(({ placeId }) => placeId));
      if (rows.some((row) => isIt(row.position, row.footprintRadiusKm))) count.among += 1;
    } else if (answer.kind === 'resolved' && answer.level !== 'country') {
      if (isIt(answer.position, answer.uncertaintyKm)) count.right += 1;
      else count.wrong += 1;
    }
  }
  return count;
}

/** Of what was resolved, how much was right; of everything, how much was resolved rightly; null where nothing was. */
export function precisionOf({ right, wrong }: Figures): number | null {
  return right + wrong === 0 ? null : right / (right + wrong);
}
