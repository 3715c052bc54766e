/** An organisation's own words, asked before the gazetteer: what it decided of a reference, and what its aliases say of a name. */
import type { Atlas } from '../../places/gazetteer.service.ts';
import { type SpokenName, spokenName } from '../../places/spoken-name.ts';
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import type { Mention } from './kept-places.ts';
import { decidedPlace, decisionOf, type NewDecision } from './place-decision.ts';
import type { StoredPlace } from './stored-place.ts';
import { type AliasColumns, findAliases, insertDecisions } from './taught-places.store.ts';

/** A name as it is compared: a token only its owner's words give, and the country said beside it. */
export interface NameToken {
  /** As `bytesText` writes it. */
  readonly token: string;
  readonly country: string | null;
}

export interface Taught {
  readonly alias: AliasColumns;
  readonly place: StoredPlace;
}

/** Read anew for every chunk of drafts and kept no longer: nothing here outlives the transaction or serves another owner. */
export class TaughtPlaces {
  readonly #aliases: ReadonlyMap<string, AliasColumns>;
  readonly #atlas: Atlas;

  private constructor(aliases: readonly AliasColumns[], atlas: Atlas) {
    this.#aliases = new Map(aliases.map((alias) => [`${alias.name_token} ${alias.said_country}`, alias]));
    this.#atlas = atlas;
  }

  static async read(
    connection: Queryable,
    ownerId: string,
    names: readonly NameToken[],
    atlas: Atlas,
  ): Promise<TaughtPlaces> {
    const tokens = [...new Set(names.map(({ token }) => token))];
    return new TaughtPlaces(await findAliases(connection, ownerId, tokens), atlas);
  }

  /** Null where nothing was taught, or where what was taught contradicts the country that is said. */
  find({ token, country }: NameToken, home: boolean): Taught | null {
    const alias =
      this.#aliases.get(`${token} ${country ?? ''}`) ??
      (country === null ? undefined : this.#aliases.get(`${token} `));
    if (alias === undefined) return null;
    const place = decidedPlace(decisionOf(alias), country, home, this.#atlas);
    if (place === null || (country !== null && place.country !== country)) return null;
    return { alias, place };
  }
}

/** Null where no name is said, and where a position says more than any name. */
export function nameOf({ place }: Mention, atlas: Atlas): SpokenName | null {
  if (place.position !== null && place.level !== 'country') return null;
  return spokenName(place.text, place.country, atlas.lookup);
}

export function nameToken(keys: KeyStore, ownerId: string, { name, country }: SpokenName): NameToken {
  return { token: bytesText(keys.token(`place-name/${ownerId}`, name)), country };
}

/** In the transaction that decides. */
export async function recordDecisions(
  connection: Queryable,
  ownerId: string,
  visibilityClass: number,
  now: Date,
  decisions: readonly NewDecision[],
): Promise<void> {
  await insertDecisions(connection, ownerId, visibilityClass, now, decisions);
}
