/** A shape as one tile shows it: cut to the tile and its buffer, in whole units, and once for each world that reaches into it. */
import { type Box, clipLine, clipRing, meets, type PlanePoint } from '../../../geo/clip-to-box.ts';
import { BUFFER, EXTENT, type TileAddress } from '../tile-address.ts';
import type { MapShape, Tags } from './map-shape.ts';

type UnitPoint = [x: number, y: number];

/** Geometry in units of the tile, y downwards: points; lines; or rings, outer ones clockwise on the screen. */
export interface TileFeature {
  readonly kind: MapShape['kind'];
  readonly geometry: readonly (readonly UnitPoint[])[];
  readonly tags: Tags;
}

const WINDOW: Box = { minX: -BUFFER, minY: -BUFFER, maxX: EXTENT + BUFFER, maxY: EXTENT + BUFFER };
/** The world to the left and the one to the right show the same. */
const TURNS = [-1, 0, 1];

/** Null where the tile shows nothing of it. What is smaller than a unit is drawn as one: a count is not lost for being small. */
export function placeShape(shape: MapShape, address: TileAddress): TileFeature | null {
  const geometry = TURNS.flatMap((turn) => placed(shape, address, turn));
  return geometry.length === 0 ? null : { kind: shape.kind, geometry, tags: shape.tags };
}

/** Whether anything in the box of the world may be seen on the tile. */
export function mayShow(box: Box, { z, x, y }: TileAddress): boolean {
  const tiles = 2 ** z;
  const margin = (BUFFER + 1) / EXTENT;
  const [minY, maxY] = [(y - margin) / tiles, (y + 1 + margin) / tiles];
  return TURNS.some((turn) =>
    meets(box, { minX: (x - margin) / tiles - turn, maxX: (x + 1 + margin) / tiles - turn, minY, maxY }),
  );
}

function placed({ kind, parts, box }: MapShape, { z, x, y }: TileAddress, turn: number): UnitPoint[][] {
  const scale = 2 ** z * EXTENT;
  const toTile = ([worldX, worldY]: PlanePoint): PlanePoint => [
    (worldX + turn) * scale - x * EXTENT,
    worldY * scale - y * EXTENT,
  ];
  const [minX, minY] = toTile([box.minX, box.minY]);
  const [maxX, maxY] = toTile([box.maxX, box.maxY]);
  if (!meets({ minX, minY, maxX, maxY }, WINDOW)) return [];
  if (kind === 'point') return pointsOf(parts.flat(2).map(toTile));
  if (kind === 'line') return linesOf(parts.flat().map((line) => line.map(toTile)));
  return parts.flatMap((rings) => areaOf(rings.map((ring) => ring.map(toTile))));
}

/** Rounded down, so that every point of the world is inside exactly one tile of a zoom. */
function pointsOf(points: readonly PlanePoint[]): UnitPoint[][] {
  return points
    .map(([x, y]): UnitPoint => [Math.floor(x), Math.floor(y)])
    .filter(([x, y]) => x >= WINDOW.minX && x < WINDOW.maxX && y >= WINDOW.minY && y < WINDOW.maxY)
    .map((point) => [point]);
}

function linesOf(lines: readonly (readonly PlanePoint[])[]): UnitPoint[][] {
  return lines.flatMap((line) =>
    clipLine(line, WINDOW).map((piece) => {
      const units = inUnits(piece);
      const [x, y] = units[0]!;
      if (units.length === 1) units.push([x + 1, y]);
      return units;
    }),
  );
}

function areaOf([outer, ...holes]: readonly (readonly PlanePoint[])[]): UnitPoint[][] {
  const clipped = clipRing(outer ?? [], WINDOW);
  if (clipped.length === 0) return [];
  const ring = inUnits(clipped);
  const area = twiceArea(ring);
  if (area === 0) return [unitSquare(ring[0]!)];
  const shown = holes.map((hole) => inUnits(clipRing(hole, WINDOW)));
  return [
    turned(ring, area > 0),
    ...shown.flatMap((hole) => {
      const inner = twiceArea(hole);
      return inner === 0 ? [] : [turned(hole, inner < 0)];
    }),
  ];
}

function turned(ring: UnitPoint[], isRight: boolean): UnitPoint[] {
  const way = isRight ? ring : ring.reverse();
  return [...way, way[0]!];
}

function unitSquare([x, y]: UnitPoint): UnitPoint[] {
  return [
    [x, y],
    [x + 1, y],
    [x + 1, y + 1],
    [x, y + 1],
    [x, y],
  ];
}

function inUnits(points: readonly PlanePoint[]): UnitPoint[] {
  const units: UnitPoint[] = [];
  for (const [x, y] of points) {
    // Never the zero below zero.
    const [unitX, unitY] = [Math.round(x) + 0, Math.round(y) + 0];
    const last = units[units.length - 1];
    if (last?.[0] !== unitX || last[1] !== unitY) units.push([unitX, unitY]);
  }
  return units;
}

/** Positive where it runs clockwise on the screen. */
function twiceArea(ring: readonly UnitPoint[]): number {
  let twice = 0;
  for (const [at, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(at + 1) % ring.length]!;
    twice += x * nextY - nextX * y;
  }
  return twice;
}
