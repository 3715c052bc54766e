/** What places that are only cells are called: by the nearest town of the public gazetteer. */
import type { ViewerReader } from '../access/reader.ts';
import { nearestTowns, type Unnamed } from './town.view.ts';

/** "near Pokhara" by key; a place without any town in its country is missing. One statement, none for no places. */
export async function namesNear(
  reader: ViewerReader,
  places: readonly Unnamed[],
): Promise<ReadonlyMap<string, string>> {
  if (places.length === 0) return new Map();
  const towns = await nearestTowns(reader, places);
  return new Map(towns.map(({ key, name }) => [key, `near ${name}`]));
}

/** "Belahiya–Sunauli" of "Belahiya–Sunauli (IND–NPL)": among stages that say their countries, the pair is said already. */
export function withoutPair(name: string): string {
  return name.replace(/ \([A-Z]{3}–[A-Z]{3}\)$/, '');
}
