/** What is drawn on a map: a point, lines or areas in the world's square, unwrapped, with what is told of it. */
import { normaliseLongitude, unwrap } from '../../../geo/antimeridian.ts';
import { type Box, boxOf } from '../../../geo/clip-to-box.ts';
import { MOST_LATITUDE, toWorld, type WorldPoint } from '../../../geo/mercator.ts';
import type { Position } from '../../../geo/position.ts';

/** Null: not known, and left out. */
export type Tags = Readonly<Record<string, string | number | boolean | null>>;

export interface MapShape {
  readonly kind: 'point' | 'line' | 'area';
  /** Of a point the one; of lines each; of an area its open rings, the outer one first: several areas follow each other. */
  readonly parts: readonly (readonly (readonly WorldPoint[])[])[];
  readonly box: Box;
  readonly tags: Tags;
}

/** Null beyond the latitudes that the map shows. */
export function pointShape([longitude, latitude]: Position, tags: Tags): MapShape | null {
  if (Math.abs(latitude) >= MOST_LATITUDE) return null;
  return shape('point', [[[toWorld([normaliseLongitude(longitude), latitude])]]], tags);
}

/** Lines as RFC 7946 has them, or ones that run over the antimeridian. */
export function lineShape(lines: readonly (readonly Position[])[], tags: Tags): MapShape {
  return shape('line', [lines.map((line) => unwrap(line).map(toWorld))], tags);
}

/** Closed rings of polygons, the outer one of each first, none over the antimeridian unless it is unwrapped already. */
export function areaShape(polygons: readonly (readonly (readonly Position[])[])[], tags: Tags): MapShape {
  return shape(
    'area',
    polygons.map((rings) => rings.map((ring) => ring.slice(0, -1).map(toWorld))),
    tags,
  );
}

function shape(kind: MapShape['kind'], parts: MapShape['parts'], tags: Tags): MapShape {
  return { kind, parts, box: boxOf(parts.flat(2)), tags };
}
