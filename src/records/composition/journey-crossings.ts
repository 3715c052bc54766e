/** The crossings of a journey as rows have them: the nearest known post, and a cell as coarse as what the crossing was taken from. */
import type { Position } from '../../geo/position.ts';
import { toMetre } from '../../geo/sphere.ts';
import type { Mode, WaypointKind } from '../../kernel/vocabulary.ts';
import type { Atlas } from '../../places/gazetteer.service.ts';
import { nearestCrossingPoint } from '../../places/nearest-crossing-point.ts';
import { type JourneyPoint, journeyCrossings } from './journey.ts';
import { footprint } from './stored-place.ts';

export interface PlacedPoint extends JourneyPoint {
  readonly uncertaintyKm: number | null;
}

export interface CrossingColumns {
  readonly kind: WaypointKind;
  readonly ordinal: number;
  readonly from_country: string;
  readonly to_country: string;
  readonly country_a: string;
  readonly country_b: string;
  readonly longitude: number;
  readonly latitude: number;
  readonly z: bigint | null;
  readonly cell: bigint | null;
  readonly cell_resolution: number | null;
  readonly place_id: string | null;
  readonly distance_km: number | null;
}

/** A gate is known to half a kilometre; where a straight leg meets the line says no more than 25 km. */
const LEAST_OBSERVED_KM = 0.5;
const LEAST_INFERRED_KM = 25;
const POST_REACH_KM = 50;

/** A leg by air or sea passes no border on the way. */
export function isOverland(mode: Mode): boolean {
  return mode !== 'air' && mode !== 'sea';
}

export function crossingColumns(
  points: readonly PlacedPoint[],
  atlas: Pick<Atlas, 'borders' | 'posts'>,
): readonly CrossingColumns[] {
  return journeyCrossings(points, atlas.borders).map((crossing) => {
    const [a, b] = [crossing.from, crossing.to].sort() as [string, string];
    const post = nearestPost(atlas, crossing.position, [a, b]);
    const observed = crossing.kind === 'observed';
    const sources = observed ? [crossing.ordinal] : [crossing.ordinal, crossing.ordinal + 1];
    const known = sources.map((ordinal) => points[ordinal]?.uncertaintyKm ?? 0);
    const km = Math.max(observed ? LEAST_OBSERVED_KM : LEAST_INFERRED_KM, ...known);
    const { z, cell, cellResolution } = footprint(crossing.position, km);
    return {
      kind: crossing.kind,
      ordinal: crossing.ordinal,
      from_country: crossing.from,
      to_country: crossing.to,
      country_a: a,
      country_b: b,
      longitude: crossing.position[0],
      latitude: crossing.position[1],
      z,
      cell,
      cell_resolution: cellResolution,
      place_id: post?.placeId ?? null,
      distance_km: post?.km ?? null,
    };
  });
}

function nearestPost(
  { posts }: Pick<Atlas, 'posts'>,
  position: Position,
  pair: readonly [string, string],
): { placeId: string; km: number } | null {
  const found = nearestCrossingPoint(posts, position, pair, POST_REACH_KM);
  return found === null ? null : { placeId: found.place.id, km: toMetre(found.distanceKm) };
}
