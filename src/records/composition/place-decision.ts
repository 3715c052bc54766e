/** What an organisation decided that a place reference means, as a footprint no finer than what was decided. */
import { cellAt, inradiusKm } from '../../geo/cells.ts';
import type { Position } from '../../geo/position.ts';
import type { PlaceLevel } from '../../kernel/vocabulary.ts';
import type { Atlas } from '../../places/gazetteer.service.ts';
import {
  coarsenHome,
  footprint,
  HOME_RESOLUTION,
  NOTHING,
  type StoredPlace,
  sideSaid,
  storePlace,
} from './stored-place.ts';

export type PositionLevel = 'exact' | 'locality' | 'admin';

export type PlaceDecision =
  | { readonly decided: 'place'; readonly placeId: string }
  | { readonly decided: 'position'; readonly position: Position; readonly level: PositionLevel }
  | { readonly decided: 'not_a_place' };

/** As its columns stand in a row. */
export interface DecisionColumns {
  readonly decided: PlaceDecision['decided'];
  readonly place_id: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly level: PositionLevel | null;
}

/** Null: the gazetteer at hand does not have the place. A home is coarsened as every home is. */
export function decidedPlace(
  decision: PlaceDecision,
  said: string | null,
  home: boolean,
  atlas: Atlas,
): StoredPlace | null {
  const place = meant(decision, said, atlas);
  if (place === null || !home) return place;
  const coarse = coarsenHome(place, atlas);
  // A town near the spot is not the one the home lies in.
  return decision.decided === 'position' ? { ...coarse, placeId: null } : coarse;
}

/** A decision as it may be kept of a home: a village or a spot becomes the middle of the district's cell. */
export function homeDecision(decision: PlaceDecision, said: string | null, atlas: Atlas): PlaceDecision {
  const place = decidedPlace(decision, said, true, atlas);
  if (place === null || place.position === null || place.placeId !== null) return decision;
  return { decided: 'position', position: place.position, level: 'locality' };
}

function meant(decision: PlaceDecision, said: string | null, atlas: Atlas): StoredPlace | null {
  if (decision.decided === 'not_a_place') {
    const reason = 'its organisation says that this is no place';
    return { ...NOTHING, resolution: 'unresolved', country: said, candidates: [], reason };
  }
  if (decision.decided === 'position') {
    const { position, level } = decision;
    const draft = { text: null, position, country: said, level, uncertaintyKm: null };
    const stored = storePlace(draft, [], atlas);
    // The town nearest to the middle of an area is not what was said.
    return level === 'admin' ? { ...stored, placeId: null } : stored;
  }
  const [row] = atlas.placeRows([decision.placeId]);
  if (row === undefined) return null;
  const base = { resolution: 'resolved', placeId: row.id as string, candidates: [], reason: null } as const;
  if (row.kind === 'country') {
    return {
      ...NOTHING,
      ...base,
      level: 'country',
      country: row.country,
      uncertaintyKm: row.footprintRadiusKm,
    };
  }
  const { position, country } = row;
  return {
    ...base,
    level: row.kind === 'admin_area' ? 'admin' : 'locality',
    country: sideSaid({ country: said }, { country, placeId: row.id, position }, atlas) ?? country,
    ...footprint(position, row.footprintRadiusKm),
  };
}

export function decisionOf(columns: DecisionColumns): PlaceDecision {
  const { decided, place_id, longitude, latitude, level } = columns;
  if (decided === 'place' && place_id !== null) return { decided, placeId: place_id };
  if (decided === 'position' && longitude !== null && latitude !== null && level !== null)
    return { decided, position: [longitude, latitude], level };
  return { decided: 'not_a_place' };
}

export function columnsOf(decision: PlaceDecision): DecisionColumns {
  const at = decision.decided === 'position' ? decision : null;
  return {
    decided: decision.decided,
    place_id: decision.decided === 'place' ? decision.placeId : null,
    longitude: at?.position[0] ?? null,
    latitude: at?.position[1] ?? null,
    level: at?.level ?? null,
  };
}

/** What a reference says, as it is stored and gone back to. */
export interface ReferenceState {
  readonly resolution: StoredPlace['resolution'];
  readonly level: PlaceLevel;
  readonly place_id: string | null;
  readonly country: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly uncertainty_km: number | null;
  readonly reason: string | null;
  readonly candidates: readonly { readonly placeId: string; readonly weight: number }[];
}

export function stateOf(place: StoredPlace): ReferenceState {
  return {
    resolution: place.resolution,
    level: place.level,
    place_id: place.placeId,
    country: place.country,
    longitude: place.position?.[0] ?? null,
    latitude: place.position?.[1] ?? null,
    uncertainty_km: place.uncertaintyKm,
    reason: place.reason,
    candidates: place.candidates,
  };
}

/** Metres are what uncertainties are rounded to. */
const A_METRE_KM = 0.001;

/** The same place again from what the reference says of it, its cell as coarse as it was. */
export function placeOfState(state: ReferenceState, home: boolean): StoredPlace {
  const base = {
    resolution: state.resolution,
    level: state.level,
    placeId: state.place_id,
    country: state.country,
    uncertaintyKm: state.uncertainty_km,
    candidates: state.candidates,
    reason: state.reason,
  };
  const { longitude, latitude, uncertainty_km: km } = state;
  if (longitude === null || latitude === null || km === null)
    return { ...base, position: null, cell: null, cellResolution: null, z: null };
  const there = footprint([longitude, latitude], km);
  const isDistrict = home && km <= inradiusKm(HOME_RESOLUTION) + A_METRE_KM;
  return isDistrict
    ? {
        ...base,
        ...there,
        cell: cellAt([longitude, latitude], HOME_RESOLUTION),
        cellResolution: HOME_RESOLUTION,
      }
    : { ...base, ...there };
}

/** A decision of one reference, and what to go back to. */
export interface NewDecision extends DecisionColumns {
  readonly id: string;
  readonly place_reference_id: string;
  readonly act_id: string;
  readonly before: ReferenceState & {
    readonly decided: string | null;
    readonly stations: readonly StationBefore[];
  };
  /** Of the reference once it is decided. */
  readonly state: number;
  readonly decided_by: string;
}

export interface StationBefore {
  readonly id: string;
  readonly place_id: string | null;
  readonly country: string | null;
}
