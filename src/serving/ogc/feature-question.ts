/** What may stand behind the `?` of a collection's items, as OGC API – Features 1.0 has it: anything else is refused by name. */
import type { BoundingBox } from '../../geo/position.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import type { FeatureQuestion, Span } from './feature-source.ts';

export const USUAL_LIMIT = 100;
/** A larger `limit` is read as this one, as the standard wants it. */
export const MOST_FEATURES = 2_000;
export const QUESTION_PARAMETERS = ['limit', 'bbox', 'datetime', 'after'] as const;

type Given = Readonly<Record<string, unknown>>;

/** Throws BAD_INPUT naming what there is. */
export function noOther(given: Given, known: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const wanted = known.length === 0 ? 'no parameters' : `nothing but ${known.join(', ')}`;
    throw wrong('parameters', JSON.stringify(name.slice(0, 60)), wanted);
  }
}

export function readQuestion(given: Given): FeatureQuestion {
  noOther(given, QUESTION_PARAMETERS);
  const text = (name: (typeof QUESTION_PARAMETERS)[number]): string | null => {
    const value = given[name];
    if (value === undefined) return null;
    if (typeof value !== 'string') throw wrong(name, 'several', 'one');
    return value;
  };
  const [bbox, datetime] = [text('bbox'), text('datetime')];
  return {
    limit: limitIn(text('limit')),
    after: text('after'),
    box: bbox === null ? null : boxIn(bbox),
    span: datetime === null ? null : spanIn(datetime),
  };
}

function limitIn(text: string | null): number {
  if (text === null) return USUAL_LIMIT;
  if (!/^\d{1,12}$/.test(text) || Number(text) < 1)
    throw wrong('limit', shown(text), `a whole number from 1 to ${MOST_FEATURES}`);
  return Math.min(Number(text), MOST_FEATURES);
}

/** Heights are passed over: nothing here has one. West > east crosses the antimeridian. Maps show more than the Earth: what lies beyond it is cut or turned back. */
function boxIn(text: string): BoundingBox {
  const parts = text.split(',').map((part) => part.trim());
  const numbers = parts.map((part) =>
    /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(part) ? Number(part) : NaN,
  );
  const wanted = 'west,south,east,north in degrees, or west,south,lowest,east,north,highest';
  if ((numbers.length !== 4 && numbers.length !== 6) || !numbers.every(Number.isFinite))
    throw wrong('bbox', shown(text), wanted);
  const [west, south, east, north] = (
    numbers.length === 4 ? numbers : [numbers[0], numbers[1], numbers[3], numbers[4]]
  ) as [number, number, number, number];
  if (south > north || north < -90 || south > 90)
    throw wrong('bbox', `south ${south} and north ${north}`, 'south <= north, of -90 to 90');
  const latitudes = { south: Math.max(south, -90), north: Math.min(north, 90) };
  if (east - west >= 360) return { west: -180, east: 180, ...latitudes };
  return { west: turnedBack(west), east: turnedBack(east), ...latitudes };
}

function turnedBack(longitude: number): number {
  return Math.abs(longitude) <= 180 ? longitude : longitude - 360 * Math.round(longitude / 360);
}

const MOMENT =
  /^(\d{4}-\d{2}-\d{2})(?:t([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(?:\.\d{1,9})?(?:z|[+-]\d{2}:\d{2}))?$/i;
const DAY_MS = 86_400_000;

/** A moment, a day, or two of them with `/` between, of which one may be `..` or nothing. Ends count, as the standard has it. */
function spanIn(text: string): Span | null {
  const parts = text.trim().split('/');
  if (parts.length > 2) throw notATime(text);
  const [first, last = first] = parts as [string, string?];
  const open = (part: string): boolean => parts.length === 2 && (part === '' || part === '..');
  const from = open(first) ? null : momentIn(first, text).from;
  const to = open(last) ? null : momentIn(last, text).to;
  if (from !== null && to !== null && from >= to)
    throw wrong('datetime', shown(text), 'a beginning that is not after its end');
  return from === null && to === null ? null : { from, to };
}

function momentIn(text: string, whole: string): { readonly from: Date; readonly to: Date } {
  const [, day, hours] = MOMENT.exec(text) ?? [];
  const from = new Date(text.toUpperCase().replace(/:60(?=[.Z+-])/, ':59'));
  // A day that its month does not have is read as one of the next month.
  const isDay = day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) === true;
  if (!isDay || Number.isNaN(from.getTime())) throw notATime(whole);
  return { from, to: new Date(from.getTime() + (hours === undefined ? DAY_MS : 1)) };
}

function notATime(text: string): HeadwaterError {
  return wrong(
    'datetime',
    shown(text),
    'a moment like 2026-01-01T00:00:00Z, a day, or two of them like 2026-01-01/2026-03-31, one of which may be ..',
  );
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}

function wrong(where: string, found: string, wanted: string): HeadwaterError {
  return new HeadwaterError('BAD_INPUT', `${where}: found ${found}, wanted ${wanted}`);
}
