/** What helplines and investigators in the places of arrival know: one row a report, facilitators named, as a simple CSV. */
import type { Random } from '../src/kernel/random.ts';
import { dayIn, type Month } from './calendar.ts';
import { CORRIDORS, type PlantedCorridor, rateIn } from './corridors.ts';
import type { CsvRow } from './csv-text.ts';
import { chance, pick, pickWeighted, scatter } from './draw.ts';
import { COUNTRY_NAMES } from './geography.ts';
import { FORBIDDEN_TEXT } from './intercept-rows.ts';
import { randomJourney } from './intercepts.ts';
import type { InvestigationColumn } from './investigation-header.ts';
import type { Numbers } from './numbers.ts';
import { COMMON_PLACE, type Facilitator, fictionalPhone, RINGS, type Ring } from './rings.ts';
import { STATIONS } from './stations.ts';
import { NOISE_TOWNS } from './towns.ts';

export interface Investigation {
  readonly reference: string;
  readonly month: Month;
  readonly date: string;
  /** null: a random journey. */
  readonly corridor: PlantedCorridor | null;
  /** Crossing id. */
  readonly crossing: string;
  readonly cells: CsvRow<InvestigationColumn>;
  readonly facilitators: readonly Facilitator[];
}

/** Who investigates what: corridors that end in its countries, or pass its own stations. */
interface Desk {
  readonly organisation: string;
  readonly prefix: string;
  /** Reports at scale 1. */
  readonly reports: number;
  readonly covers: (corridor: PlantedCorridor) => boolean;
}

export const DESKS: readonly Desk[] = [
  {
    organisation: 'harbour-lamp',
    prefix: 'HL',
    reports: 160,
    covers: ({ destination }) => ['IND', 'ARE', 'QAT'].includes(destination.country),
  },
  ownStations('terai-watch', 'TW'),
  ownStations('rain-gate', 'RG'),
  ownStations('delta-lights', 'DL'),
];

/** Each ring that a desk covers stands whole on this many of its reports, so that every seed plants it. */
const SURE_REPORTS = 3;
const NOISE_SHARE = 0.12;
/** Of the reports that name a ring's house, every fourth is of people who were got out of it; the ring brings others, as if nothing had happened. */
const RECOVERED_EVERY = 4;

/** Investigations of one desk, ordered by date; references run with them. */
export function drawInvestigations(
  random: Random,
  numbers: Numbers,
  desk: Desk,
  months: readonly Month[],
  scale: number,
): readonly Investigation[] {
  const covered = CORRIDORS.filter(desk.covers);
  const sure = RINGS.flatMap((ring) => {
    const corridors = covered.filter(({ id }) => ring.corridors.includes(id));
    return corridors.length === 0 ? [] : Array.from({ length: SURE_REPORTS }, () => ({ ring, corridors }));
  });
  const count = Math.max(sure.length, Math.round(desk.reports * scale));
  const named = new Map<string, number>();
  return Array.from({ length: count }, (_, index) => {
    const planned = sure[index];
    if (planned !== undefined) return investigate(random, numbers, months, planned.corridors, planned.ring);
    return investigate(random, numbers, months, chance(random, NOISE_SHARE) ? null : covered, null);
  })
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    .map((found, index) => {
      const reference = `${desk.prefix}-${String(index + 1).padStart(4, '0')}`;
      const house = found.facilitators.find(({ kind }) => kind === 'establishment')?.id;
      const nth = (named.get(house ?? '') ?? 0) + 1;
      if (house !== undefined) named.set(house, nth);
      const incident_kind = house !== undefined && nth % RECOVERED_EVERY === 0 ? 'recovery' : 'exploitation';
      return { ...found, reference, cells: { ...found.cells, reference, incident_kind } };
    });
}

function ownStations(organisation: string, prefix: string): Desk {
  return {
    organisation,
    prefix,
    reports: 32,
    covers: ({ station }) => station.organisation === organisation,
  };
}

type Unnumbered = Omit<Investigation, 'reference'>;

function investigate(
  random: Random,
  numbers: Numbers,
  months: readonly Month[],
  corridors: readonly PlantedCorridor[] | null,
  sureRing: Ring | null,
): Unnumbered {
  const corridor = corridors === null ? null : pick(random, corridors);
  const used = corridor === null ? months : months.filter(({ index }) => rateIn(corridor, index) > 0);
  const month = pick(random, used);
  const station = corridor?.station ?? pick(random, STATIONS);
  const source = station.crossing.countries.find((country) => NOISE_TOWNS[country] !== undefined) ?? 'NPL';
  const { origin, destination } = corridor ?? randomJourney(random, source);
  const date = dayIn(random, month);
  const [longitude, latitude] = scatter(random, destination.position, 12);
  const named = facilitatorCells(random, numbers, corridor, sureRing);
  const cells: CsvRow<InvestigationColumn> = {
    incident_date: date,
    place: destination.spellings[0] ?? '',
    latitude: String(latitude),
    longitude: String(longitude),
    country: destination.country,
    origin_country: origin.country,
    origin_place: `${origin.name}, ${COUNTRY_NAMES[origin.country]}`,
    transit_place: station.crossing.name,
    destination_place: pick(random, destination.spellings),
    destination_country: destination.country,
    religion: `${FORBIDDEN_TEXT} religion`,
    ...assessment(random),
    ...named.cells,
  };
  return { month, date, corridor, crossing: station.crossing.id, cells, facilitators: named.facilitators };
}

function assessment(random: Random): CsvRow<InvestigationColumn> {
  const kind = pickWeighted(random, [
    ['victim', 5] as const,
    ['contact', 2] as const,
    ['partner', 2] as const,
    ['document', 1] as const,
    ['suspect', 1] as const,
  ]);
  return {
    source_kind: kind,
    reliability: pickWeighted(random, [
      ['A', 1],
      ['B', 4],
      ['C', 4],
      ['D', 1],
      ['F', 1],
    ] as const),
    credibility: pickWeighted(random, [
      ['1', 1],
      ['2', 4],
      ['3', 4],
      ['4', 1],
      ['6', 1],
    ] as const),
    persons: pickWeighted(random, [
      ['1', 6],
      ['2', 2],
      ['3', 1],
      ['5', 1],
    ] as const),
    sex: pickWeighted(random, [
      ['female', 7],
      ['male', 3],
    ] as const),
    age_band: pick(random, ['9_17', '18_20', '21_23', '24_26', '27_29', '30_38']),
    exploitation: pick(random, [
      'sexual',
      'labour',
      'labour',
      'domestic_servitude',
      'forced_marriage',
      'unknown',
    ]),
  };
}

/** A ring's members each stand on about half the reports of its corridors, independently; strangers have their own. */
function facilitatorCells(
  random: Random,
  numbers: Numbers,
  corridor: PlantedCorridor | null,
  sureRing: Ring | null,
): { readonly cells: CsvRow<InvestigationColumn>; readonly facilitators: readonly Facilitator[] } {
  const ring = sureRing ?? RINGS.find(({ corridors }) => corridors.includes(corridor?.id ?? 'noise'));
  const facilitators: Facilitator[] = [];
  const cell = (member: Facilitator | undefined, otherwise: () => string): string => {
    if (member === undefined || !(sureRing !== null || chance(random, 0.5))) return otherwise();
    facilitators.push(member);
    return pick(random, member.spellings);
  };
  const stranger = (text: () => string, share: number) => () => (chance(random, share) ? text() : '');
  const cells = {
    suspect: cell(
      ring?.individual,
      stranger(() => `Demo Suspect ${8000 + numbers.next('suspect')}`, 0.6),
    ),
    phone: cell(
      ring === undefined ? undefined : pick(random, ring.phones),
      stranger(() => fictionalPhone('91', numbers.next('phone')), 0.6),
    ),
    plate: cell(
      ring?.plate,
      stranger(() => `DEMO-${1000 + random.int(8000)}`, 0.3),
    ),
    agency: cell(
      ring?.agency,
      stranger(() => `Fictional Overseas Placement ${100 + random.int(800)}`, 0.3),
    ),
    establishment: cell(ring?.establishment, () =>
      chance(random, 0.35) ? COMMON_PLACE : `Fictional House ${100 + random.int(800)}`,
    ),
  };
  return { cells, facilitators };
}
