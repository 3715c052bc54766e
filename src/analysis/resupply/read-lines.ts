/** The lines that the database handed over, as what they say: mentions of establishments, arrivals, things that took part, origins, arrests. */
import type { DaySpan } from '../methods/resupply.ts';
import { daySpan } from './day-span.ts';

/** An establishment named in one incident. */
export interface Mention {
  readonly entityId: string;
  readonly incidentId: string;
  readonly event: string;
  readonly kind: string;
  readonly ownerId: string;
  /** Whether the question's span takes it in. */
  readonly isAsked: boolean;
  /** null without a time. */
  readonly span: DaySpan | null;
  /** Alpha-3; '' unknown. */
  readonly country: string;
  /** '' where nothing finer than a country is seen. */
  readonly cell: string;
  readonly tokens: readonly string[];
  readonly label: string;
}

export interface Arrival {
  readonly incidentId: string;
  readonly event: string;
  readonly ownerId: string;
  readonly status: string;
  readonly span: DaySpan | null;
  readonly originCountry: string;
  readonly originCell: string;
}

/** Something that took part in an event: a phone, a vehicle, an agency … */
export interface Thing {
  readonly event: string;
  readonly incidentId: string;
  readonly entityId: string;
  readonly kind: string;
  readonly role: string;
  readonly span: DaySpan | null;
  readonly tokens: readonly string[];
  readonly label: string;
}

export interface ToldArrest {
  readonly interdictionId: string;
  readonly entityId: string;
  readonly ownerId: string;
  readonly span: DaySpan;
}

export interface ReadLines {
  readonly mentions: readonly Mention[];
  readonly arrivals: readonly Arrival[];
  readonly things: readonly Thing[];
  readonly arrests: readonly ToldArrest[];
  /** Known first perceivers of an event. */
  readonly origins: ReadonlyMap<string, readonly string[]>;
  /** From the first to the last day on which a journey began; null where none has a date. */
  readonly window: DaySpan | null;
}

const DAY_MS = 86_400_000;

/** RangeError for a line of no known kind. */
export function readLines(blocks: readonly string[]): ReadLines {
  const mentions: Mention[] = [];
  const arrivals: Arrival[] = [];
  const things: Thing[] = [];
  const arrests: ToldArrest[] = [];
  const origins = new Map<string, string[]>();
  let window: DaySpan | null = null;
  for (const line of blocks.flatMap((block) => block.split('\n'))) {
    const [what, ...f] = line.split('\t') as [string, ...string[]];
    const field = (number: number): string => f[number] ?? '';
    if (what === 'mention')
      mentions.push({
        entityId: field(0),
        incidentId: field(1),
        event: field(2),
        kind: field(3),
        ownerId: field(4),
        isAsked: field(5) === '1',
        span: spanOf(field(6)),
        country: field(7),
        cell: field(8),
        tokens: wordsOf(field(9)),
        label: field(10),
      });
    else if (what === 'arrival')
      arrivals.push({
        incidentId: field(0),
        event: field(1),
        ownerId: field(2),
        status: field(3),
        span: spanOf(field(4)),
        originCountry: field(5),
        originCell: field(6),
      });
    else if (what === 'thing')
      things.push({
        event: field(0),
        incidentId: field(1),
        entityId: field(2),
        kind: field(3),
        role: field(4),
        span: spanOf(field(5)),
        tokens: wordsOf(field(6)),
        label: field(7),
      });
    else if (what === 'origin') tell(origins, field(0), field(1));
    else if (what === 'arrest') {
      const from = Math.round(Date.parse(`${field(3)}T00:00:00Z`) / DAY_MS);
      arrests.push({
        interdictionId: field(0),
        entityId: field(1),
        ownerId: field(2),
        span: { from, to: from + 1 },
      });
    } else if (what === 'window') window = windowOf(field(0), field(1), field(2));
    else throw new RangeError(`resupply: found a line of kind "${what}", wanted a known one`);
  }
  return { mentions, arrivals, things, arrests, origins, window };
}

function tell(origins: Map<string, string[]>, event: string, origin: string): void {
  const told = origins.get(event) ?? [];
  origins.set(event, told);
  told.push(origin);
}

function wordsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ').sort();
}

function spanOf(text: string): DaySpan | null {
  if (text === '') return null;
  const [from, to, zone] = text.split(' ') as [string, string, string];
  return daySpan(Number(from), Number(to), zone);
}

/** A day after the latest beginning: that a journey began in a month does not say that anybody looked until its end. */
function windowOf(first: string, last: string, zone: string): DaySpan | null {
  if (first === '') return null;
  return {
    from: daySpan(Number(first), Number(first) + 1, zone).from,
    to: daySpan(Number(last), Number(last) + 1, zone).to,
  };
}
