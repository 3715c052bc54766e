/** Crossings gathered by coordinate: a border is crossed at far fewer places than times, and places repeat to the centimetre. */
import { normaliseLongitude } from '../../geo/antimeridian.ts';
import { PairIndex } from '../../geo/pair-index.ts';
import type { Position } from '../../geo/position.ts';
import type { CrossingColumns } from './crossing-columns.ts';

/** All coordinates at which some border was crossed. Site s has the rows rows[starts[s]] … rows[starts[s + 1] − 1]. */
export interface CrossingSites {
  readonly count: number;
  /** Longitude in [-180, 180). */
  readonly positions: readonly Position[];
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  /** Of each border the numbers of its sites, southernmost first, then westernmost, so that the order of the rows shows nowhere. */
  readonly ofBorder: readonly Int32Array[];
}

/** 1e-7°, a centimetre: what shifting by whole turns changes is below that. */
const STEPS_A_DEGREE = 1e7;
const STEPS_A_TURN = 360 * STEPS_A_DEGREE;

export function sitesOf(columns: CrossingColumns): CrossingSites {
  const { count, longitude, latitude, border, borders } = columns;
  // One index a border, since a border number does not fit into a pair beside both coordinates.
  const indexes = borders.map(() => new PairIndex());
  const numbers = borders.map((): number[] => []);
  const positions: Position[] = [];
  const siteOfRow = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    const index = indexes[border[row]!]!;
    const east = Math.round(longitude[row]! * STEPS_A_DEGREE);
    const number = index.add(
      east - STEPS_A_TURN * Math.floor((east + STEPS_A_TURN / 2) / STEPS_A_TURN),
      Math.round(latitude[row]! * STEPS_A_DEGREE),
    );
    const known = numbers[border[row]!]!;
    if (number === known.length) {
      known.push(positions.length);
      positions.push([normaliseLongitude(longitude[row]!), latitude[row]!]);
    }
    siteOfRow[row] = known[number]!;
  }
  const { starts, rows } = rowsBySite(siteOfRow, positions.length);
  const ofBorder = numbers.map((sites) =>
    Int32Array.from(sites).sort(
      (a, b) => positions[a]![1] - positions[b]![1] || positions[a]![0] - positions[b]![0],
    ),
  );
  return { count: positions.length, positions, starts, rows, ofBorder };
}

/** The site's coordinate in words, equal for equal sites. */
export function siteKey([longitude, latitude]: Position): string {
  const whole = normaliseLongitude(Number(longitude.toFixed(7)));
  return `${(whole + 0).toFixed(7)} ${latitude.toFixed(7)}`;
}

function rowsBySite(siteOfRow: Int32Array, count: number): { starts: Int32Array; rows: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (const site of siteOfRow) starts[site + 1]! += 1;
  for (let site = 0; site < count; site += 1) starts[site + 1]! += starts[site]!;
  const next = starts.slice();
  const rows = new Int32Array(siteOfRow.length);
  for (let row = 0; row < siteOfRow.length; row += 1) {
    const site = siteOfRow[row]!;
    rows[next[site]!] = row;
    next[site]! += 1;
  }
  return { starts, rows };
}
