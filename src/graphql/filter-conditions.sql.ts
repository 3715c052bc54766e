/** SQL for the shared filters, written against an alias that already shows the viewer's projection. */
import { mortonRanges } from '../geo/morton.ts';
import type { BoundingBox } from '../geo/position.ts';
import { COUNTRY_CODES } from '../kernel/country-codes.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import type { Parameters } from '../platform/parameters.ts';
import type {
  AreaInput,
  BoundingBoxInput,
  GradeInput,
  PolygonInput,
  TimeSpanInput,
  WithinDistanceInput,
} from './filters.input.ts';

/** More ranges read fewer rows in vain but make a longer statement; 12 keeps waste under about a third. */
const RANGES = 12;

const KM_A_DEGREE_OF_LATITUDE = 110.57;

/** The alias must show longitude, latitude and z. Throws BAD_INPUT naming the argument. */
export function areaCondition(alias: string, area: AreaInput, parameters: Parameters): string {
  const given = [area.bbox, area.polygon, area.within].filter((part) => part !== undefined && part !== null);
  if (given.length !== 1) {
    throw new HeadwaterError(
      'BAD_INPUT',
      `area: found ${given.length} of bbox, polygon and within, wanted exactly one`,
    );
  }
  if (area.bbox) return boxCondition(alias, checkedBox(area.bbox), parameters);
  if (area.polygon) return polygonCondition(alias, area.polygon, parameters);
  return withinCondition(alias, area.within as WithinDistanceInput, parameters);
}

/** `from` and `to` name columns of the alias: the record's own span, half-open. */
export function overlapCondition(
  from: string,
  to: string,
  span: TimeSpanInput,
  parameters: Parameters,
): string {
  if (span.from && span.to && span.from >= span.to) {
    throw new HeadwaterError(
      'BAD_INPUT',
      `time span: found from ${span.from.toISOString()} not before to ${span.to.toISOString()}`,
    );
  }
  const parts = [`${from} is not null`];
  if (span.from) parts.push(`${to} > ${parameters.bind(span.from.toISOString())}::timestamptz`);
  if (span.to) parts.push(`${from} < ${parameters.bind(span.to.toISOString())}::timestamptz`);
  return `(${parts.join(' and ')})`;
}

export function gradeCondition(alias: string, grade: GradeInput, parameters: Parameters): string {
  const parts: string[] = [];
  if (grade.reliability)
    parts.push(
      `${alias}.reliability <= ${parameters.bind(grade.reliability)} and ${alias}.reliability <> 'F'`,
    );
  if (grade.credibility !== undefined && grade.credibility !== null) {
    if (grade.credibility < 1 || grade.credibility > 5) {
      throw new HeadwaterError(
        'BAD_INPUT',
        `gradeAtLeast.credibility: found ${grade.credibility}, wanted 1 to 5`,
      );
    }
    parts.push(`${alias}.credibility <= ${parameters.bind(grade.credibility)} and ${alias}.credibility <> 6`);
  }
  return parts.length === 0 ? 'true' : `(${parts.join(' and ')})`;
}

/** `column = any(list)`; an empty list matches nothing, as it says. */
export function oneOfCondition(column: string, list: readonly string[], parameters: Parameters): string {
  return `${column} = any(${parameters.bind(list)}::text[])`;
}

/** Throws BAD_INPUT for anything that is no country's alpha-3 code: with a code that nobody has, an empty answer would look like a finding. */
export function checkedCountry(where: string, code: string): string {
  if (COUNTRY_CODES.has(code)) return code;
  const meant = code.trim().toUpperCase();
  const wanted = COUNTRY_CODES.has(meant) ? `"${meant}"` : 'an ISO 3166-1 alpha-3 code like NPL';
  throw new HeadwaterError('BAD_INPUT', `${where}: found "${code}", wanted ${wanted}`);
}

/** The two countries of a border in alphabetical order. Throws BAD_INPUT unless there are two codes. */
export function borderPair(where: string, codes: readonly string[]): readonly [string, string] {
  const [a, b] = codes.map((code) => checkedCountry(where, code)).sort();
  if (codes.length !== 2 || a === undefined || b === undefined || a === b) {
    const found = codes.length === 2 ? `${a} twice` : `${codes.length} countries`;
    throw new HeadwaterError(
      'BAD_INPUT',
      `${where}: found ${found}, wanted the two different countries it lies between, like ["NPL", "IND"]`,
    );
  }
  return [a, b];
}

function boxCondition(alias: string, box: BoundingBox, parameters: Parameters): string {
  const ranges = mortonRanges(box, RANGES).map(
    ({ low, high }) =>
      `${alias}.z between ${parameters.bind(low)}::bigint and ${parameters.bind(high)}::bigint`,
  );
  const west = parameters.bind(box.west);
  const east = parameters.bind(box.east);
  const across = box.west > box.east ? 'or' : 'and';
  // As a case, because the ranges say the same already: counted as conditions of their own, longitude and latitude make the planner expect a
  // hundredth of the rows, and read a whole country to sort it where the first few by date would do.
  return (
    `(${ranges.length === 0 ? 'false' : ranges.join(' or ')}) and ` +
    `case when ${alias}.longitude >= ${west}::float8 ${across} ${alias}.longitude <= ${east}::float8 ` +
    `then ${alias}.latitude between ${parameters.bind(box.south)}::float8 and ${parameters.bind(box.north)}::float8 else false end`
  );
}

function polygonCondition(alias: string, polygon: PolygonInput, parameters: Parameters): string {
  const rings = checkedRings(polygon);
  const outer = rings[0] ?? [];
  const longitudes = outer.map(([longitude]) => longitude);
  const latitudes = outer.map(([, latitude]) => latitude);
  const box = {
    west: Math.min(...longitudes),
    east: Math.max(...longitudes),
    south: Math.min(...latitudes),
    north: Math.max(...latitudes),
  };
  const shape = parameters.bind(JSON.stringify({ type: 'Polygon', coordinates: rings }));
  return (
    `${boxCondition(alias, box, parameters)} and st_intersects(st_setsrid(st_geomfromgeojson(${shape}::text), 4326), ` +
    `st_setsrid(st_makepoint(${alias}.longitude, ${alias}.latitude), 4326))`
  );
}

function withinCondition(alias: string, within: WithinDistanceInput, parameters: Parameters): string {
  const { longitude, latitude, km } = within;
  if (!(km > 0 && km <= 2_000))
    throw new HeadwaterError('BAD_INPUT', `within.km: found ${km}, wanted more than 0 and at most 2,000`);
  checkedPosition('within', longitude, latitude);
  const south = Math.max(-90, latitude - (km / KM_A_DEGREE_OF_LATITUDE) * 1.01);
  const north = Math.min(90, latitude + (km / KM_A_DEGREE_OF_LATITUDE) * 1.01);
  const narrowest = Math.cos((Math.max(Math.abs(south), Math.abs(north)) * Math.PI) / 180);
  const reach = narrowest < 0.02 ? 180 : (km / (KM_A_DEGREE_OF_LATITUDE * narrowest)) * 1.01;
  const wrap = (degrees: number): number => ((((degrees + 180) % 360) + 360) % 360) - 180;
  const box =
    reach >= 179
      ? { west: -180, east: 180, south, north }
      : { west: wrap(longitude - reach), east: wrap(longitude + reach), south, north };
  const centre = `st_setsrid(st_makepoint(${parameters.bind(longitude)}::float8, ${parameters.bind(latitude)}::float8), 4326)::geography`;
  return (
    `${boxCondition(alias, box, parameters)} and st_dwithin(st_setsrid(st_makepoint(${alias}.longitude, ${alias}.latitude), 4326)::geography, ` +
    `${centre}, ${parameters.bind(km * 1000)}::float8)`
  );
}

function checkedBox(box: BoundingBoxInput): BoundingBox {
  checkedPosition('bbox', box.west, box.south);
  checkedPosition('bbox', box.east, box.north);
  if (box.south > box.north) {
    throw new HeadwaterError(
      'BAD_INPUT',
      `bbox: found south ${box.south} above north ${box.north}; wanted south <= north`,
    );
  }
  return box;
}

/** Geometry is checked here, before SQL: inside the embedded database a geometry error would be a swallowed one. */
function checkedRings(polygon: PolygonInput): [number, number][][] {
  const rings = polygon.coordinates;
  const points = rings.reduce((sum, ring) => sum + ring.length, 0);
  if (rings.length === 0 || points > 10_000) {
    throw new HeadwaterError(
      'BAD_INPUT',
      `polygon: found ${rings.length} rings of ${points} positions, wanted 1 ring or more and at most 10,000 positions`,
    );
  }
  for (const ring of rings) {
    const [first, last] = [ring[0], ring.at(-1)];
    const closed = first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
    if (ring.length < 4 || !closed) {
      throw new HeadwaterError(
        'BAD_INPUT',
        `polygon: found a ring of ${ring.length} positions${closed ? '' : ' that is not closed'}, wanted at least 4 with the last equal to the first`,
      );
    }
    for (const position of ring) {
      if (position.length !== 2)
        throw new HeadwaterError(
          'BAD_INPUT',
          `polygon: found a position of ${position.length} numbers, wanted [longitude, latitude]`,
        );
      checkedPosition('polygon', position[0], position[1]);
    }
  }
  return rings;
}

function checkedPosition(where: string, longitude: number, latitude: number): void {
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
    throw new HeadwaterError(
      'BAD_INPUT',
      `${where}: found longitude ${longitude}, latitude ${latitude}; wanted -180…180 and -90…90, longitude first`,
    );
  }
}
