/** What a spreadsheet shows for a stored number: dates and times by the cell's format, all else as plain figures. */

/** What a format shows of a day and a time; null for formats of plain numbers. */
export interface DateParts {
  readonly year: boolean;
  readonly month: boolean;
  readonly day: boolean;
  readonly hour: boolean;
  readonly minute: boolean;
  readonly second: boolean;
  /** Hours are counted on past a day, as in [h]:mm. */
  readonly elapsed: boolean;
}

export interface NumberFormat {
  readonly date: DateParts | null;
  /** Figures that a format of zeros alone pads to, as in 00123; 0 where it pads none. */
  readonly padded: number;
}

/** Formats that every workbook has without naming them. Those of East Asian years show whole days or times. */
const BUILT_IN: ReadonlyMap<number, string> = new Map<number, string>([
  [14, 'yyyy-mm-dd'],
  [15, 'd-mmm-yy'],
  [16, 'd-mmm'],
  [17, 'mmm-yy'],
  [18, 'h:mm am/pm'],
  [19, 'h:mm:ss am/pm'],
  [20, 'h:mm'],
  [21, 'h:mm:ss'],
  [22, 'yyyy-mm-dd h:mm'],
  [45, 'mm:ss'],
  [46, '[h]:mm:ss'],
  [47, 'mm:ss.0'],
  ...[27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id): [number, string] => [id, 'yyyy-mm-dd']),
  ...[32, 33, 34, 35, 55, 56].map((id): [number, string] => [id, 'h:mm']),
]);

const PLAIN: NumberFormat = { date: null, padded: 0 };
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAY_MS = 86_400_000;
/** 31 December 9999, the last day a spreadsheet knows. */
const LAST_SERIAL = 2_958_465;

/** By the format's number, or its code where the workbook declares one. */
export function numberFormat(id: number, declared: ReadonlyMap<number, string>): NumberFormat {
  const code = declared.get(id) ?? BUILT_IN.get(id);
  return code === undefined ? PLAIN : readFormat(code);
}

/** Reads a format code: "dd/mm/yyyy hh:mm", "[$-409]mmm yyyy;@", "00000". Its first section counts. */
export function readFormat(code: string): NumberFormat {
  const bare = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(h+|m+|s+)\]/gi, '$1')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/am\/pm|a\/p/gi, '');
  const [section = ''] = bare.toLowerCase().split(';');
  if (/^0+$/.test(section)) return { date: null, padded: section.length };
  if (/general|[#?0]/.test(section.replace(/s\.0+/g, 's'))) return PLAIN;
  const tokens = section.match(/y+|d+|h+|s+|m+/g) ?? [];
  if (tokens.length === 0) return PLAIN;
  const has = (letter: string): boolean => tokens.some((token) => token.startsWith(letter));
  // "m" is a minute after hours and before seconds, and a month elsewhere.
  const minutes = tokens.map(
    (token, at) =>
      token.startsWith('m') && (tokens[at - 1]?.startsWith('h') === true || tokens[at + 1]?.[0] === 's'),
  );
  return {
    padded: 0,
    date: {
      year: has('y'),
      month: tokens.some((token, at) => token.startsWith('m') && minutes[at] !== true),
      day: has('d'),
      hour: has('h'),
      minute: minutes.includes(true),
      second: has('s'),
      elapsed: /\[h+\]/i.test(code),
    },
  };
}

/**
 * The text a CSV of the sheet would have: dates as 2024-03-01 or 2024-03-01 18:05, coarse where the format is coarse ("mmm-yy" →
 * 2024-03, "d-mmm" → 1 March, whose year nobody wrote), figures in full, to the 15 places a spreadsheet shows.
 */
export function shownNumber(stored: string, format: NumberFormat, from1904: boolean): string {
  const value = Number(stored);
  if (!Number.isFinite(value) || stored.trim() === '') return stored;
  const { date, padded } = format;
  if (date !== null && value >= 0 && value <= LAST_SERIAL) return shownDate(value, date, from1904);
  const plain = /^-?\d{1,15}$/.test(stored) ? stored : plainFigures(value);
  return padded > 0 && /^\d+$/.test(plain) ? plain.padStart(padded, '0') : plain;
}

/** Without an exponent: a telephone number must not come out as 9.77e+12. */
function plainFigures(value: number): string {
  const text = String(Number(value.toPrecision(15)));
  if (!text.includes('e')) return text;
  return Math.abs(value) >= 1 ? BigInt(Math.round(value)).toString() : value.toFixed(20).replace(/0+$/, '');
}

function shownDate(serial: number, parts: DateParts, from1904: boolean): string {
  const seconds = Math.round(serial * 86_400);
  const days = Math.floor(seconds / 86_400);
  const day = dayText(days, parts, from1904);
  if (!parts.hour && !parts.minute && !parts.second) return day;
  const time = clock(parts.elapsed ? seconds : seconds - days * 86_400, parts.second);
  return parts.year || parts.month || parts.day ? `${day} ${time}` : time;
}

function clock(seconds: number, withSeconds: boolean): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const text = `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}`;
  return withSeconds ? `${text}:${two(seconds % 60)}` : text;
}

/** Day 60 of the count from 1900 is the 29 February 1900 that never was; the days before it are counted one too low. */
function dayText(days: number, { year, month, day }: DateParts, from1904: boolean): string {
  if (!from1904 && days === 60) return '1900-02-29';
  const start = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const at = new Date(start + days * DAY_MS);
  const iso = at.toISOString().slice(0, 10);
  if (year) return month ? (day ? iso : iso.slice(0, 7)) : iso.slice(0, 4);
  const name = MONTHS[at.getUTCMonth()] ?? '';
  if (month) return day ? `${at.getUTCDate()} ${name}` : name;
  return iso;
}
