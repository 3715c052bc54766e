/** Lines and rings of a plane, cut to a box. */

export type PlanePoint = readonly [x: number, y: number];

export interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

export function boxOf(points: Iterable<PlanePoint>): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    minX = Math.min(minX, x);
    minY = Math.min(minY, y);
    maxX = Math.max(maxX, x);
    maxY = Math.max(maxY, y);
  }
  return { minX, minY, maxX, maxY };
}

export function meets(one: Box, other: Box): boolean {
  return one.minX <= other.maxX && one.maxX >= other.minX && one.minY <= other.maxY && one.maxY >= other.minY;
}

/** The pieces of a line inside the box, in its own direction. */
export function clipLine(line: readonly PlanePoint[], box: Box): PlanePoint[][] {
  const pieces: PlanePoint[][] = [];
  let piece: PlanePoint[] = [];
  for (let at = 1; at < line.length; at += 1) {
    const [a, b] = [line[at - 1]!, line[at]!];
    const inside = insideOf(a, b, box);
    if (inside === null) continue;
    if (piece.length === 0 || inside.from > 0) {
      if (piece.length > 1) pieces.push(piece);
      piece = [along(a, b, inside.from)];
    }
    piece.push(along(a, b, inside.to));
    if (inside.to < 1) {
      pieces.push(piece);
      piece = [];
    }
  }
  if (piece.length > 1) pieces.push(piece);
  return pieces;
}

/**
 * An open ring inside the box, as an open ring; empty where nothing is left. Where the box cuts a ring in two, the two stay joined along its
 * edge, which a fill does not show.
 */
export function clipRing(ring: readonly PlanePoint[], box: Box): PlanePoint[] {
  const sides: readonly [axis: 0 | 1, limit: number, sign: 1 | -1][] = [
    [0, box.minX, 1],
    [0, box.maxX, -1],
    [1, box.minY, 1],
    [1, box.maxY, -1],
  ];
  let rest = [...ring];
  for (const [axis, limit, sign] of sides) {
    if (rest.length === 0) return rest;
    rest = clipSide(rest, axis, limit, sign);
  }
  return rest;
}

function clipSide(ring: readonly PlanePoint[], axis: 0 | 1, limit: number, sign: 1 | -1): PlanePoint[] {
  const kept: PlanePoint[] = [];
  const beyond = (point: PlanePoint): number => sign * (point[axis] - limit);
  let a = ring[ring.length - 1]!;
  let aIn = beyond(a);
  for (const b of ring) {
    const bIn = beyond(b);
    if (aIn >= 0 !== bIn >= 0) {
      const cut = along(a, b, aIn / (aIn - bIn));
      kept.push(axis === 0 ? [limit, cut[1]] : [cut[0], limit]);
    }
    if (bIn >= 0) kept.push(b);
    a = b;
    aIn = bIn;
  }
  return kept;
}

/** Which share of the way from a to b lies inside; null where none does. */
function insideOf(a: PlanePoint, b: PlanePoint, box: Box): { from: number; to: number } | null {
  let [from, to] = [0, 1];
  const limits = [
    [b[0] - a[0], box.minX - a[0], box.maxX - a[0]],
    [b[1] - a[1], box.minY - a[1], box.maxY - a[1]],
  ] as const;
  for (const [step, low, high] of limits) {
    if (step === 0) {
      if (low > 0 || high < 0) return null;
      continue;
    }
    const [first, last] = step > 0 ? [low / step, high / step] : [high / step, low / step];
    from = Math.max(from, first);
    to = Math.min(to, last);
  }
  return from <= to ? { from, to } : null;
}

function along(a: PlanePoint, b: PlanePoint, share: number): PlanePoint {
  if (share <= 0) return a;
  if (share >= 1) return b;
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}
