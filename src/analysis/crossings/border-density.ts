/** The density of crossings along every line of an answer's borders. */
import { HeadwaterError } from '../../kernel/errors.ts';
import type { BorderDensity } from './border-density.type.ts';
import { type BorderLine, positionsAlong } from './border-line.ts';
import type { BorderMass } from './chainage.ts';
import { smoothAlong, stepsOf } from './line-density.ts';

/** What an answer can carry and a chart can show. */
const MOST_STEPS = 20_000;

/** Throws BAD_INPUT for steps or a bandwidth out of bounds, and for more steps than an answer can carry. */
export function densitiesOf(
  mass: readonly BorderMass[],
  lines: ReadonlyMap<string, BorderLine>,
  stepKm: number,
  bandwidthKm: number,
): BorderDensity[] {
  check('stepKm', stepKm, 500);
  check('bandwidthKm', bandwidthKm, 200);
  const found = mass.flatMap(({ border, pieces, offLine }) =>
    pieces.map((ofPiece) => ({
      border,
      offLine,
      ofPiece,
      piece: lines.get(border.join(' '))!.pieces[ofPiece.piece]!,
    })),
  );
  const steps = found.reduce((sum, { piece }) => sum + stepsOf(piece.lengthKm, stepKm), 0);
  if (steps > MOST_STEPS)
    throw new HeadwaterError(
      'BAD_INPUT',
      `stepKm: found ${stepKm}, which makes ${steps} steps; wanted at most ${MOST_STEPS}: longer steps, or one border`,
    );
  return found.map(({ border, offLine, ofPiece, piece }) => {
    const { km, incidents, persons } = ofPiece;
    const ofIncidents = smoothAlong(piece, km, incidents, stepKm, bandwidthKm);
    const ofPersons = smoothAlong(piece, km, persons, stepKm, bandwidthKm);
    const edges = Array.from(ofIncidents, (_, step) => Math.min((step + 1) * stepKm, piece.lengthKm));
    const middles = positionsAlong(
      piece,
      edges.map((toKm, step) => (step * stepKm + toKm) / 2),
    );
    return {
      border,
      line: ofPiece.piece + 1,
      lineLengthKm: piece.lengthKm,
      closed: piece.closed,
      incidents: sum(incidents),
      persons: sum(persons),
      offLineIncidents: offLine,
      steps: edges.map((toKm, step) => {
        const fromKm = step * stepKm;
        const [longitude, latitude] = middles[step]!;
        return {
          fromKm,
          toKm,
          middle: { longitude, latitude },
          incidentsPerKm: ofIncidents[step]! / (toKm - fromKm),
          personsPerKm: ofPersons[step]! / (toKm - fromKm),
        };
      }),
    };
  });
}

function check(name: string, km: number, most: number): void {
  if (!(km >= 0.5 && km <= most))
    throw new HeadwaterError('BAD_INPUT', `${name}: found ${km}, wanted 0.5 to ${most}`);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
