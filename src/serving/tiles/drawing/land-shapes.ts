/** The land of the Earth in three grains, each read when first needed. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { cutRing } from '../../../geo/antimeridian.ts';
import { boxOf, meets } from '../../../geo/clip-to-box.ts';
import type { Position } from '../../../geo/position.ts';
import { areaShape, type MapShape } from './map-shape.ts';

export type Rings = readonly (readonly Position[])[];

/** Natural Earth's grains, and the last zoom that each is drawn at. */
const GRAINS = [
  { grain: '110m', lastZoom: 2 },
  { grain: '50m', lastZoom: 5 },
  { grain: '10m', lastZoom: Infinity },
] as const;

const read = new Map<string, readonly MapShape[]>();

export function grainAt(zoom: number): string {
  return GRAINS.find(({ lastZoom }) => zoom <= lastZoom)!.grain;
}

export function landAt(zoom: number): readonly MapShape[] {
  const grain = grainAt(zoom);
  const shapes = read.get(grain) ?? readLand(grain);
  read.set(grain, shapes);
  return shapes;
}

function readLand(grain: string): readonly MapShape[] {
  const file = createRequire(import.meta.url).resolve(`world-atlas/land-${grain}.json`);
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Topology<{ land: GeometryCollection }>;
  const { features } = feature(topology, topology.objects.land);
  const polygons = features.flatMap(({ geometry }): Rings[] => {
    if (geometry.type === 'Polygon') return [geometry.coordinates as unknown as Rings];
    return geometry.type === 'MultiPolygon' ? (geometry.coordinates as unknown as Rings[]) : [];
  });
  return polygons.flatMap(piecesOf).map((rings) => areaShape([rings], {}));
}

/** The atlas joins what lies on both sides of the antimeridian; a lake belongs to the piece it lies in. */
export function piecesOf([outer = [], ...holes]: Rings): Rings[] {
  return cutRing(outer).map((piece) => {
    const box = boxOf(piece);
    return [piece, ...holes.filter((hole) => meets(box, boxOf(hole)))];
  });
}
