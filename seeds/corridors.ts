/** The corridors planted in the demo: what an analysis of its files should find again, and when each one is in use. */
import { crossingOf, type Destination, destinationOf, type Town } from './geography.ts';
import { BELAHIYA_CLOSED_FROM, STATIONS, type Station } from './stations.ts';
import { ORIGINS } from './towns.ts';

export const WINDOW_MONTHS = 24;
/** The corridor from Okhaldhunga is used in the last five months only. */
const OPENED_FROM = WINDOW_MONTHS - 5;

export interface PlantedCorridor {
  readonly id: string;
  readonly origin: Town;
  readonly station: Station;
  readonly destination: Destination;
  /** Expected intercepts in a month of full effort and middling season, before and from `changesAt` (a month index). */
  readonly rateBefore: number;
  readonly rateAfter: number;
  readonly changesAt: number;
}

export interface PlantedEvent {
  readonly kind: 'crossing_closed' | 'station_closed' | 'corridor_opened' | 'station_unstaffed';
  /** Month index from the start of the window. */
  readonly month: number;
  readonly crossing: string;
  /** Corridors that lose or gain by it, and the alternative ones of the same origin and destination. */
  readonly corridors: readonly string[];
  readonly alternatives: readonly string[];
}

export const CORRIDORS: readonly PlantedCorridor[] = [
  steady('sindhupalchok', 'birgunj', 'mumbai', 4.2),
  steady('makwanpur', 'birgunj', 'delhi', 3.3),
  steady('jhapa', 'kakarbhitta', 'kolkata', 4.2),
  steady('ilam', 'kakarbhitta', 'kuwait-city', 3),
  steady('sunsari', 'biratnagar', 'delhi', 3),
  steady('khotang', 'biratnagar', 'dubai', 2.2),
  steady('dhanusha', 'jaleshwar', 'delhi', 2.6),
  changing('palpa', 'belahiya', 'delhi', 4.6, 0, BELAHIYA_CLOSED_FROM),
  changing('palpa', 'krishnanagar', 'delhi', 0.9, 4.8, BELAHIYA_CLOSED_FROM),
  changing('kaski', 'belahiya', 'dubai', 3.1, 0, BELAHIYA_CLOSED_FROM),
  changing('kaski', 'birgunj', 'dubai', 0.6, 2.8, BELAHIYA_CLOSED_FROM),
  steady('surkhet', 'nepalgunj', 'delhi', 3.5),
  steady('rolpa', 'nepalgunj', 'riyadh', 2.3),
  steady('doti', 'gaddachauki', 'delhi', 2.9),
  steady('kailali', 'gaurifanta', 'mumbai', 2.4),
  changing('okhaldhunga', 'kakarbhitta', 'doha', 0, 6, OPENED_FROM),
  steady('satkhira', 'benapole', 'kolkata', 3.3),
  steady('khulna', 'benapole', 'mumbai', 2.7),
  steady('kushtia', 'darshana', 'delhi', 2.3),
  steady('mawlamyine', 'mae-sot', 'samut-sakhon', 3.5),
  steady('hpaAn', 'mae-sot', 'bangkok', 3),
  steady('kengtung', 'mae-sai', 'chiang-mai', 2.5),
  steady('battambang', 'poipet', 'bangkok', 3.5),
  steady('siemReap', 'o-smach', 'rayong', 2),
];

export const EVENTS: readonly PlantedEvent[] = [
  {
    kind: 'crossing_closed',
    month: BELAHIYA_CLOSED_FROM,
    crossing: 'belahiya',
    corridors: ['palpa-belahiya-delhi', 'kaski-belahiya-dubai'],
    alternatives: ['palpa-krishnanagar-delhi', 'kaski-birgunj-dubai'],
  },
  {
    kind: 'corridor_opened',
    month: OPENED_FROM,
    crossing: 'kakarbhitta',
    corridors: ['okhaldhunga-kakarbhitta-doha'],
    alternatives: [],
  },
  ...STATIONS.flatMap(staffingEvents),
];

/** Expected intercepts of one corridor in one month (index), before season and effort. */
export function rateIn(corridor: PlantedCorridor, month: number): number {
  return month < corridor.changesAt ? corridor.rateBefore : corridor.rateAfter;
}

function staffingEvents(station: Station): readonly PlantedEvent[] {
  const corridors = CORRIDORS.filter((corridor) => corridor.station === station).map(({ id }) => id);
  const at = { crossing: station.crossing.id, corridors, alternatives: [] };
  return [
    ...(station.closedFrom === null
      ? []
      : [{ kind: 'station_closed' as const, month: station.closedFrom, ...at }]),
    ...station.unstaffed.map((month) => ({ kind: 'station_unstaffed' as const, month, ...at })),
  ];
}

function steady(
  origin: keyof typeof ORIGINS,
  crossing: string,
  destination: string,
  rate: number,
): PlantedCorridor {
  return changing(origin, crossing, destination, rate, rate, 0);
}

function changing(
  origin: keyof typeof ORIGINS,
  crossing: string,
  destination: string,
  rateBefore: number,
  rateAfter: number,
  changesAt: number,
): PlantedCorridor {
  const station = STATIONS.find((candidate) => candidate.crossing.id === crossingOf(crossing).id);
  if (station === undefined) throw new RangeError(`found no station at "${crossing}", wanted one`);
  const from = ORIGINS[origin];
  const id = `${from.district.toLowerCase().replace(' ', '-')}-${crossing}-${destination}`;
  return {
    id,
    origin: from,
    station,
    destination: destinationOf(destination),
    rateBefore,
    rateAfter,
    changesAt,
  };
}
