/** Two worlds drawn event by event: alike in what is told, different in whatever the promise to contributors says a partner app must not notice. */
import { cellAt } from '../../src/geo/cells.ts';
import type { Position } from '../../src/geo/position.ts';
import type { Random } from '../../src/kernel/random.ts';
import { ATOM_RULES } from '../../src/serving/views/atoms.ts';
import { ORGANISATIONS } from './partner-oracle.ts';
import type { PlacedEvent } from './partner-worlds.ts';

/** What happens in one world between two epochs. */
export interface Happening {
  readonly events: readonly PlacedEvent[];
  readonly gone: readonly number[];
  readonly recounted: readonly { readonly number: number; readonly persons: number }[];
  /** Confirmed to be one event. */
  readonly joined: readonly (readonly [number, number])[];
}
export interface Twice {
  readonly one: Happening;
  readonly other: Happening;
  /** Which kinds of difference were drawn. */
  readonly kinds: readonly string[];
}

type Draft = Omit<PlacedEvent, 'number'>;
const CONTRIBUTORS = ORGANISATIONS.slice(0, 3);
const HIDDEN = ORGANISATIONS[3];
const K = ATOM_RULES.leastPersons;

const PLACES: readonly (readonly [string, string, Position])[] = [
  ['NPL', 'IND', [84.88, 27.0]],
  ['NPL', 'IND', [83.46, 27.45]],
  ['NPL', 'IND', [85.2, 26.8]],
  ['BGD', 'IND', [88.9, 23.04]],
  ['MMR', 'THA', [98.54, 16.69]],
];
/** One for each difference that needs a pair of its own: what waits under it meets nothing else that waits. */
const ALONE =
  'ABW AFG AGO ALB AND ARE ARG ARM AUS AUT AZE BDI BEL BEN BFA BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI FRA GAB GBR GEO GHA GIN GMB GRC GTM GUY HND HRV HTI HUN IDN IRL IRN IRQ ISL ISR ITA JAM JOR JPN KAZ KEN KGZ KHM'.split(
    ' ',
  );

/** What happens to what was told. */
const AFTERWARDS = ['gone', 'recounted', 'late', 'joined'] as const;

export class PartnerWorlds {
  #number = 0;
  #alone = 0;
  /** Told in both, and large enough that a few more or fewer are no matter. */
  readonly #told: (readonly PlacedEvent[])[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** `quarters` that are told next, by their first months. */
  draw(quarters: readonly string[]): Twice {
    const both: PlacedEvent[] = [];
    const one = {
      events: [] as PlacedEvent[],
      gone: [] as number[],
      recounted: [] as Recount[],
      joined: [] as Joined[],
    };
    const other = {
      events: [] as PlacedEvent[],
      gone: [] as number[],
      recounted: [] as Recount[],
      joined: [] as Joined[],
    };
    for (const quarter of quarters) both.push(...this.#busy(quarter));
    const kinds: string[] = [];
    for (const [at, group] of this.#told.splice(0).entries()) {
      const [mine, theirs] = this.#random.int(2) === 0 ? [one, other] : [other, one];
      kinds.push(this.#afterwards(AFTERWARDS[at]!, group, mine, theirs));
    }
    for (const _ of AFTERWARDS) this.#told.push(this.enough(this.#one(quarters)));
    both.push(...this.#told.flat());
    for (let drawn = 0; drawn < 8; drawn += 1) {
      const quarter = this.#one(quarters);
      const [mine, theirs] = this.#random.int(2) === 0 ? [one, other] : [other, one];
      kinds.push(this.#difference(quarter, mine.events, theirs.events, both));
    }
    return {
      one: { ...one, events: [...both, ...one.events] },
      other: { ...other, events: [...both, ...other.events] },
      kinds,
    };
  }

  /** As many of two contributors and more as an atom needs, under a pair that nobody else has. */
  enough(quarter: string): readonly PlacedEvent[] {
    const destination = this.#pair();
    return Array.from({ length: 12 }, (_, at) =>
      this.#event({ quarter, destination, owner: CONTRIBUTORS[at % 3]!, persons: 3 }),
    );
  }

  #difference(quarter: string, mine: PlacedEvent[], theirs: PlacedEvent[], both: PlacedEvent[]): string {
    const kind = this.#one(['few', 'hidden', 'moved', 'uncounted', 'undated', 'too recent'] as const);
    const some = (more: Partial<Draft>): PlacedEvent[] =>
      Array.from({ length: 1 + this.#random.int(14) }, () =>
        this.#event({ quarter, ...this.#somewhere(), persons: 1 + this.#random.int(6), ...more }),
      );
    if (kind === 'few') {
      const destination = this.#pair();
      mine.push(...this.#few(quarter, destination));
      if (this.#random.int(2) === 0) theirs.push(...this.#few(quarter, destination));
    } else if (kind === 'hidden') mine.push(...some({ owner: HIDDEN }));
    else if (kind === 'moved') this.#moved(quarter, mine, theirs, both);
    else if (kind === 'uncounted')
      mine.push(
        ...some(
          this.#one<Partial<Draft>>([
            { purpose: 'return' },
            { verification: 'should_not_count' },
            { handling: 'red' },
            { handling: 'amber_strict' },
            { sensitivity: 'sensitive' },
          ]),
        ),
      );
    else if (kind === 'undated') mine.push(...some({ day: null }));
    else mine.push(...some({ day: '2031-05-05' }));
    return kind;
  }

  /** Of what was told: some are gone, some were counted otherwise, some came late; in one world only. */
  #afterwards(
    kind: (typeof AFTERWARDS)[number],
    group: readonly PlacedEvent[],
    mine: Mutable,
    theirs: Mutable,
  ): string {
    const [first, second] = group as [PlacedEvent, PlacedEvent];
    if (kind === 'gone') {
      mine.gone.push(first.number);
      if (this.#random.int(2) === 0) mine.gone.push(second.number);
    } else if (kind === 'recounted') {
      mine.recounted.push({ number: first.number, persons: 1 + this.#random.int(40) });
      theirs.recounted.push({ number: second.number, persons: 1 + this.#random.int(40) });
    } else if (kind === 'joined') mine.joined.push([first.number, second.number]);
    else mine.events.push(...this.#few(`${first.day!.slice(0, 7)}`, first.destination));
    return kind;
  }

  /** 1 to k − 1 persons in one or two incidents: nothing that an atom could be made of. */
  #few(quarter: string, destination: string): readonly PlacedEvent[] {
    const persons = 1 + this.#random.int(K - 1);
    const parts = persons === 1 || this.#random.int(2) === 0 ? [persons] : [1, persons - 1];
    const cell = this.#one(PLACES)[2];
    return parts.map((part) =>
      this.#event({ quarter, destination, persons: part, owner: this.#one(CONTRIBUTORS), at: cell }),
    );
  }

  /** An atom of a pair and quarter, whose events lie in cells where they are too few: in one world one lies elsewhere, and a person is counted with another. */
  #moved(quarter: string, mine: PlacedEvent[], theirs: PlacedEvent[], both: PlacedEvent[]): void {
    const [first, second, ...rest] = this.enough(quarter) as [PlacedEvent, PlacedEvent, ...PlacedEvent[]];
    both.push(...rest);
    const [here, there] = [PLACES[0]![2], PLACES[4]![2]].map((at) => cellOf(at)) as [string, string];
    mine.push({ ...first, cell: here }, { ...second, cell: here });
    theirs.push(
      { ...first, cell: there, persons: first.persons + 2 },
      { ...second, cell: null, persons: second.persons - 2 },
    );
  }

  #busy(quarter: string): PlacedEvent[] {
    return PLACES.flatMap(([origin, destination, at], place) =>
      Array.from({ length: busyness(place, quarter) + this.#random.int(6) }, (_, nth) =>
        this.#event({
          quarter,
          origin,
          destination,
          at,
          // Some places are watched by two alone: a view that two approve tells of them.
          owner: CONTRIBUTORS[place % 2 === 1 ? nth % 2 : (nth + this.#random.int(2)) % 3]!,
          persons: 2 + this.#random.int(4),
        }),
      ),
    );
  }

  #somewhere(): { origin: string; destination: string; at: Position; owner: string } {
    const [origin, destination, at] = this.#one(PLACES);
    return { origin, destination, at, owner: this.#one(CONTRIBUTORS) };
  }

  #event({
    quarter,
    at,
    ...draft
  }: Partial<Draft> & {
    quarter: string;
    destination: string;
    owner: string;
    persons: number;
    at?: Position;
  }): PlacedEvent {
    this.#number += 1;
    const day = `${quarter}-${String(1 + this.#random.int(28)).padStart(2, '0')}`;
    return {
      number: this.#number,
      origin: 'LKA',
      cell: at === undefined ? null : cellOf(at),
      day,
      ...draft,
    };
  }

  #pair(): string {
    this.#alone += 1;
    const country = ALONE[this.#alone];
    if (country === undefined) throw new Error(`found ${ALONE.length} countries used up, wanted one more`);
    return country;
  }

  #one<T>(of: readonly T[]): T {
    return of[this.#random.int(of.length)]!;
  }
}

/** One place has too little of its own, and one is suddenly busier. */
function busyness(place: number, quarter: string): number {
  if (place === 4) return 1;
  return place === 3 && quarter === '2025-04' ? 60 : 12;
}

type Joined = Happening['joined'][number];
type Recount = Happening['recounted'][number];
interface Mutable {
  readonly events: PlacedEvent[];
  readonly gone: number[];
  readonly recounted: Recount[];
  readonly joined: Joined[];
}

const cellOf = (at: Position): string => cellAt(at, 4).toString(16);
