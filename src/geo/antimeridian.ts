/** Where the map is torn: longitudes are unwrapped to be worked with, and lines and rings cut at ±180 to be handed out. */
import type { Position } from './position.ts';

/** The same meridian in [-180, 180). Exact for longitudes already inside. */
export function normaliseLongitude(longitude: number): number {
  if (longitude >= -180 && longitude < 180) return longitude;
  const turned = longitude - 360 * Math.floor((longitude + 180) / 360);
  // A hair below -180 rounds up to exactly 180.
  return turned >= 180 ? -180 : turned;
}

/** The same sequence with every longitude within 180° of the one before, so that plane geometry sees no tear. */
export function unwrap(positions: readonly Position[]): Position[] {
  const unwrapped: Position[] = [];
  let previous = 0;
  for (const [index, [longitude, latitude]] of positions.entries()) {
    previous = index === 0 ? normaliseLongitude(longitude) : nearestTurn(longitude, previous);
    unwrapped.push([previous, latitude]);
  }
  return unwrapped;
}

/** The same positions, in no particular sequence, with every longitude within 180° of `meridian`. */
export function unwrapAround(positions: readonly Position[], meridian: number): Position[] {
  return positions.map(([longitude, latitude]) => [nearestTurn(longitude, meridian), latitude]);
}

/**
 * A line as RFC 7946 wants it: pieces inside [-180, 180], each piece ending at ±180 sharing that vertex with the next one, on
 * the other sign. Legs are straight in longitude and latitude: densify great circles first.
 */
export function cutLine(line: readonly Position[]): Position[][] {
  const pieces: Position[][] = [];
  let piece: Position[] = [];
  let turn = 0;
  for (const [index, vertex] of unwrap(line).entries()) {
    if (index === 0) {
      turn = turnOf(vertex[0]);
      piece.push(onTurn(vertex, turn));
      continue;
    }
    const before = unwrapStep(piece, turn);
    while (vertex[0] > 180 + 360 * turn || vertex[0] < -180 + 360 * turn) {
      const direction = vertex[0] > 180 + 360 * turn ? 1 : -1;
      const latitude = latitudeAt(before, vertex, 180 * direction + 360 * turn);
      piece.push([180 * direction, latitude]);
      pieces.push(piece);
      piece = [[-180 * direction, latitude]];
      turn += direction;
    }
    piece.push(onTurn(vertex, turn));
  }
  pieces.push(piece);
  return pieces.map(withoutRepeats).filter((kept) => kept.length > 1);
}

/**
 * A closed, simple ring (first position = last) as closed rings inside [-180, 180], counter-clockwise as RFC 7946 wants outer
 * rings. A ring round a pole is closed along that pole. Edges are straight in longitude and latitude.
 */
export function cutRing(ring: readonly Position[]): Position[][] {
  let open = closedOverPole(unwrap(ring)).slice(0, -1);
  if (signedArea(open) < 0) open = open.reverse();
  const east = Math.max(...open.map(([longitude]) => longitude));
  const finished: Position[][] = [];
  let rest = [open];
  const lowest = turnOf(Math.min(...open.map(([longitude]) => longitude)));
  for (let turn = lowest; rest.length > 0; turn += 1) {
    const meridian = 180 + 360 * turn;
    const isLast = east <= meridian;
    const split = rest.map((one) => (isLast ? { west: [one], east: [] } : splitRing(one, meridian)));
    for (const piece of split.flatMap((one) => one.west)) finished.push(piece.map((at) => onTurn(at, turn)));
    rest = split.flatMap((one) => one.east);
  }
  return finished.map((piece) => [...piece, piece[0]!]);
}

function nearestTurn(longitude: number, meridian: number): number {
  return longitude - 360 * Math.round((longitude - meridian) / 360);
}

/** How many whole turns east of [-180, 180) a longitude lies. */
function turnOf(longitude: number): number {
  return Math.floor((longitude + 180) / 360);
}

function onTurn([longitude, latitude]: Position, turn: number): Position {
  return [longitude - 360 * turn, latitude];
}

function unwrapStep(piece: readonly Position[], turn: number): Position {
  const [longitude, latitude] = piece[piece.length - 1]!;
  return [longitude + 360 * turn, latitude];
}

function latitudeAt(a: Position, b: Position, meridian: number): number {
  return a[1] + ((b[1] - a[1]) * (meridian - a[0])) / (b[0] - a[0]);
}

function withoutRepeats(line: readonly Position[]): Position[] {
  return line.filter((at, i) => i === 0 || at[0] !== line[i - 1]![0] || at[1] !== line[i - 1]![1]);
}

/** A ring that ends a whole turn away from its start goes round a pole: the pole itself, as a line, closes it. */
function closedOverPole(ring: readonly Position[]): Position[] {
  const first = ring[0]!;
  const last = ring[ring.length - 1]!;
  if (Math.abs(last[0] - first[0]) < 180) return [...ring.slice(0, -1), first];
  const pole = ring.reduce((sum, [, latitude]) => sum + latitude, 0) < 0 ? -90 : 90;
  return [...ring, [last[0], pole], [first[0], pole], first];
}

function signedArea(open: readonly Position[]): number {
  let twice = 0;
  for (const [i, [x, y]] of open.entries()) {
    const [nextX, nextY] = open[(i + 1) % open.length]!;
    twice += x * nextY - nextX * y;
  }
  return twice / 2;
}

/**
 * Both sides of a simple counter-clockwise open ring. A vertex on the meridian counts as east, so each crossing is clean; along the meridian
 * the crossings, by latitude, are in turn an entry and an exit, which is how the pieces on each side are joined.
 */
function splitRing(open: readonly Position[], meridian: number): { west: Position[][]; east: Position[][] } {
  const isEast = open.map(([longitude]) => longitude >= meridian);
  if (!isEast.includes(false)) return { west: [], east: [[...open]] };
  if (!isEast.includes(true)) return { west: [[...open]], east: [] };
  const start = open.findIndex((_, i) => isEast[i] && !isEast[(i + open.length - 1) % open.length]);
  const chains: { east: boolean; positions: Position[] }[] = [];
  for (let step = 0; step < open.length; step += 1) {
    const i = (start + step) % open.length;
    const before = (i + open.length - 1) % open.length;
    if (isEast[i] !== isEast[before]) {
      const crossing: Position = [meridian, latitudeAt(open[before]!, open[i]!, meridian)];
      if (step > 0) chains[chains.length - 1]!.positions.push(crossing);
      chains.push({ east: isEast[i]!, positions: [crossing] });
    }
    chains[chains.length - 1]!.positions.push(open[i]!);
  }
  chains[chains.length - 1]!.positions.push(chains[0]!.positions[0]!);
  return {
    west: joined(chains.filter((chain) => !chain.east)),
    east: joined(chains.filter((chain) => chain.east)),
  };
}

/** Chains that begin and end on the meridian, closed into rings along it: each end goes on at its partner by latitude. */
function joined(chains: readonly { readonly positions: readonly Position[] }[]): Position[][] {
  const ends = chains
    .flatMap(({ positions }, chain) => [
      { chain, latitude: positions[0]![1], begins: true },
      { chain, latitude: positions[positions.length - 1]![1], begins: false },
    ])
    .sort((a, b) => a.latitude - b.latitude || a.chain - b.chain);
  const next = new Map<number, number>();
  for (let i = 0; i + 1 < ends.length; i += 2) {
    const [low, high] = [ends[i]!, ends[i + 1]!];
    if (low.begins) next.set(high.chain, low.chain);
    else next.set(low.chain, high.chain);
  }
  const rings: Position[][] = [];
  const used = new Set<number>();
  for (const first of chains.keys()) {
    const ring: Position[] = [];
    for (let chain = first; !used.has(chain); chain = next.get(chain) ?? first) {
      used.add(chain);
      ring.push(...chains[chain]!.positions);
    }
    const clean = withoutRepeats(ring);
    if (clean.length > 2 && Math.abs(signedArea(clean)) > 0) rings.push(clean);
  }
  return rings;
}
