/** One reference decided: what it says from now on, what to go back to, the records that follow it, and what is learnt. */
import type { IdSource } from '../../kernel/ids.ts';
import { type Atlas, ensurePlaces } from '../../places/gazetteer.service.ts';
import { spokenName } from '../../places/spoken-name.ts';
import type { Queryable } from '../../platform/database.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import {
  columnsOf,
  decidedPlace,
  homeDecision,
  type PlaceDecision,
  placeOfState,
  type StationBefore,
  stateOf,
} from '../composition/place-decision.ts';
import type { StoredPlace } from '../composition/stored-place.ts';
import { nameToken, recordDecisions } from '../composition/taught-places.service.ts';
import { momentOfAct } from './past-readings.store.ts';
import { candidatesOf, learnAlias, type ReferenceRow, writeReference } from './place-resolution.store.ts';
import type { RecordMover } from './placed-records.service.ts';
import { findOpenStations, nameStations } from './placed-records.store.ts';

export interface Deciding {
  readonly atlas: Atlas;
  readonly keys: KeyStore;
  readonly ids: IdSource;
  readonly ownerId: string;
  readonly keyId: string;
  readonly at: Date;
  /** From when on what is decided holds. */
  readonly moment: string;
}

export async function decidingNow(
  connection: Queryable,
  { now, ...by }: Omit<Deciding, 'at' | 'moment'> & { readonly now: () => Date },
): Promise<Deciding> {
  const at = now();
  return { ...by, at, moment: await momentOfAct(connection, by.ownerId, at) };
}

/** The place is in the gazetteer at hand. */
export async function decideReference(
  connection: Queryable,
  deciding: Deciding,
  mover: RecordMover,
  act: {
    readonly reference: ReferenceRow;
    readonly decision: PlaceDecision;
    readonly actId: string;
    readonly stations: readonly StationBefore[];
  },
): Promise<void> {
  const { atlas, ownerId, at } = deciding;
  const { reference, stations } = act;
  const { home, said_country: said } = reference;
  const decision = home ? homeDecision(act.decision, said, atlas) : act.decision;
  const place = decidedPlace(decision, said, home, atlas) as StoredPlace;
  if (place.placeId !== null) await ensurePlaces(connection, atlas, [place.placeId]);
  const before = stateBefore(reference, await candidatesOf(connection, reference.id));
  await recordDecisions(connection, ownerId, reference.visibility_class_id, at, [
    {
      id: deciding.ids(),
      place_reference_id: reference.id,
      act_id: act.actId,
      ...columnsOf(decision),
      before: { ...before, decided: reference.decided, stations },
      state: reference.state + 1,
      decided_by: deciding.keyId,
    },
  ]);
  await writeReference(connection, reference, stateOf(place), decision.decided, deciding.moment);
  mover.moved.stations += await nameStations(
    connection,
    stations.map(({ id }) => ({ id, place_id: place.placeId, country: place.country })),
  );
  await mover.follow(connection, reference.id, placeOfState(before, home), place);
}

function stateBefore(row: ReferenceRow, candidates: ReturnType<typeof stateOf>['candidates']) {
  const { resolution, level, place_id, country, longitude, latitude, uncertainty_km, reason } = row;
  return { resolution, level, place_id, country, longitude, latitude, uncertainty_km, reason, candidates };
}

/** Stations of the reference's own name whose position nobody has said; none of a home's. */
export async function openStationsOf(
  connection: Queryable,
  { atlas, keys, ownerId }: Deciding,
  { home, name_token, said_country }: ReferenceRow,
): Promise<readonly StationBefore[]> {
  if (home || name_token === null) return [];
  const stations = await findOpenStations(connection, ownerId);
  return stations
    .filter(({ name, country }) => {
      const spoken = spokenName(name, country, atlas.lookup);
      return (
        spoken !== null &&
        (spoken.country === said_country || said_country === null) &&
        nameToken(keys, ownerId, spoken).token === `\\x${name_token}`
      );
    })
    .map(({ id, place_id, country }) => ({ id, place_id, country }));
}

/** Whether the name may be learnt from the decision, and why not where it was wanted. */
export function teachable(
  { home, name_token, said_country }: ReferenceRow,
  decision: PlaceDecision,
  wanted: boolean,
  atlas: Atlas,
): { readonly learn: boolean; readonly notes: readonly string[] } {
  if (!wanted) return { learn: false, notes: [] };
  const why = (note: string) => ({ learn: false, notes: [`nothing is learnt: ${note}`] });
  if (home) return why("the words of a home stand for that home and nobody else's");
  if (name_token === null) return why('the source gave no name, or a position beside it');
  const country = decidedPlace(decision, said_country, false, atlas)?.country ?? null;
  if (said_country !== null && country !== said_country)
    return why(`the source says ${said_country}, and the place lies in ${country ?? 'no country'}`);
  return { learn: true, notes: [] };
}

/** The name is kept in words only where the reference's own words are. */
export function teach(
  connection: Queryable,
  { atlas, ids, ownerId, keyId, at }: Deciding,
  reference: ReferenceRow,
  decision: PlaceDecision,
  actId: string,
): Promise<string> {
  const name = spokenName(reference.written, reference.said_country, atlas.lookup)?.name ?? null;
  const alias = { id: ids(), act_id: actId, learned_by: keyId, ...columnsOf(decision) };
  return learnAlias(connection, ownerId, reference, name, alias, at);
}
