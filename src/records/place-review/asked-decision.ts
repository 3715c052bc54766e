/** A decision as it is asked for: exactly one of a place, a position with its level, and "no place". */
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import type { PlaceLevel } from '../../kernel/vocabulary.ts';
import type { PlaceDecision } from '../composition/place-decision.ts';

export interface AskedDecision {
  readonly placeId: string | null;
  readonly position: { readonly longitude: number; readonly latitude: number } | null;
  readonly level: PlaceLevel | null;
  readonly notAPlace: boolean | null;
}

export function readDecision({ placeId, position, level, notAPlace }: AskedDecision): Outcome<PlaceDecision> {
  const given = [placeId, position, notAPlace === true ? true : null].filter((part) => part != null);
  if (given.length !== 1) {
    const found = `${given.length} of the three`;
    return refuse({ where: 'placeId, position, notAPlace', found, wanted: 'exactly one' });
  }
  if (position == null && level != null)
    return refuse({ where: 'level', found: 'a level without a position', wanted: 'a position beside it' });
  if (placeId != null) return accept({ decided: 'place', placeId: placeId.toLowerCase() });
  if (position == null) return accept({ decided: 'not_a_place' });
  if (level !== 'exact' && level !== 'locality' && level !== 'admin') {
    const wanted = 'EXACT, LOCALITY or ADMIN; a country is given as placeId';
    return refuse({ where: 'level', found: level?.toUpperCase() ?? 'nothing', wanted });
  }
  const { longitude, latitude } = position;
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
    const found = `longitude ${longitude}, latitude ${latitude}`;
    return refuse({ where: 'position', found, wanted: '-180…180 and -90…90, longitude first' });
  }
  return accept({ decided: 'position', position: [longitude, latitude], level });
}
