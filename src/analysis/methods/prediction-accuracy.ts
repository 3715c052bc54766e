/** What hotspots are worth: how much of what came later fell into them (PAI: Chainey, Tompson & Uhlig, 2008; PEI: Hunt, 2016). */
import { incompleteBeta } from '../../geo/student.ts';

export interface PredictionScore {
  /** Later events in the hotspots, and in all cells. */
  readonly hits: number;
  readonly events: number;
  /** Of all area (0–1). */
  readonly areaShare: number;
  /** Share of events over share of area: 1 is no better than chance. */
  readonly pai: number;
  /** PAI over the best PAI that any choice of as much area could have had (0–1). */
  readonly pei: number;
  /** Of so many hits or more, if events fell by area alone. */
  readonly p: number;
}

/**
 * `flagged`: 1 for the cells that were hotspots, by data from before. `later`: events of each cell in the months held out. `areas`: of each cell, above 0,
 * in any unit; 1 each if left out. Null without an event, or where no cell or every cell is flagged: then there is nothing to score. Where areas differ, the best choice may
 * take a part of one cell, so PEI is a little on the safe side.
 */
export function scorePrediction(
  flagged: ArrayLike<number | boolean>,
  later: ArrayLike<number>,
  areas?: ArrayLike<number>,
): PredictionScore | null {
  const cells = later.length;
  if (flagged.length !== cells || (areas && areas.length !== cells)) {
    throw new RangeError(
      `scorePrediction: found ${flagged.length} flags and ${areas?.length ?? cells} areas of ${cells} cells, wanted one each`,
    );
  }
  let [hits, events, inside, whole] = [0, 0, 0, 0];
  for (let cell = 0; cell < cells; cell += 1) {
    const area = areas ? areas[cell]! : 1;
    if (!(area > 0)) throw new RangeError(`scorePrediction: found an area of ${area}, wanted more than 0`);
    events += later[cell]!;
    whole += area;
    if (!flagged[cell]) continue;
    hits += later[cell]!;
    inside += area;
  }
  if (events === 0 || inside === 0 || inside === whole) return null;
  const areaShare = inside / whole;
  return {
    hits,
    events,
    areaShare,
    pai: hits / events / areaShare,
    pei: hits / mostHits(later, areas, inside),
    p: hits === 0 ? 1 : incompleteBeta(hits, events - hits + 1, areaShare),
  };
}

/** Taking the densest cells first, the last one in part. */
function mostHits(later: ArrayLike<number>, areas: ArrayLike<number> | undefined, room: number): number {
  const areaOf = (cell: number): number => (areas ? areas[cell]! : 1);
  const densest = Uint32Array.from(later, (_, cell) => cell).sort(
    (a, b) => later[b]! / areaOf(b) - later[a]! / areaOf(a),
  );
  let [hits, left] = [0, room];
  for (const cell of densest) {
    const part = Math.min(1, left / areaOf(cell));
    hits += later[cell]! * part;
    left -= areaOf(cell) * part;
    if (left <= 1e-12 * room) break;
  }
  return hits;
}
