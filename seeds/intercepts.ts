/** The fictional intercepts themselves, before anybody fills in a form: who was met where, coming from and going to where. */
import type { Position } from '../src/geo/position.ts';
import type { Random } from '../src/kernel/random.ts';
import { dayIn, type Month, season } from './calendar.ts';
import { CORRIDORS, type PlantedCorridor, rateIn } from './corridors.ts';
import { chance, pick, pickWeighted, poisson, scatter } from './draw.ts';
import { DESTINATIONS, type Destination, type Town } from './geography.ts';
import { effortShare, type Staffing } from './staffing.ts';
import { type MonitoringLocation, STATIONS, type Station } from './stations.ts';
import { NOISE_TOWNS } from './towns.ts';

export interface Intercept {
  /** Station code and a running number by date: "KAK0012". */
  readonly reference: string;
  readonly station: Station;
  readonly location: MonitoringLocation;
  readonly month: Month;
  /** ISO date. */
  readonly date: string;
  /** null: a random journey. */
  readonly corridor: PlantedCorridor | null;
  readonly origin: Town;
  readonly destination: Destination;
  /** One home per possible victim, one to three. */
  readonly homes: readonly Position[];
  readonly hasSuspect: boolean;
}

type Journey = Omit<Intercept, 'reference' | 'location'>;

/** Noise among all journeys: about one in eight. */
const NOISE_SHARE = 0.125;
/** Companions live near the first of them; with the towns' radii every home stays within 15 km of the town. */
const COMPANION_KM = 2;

/** Poisson by corridor and month: planted rate × season × effort × scale, plus noise in proportion. Ordered by date. */
export function drawIntercepts(
  random: Random,
  months: readonly Month[],
  plan: readonly Staffing[],
  scale: number,
): readonly Intercept[] {
  return STATIONS.flatMap((station) => {
    const drawn = months.flatMap((month) => {
      const entries = plan.filter((entry) => entry.station === station && entry.month === month);
      const factor = effortShare(entries) * season(month, station.country) * scale;
      return journeys(random, station, month, factor).map((journey) => ({
        ...journey,
        location: pickWeighted(
          random,
          entries.map((entry) => [entry.location, entry.staff] as const),
        ),
      }));
    });
    return drawn
      .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
      .map((intercept, index) => ({
        ...intercept,
        reference: `${station.code}${String(index + 1).padStart(4, '0')}`,
      }));
  });
}

/** Where a random journey of a country begins and could be going: anywhere but the planted pairs. */
export function randomJourney(
  random: Random,
  country: string,
): { readonly origin: Town; readonly destination: Destination } {
  const origin = pick(random, NOISE_TOWNS[country] ?? []);
  const abroad = DESTINATIONS.filter((destination) => destination.country !== country);
  return { origin, destination: pick(random, abroad) };
}

function journeys(random: Random, station: Station, month: Month, factor: number): readonly Journey[] {
  const planted = CORRIDORS.filter((corridor) => corridor.station === station);
  const rate = planted.reduce((sum, corridor) => sum + rateIn(corridor, month.index), 0);
  const noise = poisson(random, (rate * factor * NOISE_SHARE) / (1 - NOISE_SHARE));
  const source = originCountry(station);
  return [
    ...planted.flatMap((corridor) =>
      Array.from({ length: poisson(random, rateIn(corridor, month.index) * factor) }, () =>
        journey(random, station, month, corridor, corridor),
      ),
    ),
    ...Array.from({ length: noise }, () =>
      journey(random, station, month, null, randomJourney(random, source)),
    ),
  ];
}

function journey(
  random: Random,
  station: Station,
  month: Month,
  corridor: PlantedCorridor | null,
  { origin, destination }: { readonly origin: Town; readonly destination: Destination },
): Journey {
  const first = scatter(random, origin.position, origin.radiusKm);
  const companions = pickWeighted(random, [[0, 60] as const, [1, 26] as const, [2, 14] as const]);
  const homes = [first, ...Array.from({ length: companions }, () => scatter(random, first, COMPANION_KM))];
  return {
    station,
    month,
    date: dayIn(random, month),
    corridor,
    origin,
    destination,
    homes,
    hasSuspect: chance(random, 0.38),
  };
}

/** The side of the border that journeys through a station come from. */
function originCountry(station: Station): string {
  const [a, b] = station.crossing.countries;
  return NOISE_TOWNS[a] === undefined ? b : a;
}
