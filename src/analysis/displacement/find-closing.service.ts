/** Which crossing was closed, and when: named outright, or by an interdiction. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { isId } from '../../kernel/ids.ts';
import type { PlaceColumns } from '../../places/place.type.ts';
import { findInterdiction } from '../../records/interdictions/find-interdiction.service.ts';
import type { Interdiction } from '../../records/interdictions/interdiction.type.ts';
import { type Refusal, refuseToDerive } from '../derivation.ts';
import type { DisplacementQuestion } from './displacement-question.ts';

/** An interdiction at no known crossing point is at the nearest one within this. */
const AT_CROSSING_KM = 15;

export interface Closing {
  readonly interdiction: Interdiction | null;
  readonly places: readonly PlaceColumns[];
  /** "2025-02-01" */
  readonly day: string;
}

export async function closingOf(
  reader: ViewerReader,
  asKnown: AsKnown,
  { interdictionId, crossingPointIds, on }: DisplacementQuestion,
  points: readonly PlaceColumns[],
): Promise<Closing | Refusal> {
  if (interdictionId === null) {
    const wanted = new Set(crossingPointIds);
    const places = points.filter(({ id }) => wanted.has(id));
    return places.length === wanted.size
      ? { interdiction: null, places, day: on! }
      : refuseToDerive(
          'no such crossing point',
          `${places.length} of ${wanted.size} ids are crossing points`,
          'ids of places of kind CROSSING_POINT',
        );
  }
  const interdiction = isId(interdictionId) ? await findInterdiction(reader, interdictionId, asKnown) : null;
  if (interdiction === null)
    return refuseToDerive('no such interdiction', 'none with that id', 'the id of one that you see');
  if (interdiction.kind === 'station_closed' || interdiction.kind === 'station_opened')
    return refuseToDerive(
      'effort changed',
      'a station that was opened or closed: what is not watched is not seen to move',
      'a crossing or road that was closed',
    );
  if (interdiction.kind !== 'crossing_closed' && interdiction.kind !== 'road_closed')
    return refuseToDerive(
      'not a closing',
      `an interdiction of kind ${interdiction.kind.toUpperCase()}`,
      'CROSSING_CLOSED or ROAD_CLOSED, or crossingPoints and on',
    );
  const place = placeAt(interdiction, points);
  return place === null
    ? refuseToDerive(
        'not at a crossing',
        `an interdiction that is at no known crossing point, nor within ${AT_CROSSING_KM} km of one`,
        'an interdiction at a crossing, or crossingPoints and on',
      )
    : { interdiction, places: [place], day: interdiction.occurredOn };
}

function placeAt({ placeId, position }: Interdiction, points: readonly PlaceColumns[]) {
  const named = points.find(({ id }) => id === placeId);
  if (named || position === null) return named ?? null;
  const near = points
    .map((point) => ({
      point,
      km: greatCircleKm([position.longitude, position.latitude], [point.longitude, point.latitude]),
    }))
    .filter(({ km }) => km <= AT_CROSSING_KM)
    .sort((a, b) => a.km - b.km);
  return near[0]?.point ?? null;
}
