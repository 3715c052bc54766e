/** Numbers as people and spreadsheets write them; what can be read in two ways is refused, never guessed. */
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import { asciiDigits } from './ascii-digits.ts';
import { type Cell, wrong } from './cell.ts';

export interface NumberOptions {
  /** The sign before the fraction; the other one may group thousands. Default ".". */
  readonly decimal?: '.' | ',' | undefined;
  readonly integer?: boolean | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Both ends included; `max` null when there is no upper bound. */
export interface Interval {
  readonly min: number;
  readonly max: number | null;
}

/**
 * "1,022" → 1022, "1 022,5" with decimal "," → 1022.5, "1,00,000" (Indian grouping) → 100000, "१२" → 12. Refuses "1,5" when the
 * decimal sign is ".", and whatever lies outside the options' bounds.
 */
export function parseNumber(cell: Cell, options: NumberOptions = {}): Outcome<number> {
  const decimal = options.decimal ?? '.';
  const plain = ungrouped(asciiDigits(cell.text).trim(), decimal);
  const wanted =
    options.integer === true ? 'a whole number' : `a number with "${decimal}" before its fraction`;
  if (plain === null) return refuse(wrong(cell, wanted));
  const value = Number(plain);
  if (!Number.isFinite(value)) return refuse(wrong(cell, wanted));
  if (options.integer === true && !Number.isSafeInteger(value)) return refuse(wrong(cell, wanted));
  const { min, max } = options;
  if (min !== undefined && value < min) return refuse(wrong(cell, `${min} or more`));
  if (max !== undefined && value > max) return refuse(wrong(cell, `${max} or less`));
  return accept(value === 0 ? 0 : value);
}

/**
 * A count that may be censored: "<5" → {min: floor, max: 4}, "≤5" → {floor, 5}, ">100" → {101, null}, "5+" → {5, null},
 * "5-10" → {5, 10}, "1,022" → {1022, 1022}. `floor` is 0, or 1 where the source says that a censored count is never zero.
 */
export function parseCount(
  cell: Cell,
  options: NumberOptions & { readonly floor?: 0 | 1 | undefined } = {},
): Outcome<Interval> {
  const text = asciiDigits(cell.text).trim();
  const whole = (part: string): Outcome<number> =>
    parseNumber({ ...cell, text: part }, { decimal: options.decimal, integer: true, min: options.min ?? 0 });
  const between = /^(\d[\d,. ]*?)\s*(?:-|–|to)\s*(\d[\d,. ]*)$/.exec(text);
  const below = /^(<=|≤|<)\s*(.+)$/.exec(text);
  const above = /^(>=|≥|>)\s*(.+)$/.exec(text) ?? /^()(.+?)\s*\+$/.exec(text);
  const number = whole(between?.[1] ?? below?.[2] ?? above?.[2] ?? text);
  if (!number.accepted) {
    return refuse(
      ...number.reasons.map((reason) => ({ ...reason, wanted: 'a count, as 12, "<5", "5+" or "5-10"' })),
    );
  }
  const { value } = number;
  let interval: Interval = { min: value, max: value };
  if (between !== null) {
    const upper = whole(between[2] ?? '');
    if (!upper.accepted) return upper;
    interval = { min: value, max: upper.value };
  } else if (below !== null) {
    interval = { min: Math.min(options.floor ?? 0, value), max: below[1] === '<' ? value - 1 : value };
  } else if (above !== null) interval = { min: above[1] === '>' ? value + 1 : value, max: null };
  const backwards = interval.max !== null && interval.max < interval.min;
  return backwards ? refuse(wrong(cell, 'a range whose end is not before its start')) : accept(interval);
}

function ungrouped(text: string, decimal: '.' | ','): string | null {
  const group = decimal === '.' ? ',' : '.';
  const pattern = decimal === '.' ? POINT : COMMA;
  const normal = text.replace(/[\u00A0\u202F\u2009 ']/g, '_').replace(/^\u2212/, '-');
  const match = pattern.exec(normal);
  if (match === null) return null;
  return normal.replaceAll('_', '').replaceAll(group, '').replace(decimal, '.');
}

/** Plain digits, groups of three after the first, or Indian groups (…,00,000); then a fraction and an exponent. */
const WHOLE = String.raw`(?:\d+|\d{1,3}(?:[G_]\d{3})+|\d{1,2}(?:G\d{2})+G\d{3})`;
const POINT = new RegExp(`^[+-]?(?:${WHOLE.replaceAll('G', ',')}(?:\\.\\d*)?|\\.\\d+)(?:e[+-]?\\d+)?$`, 'i');
const COMMA = new RegExp(`^[+-]?(?:${WHOLE.replaceAll('G', '.')}(?:,\\d*)?|,\\d+)(?:e[+-]?\\d+)?$`, 'i');
