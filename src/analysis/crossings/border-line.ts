/** The line of one border as a surveyor reads it: pieces with a fixed end each, and how far along it a place is. */
import type { Position } from '../../geo/position.ts';
import { greatCircleKm, interpolate, lineLengthKm } from '../../geo/sphere.ts';
import { nearestBorder } from '../../places/border-crossings.ts';
import { type BorderIndex, indexBorders } from '../../places/border-index.ts';

/** The lines of a border as the hub holds them: the longest first, each of two positions or more, none across the antimeridian. */
export interface DrawnBorder {
  /** In alphabetical order. */
  readonly border: readonly [string, string];
  readonly lines: readonly (readonly Position[])[];
}

/** A connected stretch of a border. */
export interface BorderPiece {
  /** Open ones run from their western end (the southern one where both are as far west), so that km 0 stays where it is when the line is drawn anew. */
  readonly line: readonly Position[];
  readonly lengthKm: number;
  /** Comes back to where it began, as round an enclave: km 0 is where it was begun to be drawn. */
  readonly closed: boolean;
}

/** A place's foot on the line. */
export interface Chainage {
  /** Which of the pieces, from 0, the longest. */
  readonly piece: number;
  /** From that piece's fixed end, along great circles on the sphere. */
  readonly km: number;
}

/** A crossing farther than this from the line of its border is not on it: the line is wrong there, or the crossing is. */
const ON_LINE_WITHIN_KM = 50;

export class BorderLine {
  readonly pieces: readonly BorderPiece[];
  readonly #index: BorderIndex;

  constructor({ border, lines }: DrawnBorder) {
    this.pieces = lines.map((drawn) => {
      const closed = greatCircleKm(drawn[0]!, drawn.at(-1)!) < CLOSED_WITHIN_KM;
      const line = closed || startsInTheWest(drawn) ? drawn : drawn.toReversed();
      return { line, closed, lengthKm: lineLengthKm(line) };
    });
    // A row a piece, so that each is measured from its own end.
    this.#index = indexBorders(
      this.pieces.map(({ line, lengthKm }) => ({ countries: border, lines: [line], lengthKm })),
    );
  }

  /** Of the nearest point of the line; null where that is farther than 50 km. */
  chainageOf(position: Position): Chainage | null {
    const nearest = nearestBorder(this.#index, position, ON_LINE_WITHIN_KM);
    if (nearest === null) return null;
    // Rounding may put the foot at a piece's end a hair beyond it.
    const km = Math.min(Math.max(nearest.chainageKm, 0), this.pieces[nearest.row]!.lengthKm);
    return { piece: nearest.row, km };
  }
}

/** Where a piece is at each of some km from its fixed end, ascending; its last position for what lies beyond. */
export function positionsAlong({ line }: BorderPiece, km: readonly number[]): Position[] {
  let leg = 1;
  let before = 0;
  let length = greatCircleKm(line[0]!, line[1]!);
  return km.map((at) => {
    while (at > before + length && leg < line.length - 1) {
      before += length;
      leg += 1;
      length = greatCircleKm(line[leg - 1]!, line[leg]!);
    }
    return interpolate(line[leg - 1]!, line[leg]!, length === 0 ? 0 : (at - before) / length);
  });
}

/** A metre: lines are drawn to hundreds of them. */
const CLOSED_WITHIN_KM = 0.001;

function startsInTheWest(line: readonly Position[]): boolean {
  const [[west, south], [east, north]] = [line[0]!, line.at(-1)!];
  return west < east || (west === east && south <= north);
}
