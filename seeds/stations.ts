/** The fictional stations at real crossings: who watches where, from which spots, and in which months nobody does. */
import type { Position } from '../src/geo/position.ts';
import { type Crossing, crossingOf, offset } from './geography.ts';

export interface MonitoringLocation {
  readonly name: string;
  readonly position: Position;
  /** Usual number of staff. */
  readonly staff: number;
}

export interface Station {
  /** The three letters its intercept numbers begin with. */
  readonly code: string;
  readonly name: string;
  readonly organisation: string;
  /** Country the station stands in, alpha-3. */
  readonly country: string;
  readonly crossing: Crossing;
  readonly locations: readonly MonitoringLocation[];
  /** Month index (0 is the first of the window) from which the station is closed; null while it is open. */
  readonly closedFrom: number | null;
  /** Month indexes in which the station is open and has no staff. */
  readonly unstaffed: readonly number[];
  /** Staffing never varies: the stations beside the closed crossing, so that its displacement can be told from effort. */
  readonly steady: boolean;
}

type Spot = readonly [name: string, eastKm: number, northKm: number, staff: number];

/** Belahiya's road closes in this month; its station stays, and sees the flow vanish. */
export const BELAHIYA_CLOSED_FROM = 13;
/** Jaleshwar's station closes in this month; the flow goes on unseen. Displacement must be refused here. */
const JALESHWAR_STATION_CLOSED_FROM = 17;

export const STATIONS: readonly Station[] = [
  station('KAK', 'kakarbhitta', 'lantern-line', 'NPL', [
    ['Mechi Bridge', -0.2, 0.1, 3],
    ['Kakarbhitta Bus Park', -0.9, 0.4, 2],
  ]),
  station('BRT', 'biratnagar', 'lantern-line', 'NPL', [
    ['Rani Gate', 0, 0.3, 2],
    ['Biratnagar Bus Park', 0.8, 1.6, 2],
  ]),
  {
    ...station('JAL', 'jaleshwar', 'lantern-line', 'NPL', [['Bhittamod Gate', 0.1, 0.4, 2]]),
    closedFrom: JALESHWAR_STATION_CLOSED_FROM,
  },
  steady(
    station('BRG', 'birgunj', 'terai-watch', 'NPL', [
      ['Miteri Bridge', 0.1, 0.2, 3],
      ['Birgunj Ghantaghar', 0.9, 1.5, 2],
    ]),
  ),
  steady(
    station('BEL', 'belahiya', 'terai-watch', 'NPL', [
      ['Belahiya Gate', -0.1, 0.3, 3],
      ['Belahiya Bus Stop', -0.4, 1.1, 1],
    ]),
  ),
  steady(station('KRI', 'krishnanagar', 'terai-watch', 'NPL', [['Krishnanagar Gate', 0.1, 0.4, 2]])),
  {
    ...station('NPJ', 'nepalgunj', 'terai-watch', 'NPL', [
      ['Jamunaha Gate', 0.1, 0.3, 3],
      ['Pushpalal Chowk', 1.2, 1.8, 1],
    ]),
    unstaffed: [9],
  },
  {
    ...station('GRF', 'gaurifanta', 'terai-watch', 'NPL', [['Gaurifanta Gate', 0.1, 0.5, 2]]),
    unstaffed: [5, 6],
  },
  station('GAD', 'gaddachauki', 'lantern-line', 'NPL', [['Sharada Barrage', 0.3, 0.2, 2]]),
  station('BEN', 'benapole', 'delta-lights', 'BGD', [
    ['Benapole Gate', 0.4, 0.1, 2],
    ['Benapole Rail Station', 1.5, -0.5, 1],
  ]),
  {
    ...station('DAR', 'darshana', 'delta-lights', 'BGD', [['Darshana Rail Station', 1.2, 0.4, 2]]),
    unstaffed: [15],
  },
  station('MST', 'mae-sot', 'rain-gate', 'THA', [
    ['Friendship Bridge', 0.2, 0, 3],
    ['Mae Sot Bus Terminal', 4.5, 1.5, 1],
  ]),
  station('MSI', 'mae-sai', 'rain-gate', 'THA', [['Mae Sai Bridge', 0, -0.2, 2]]),
  station('POI', 'poipet', 'rain-gate', 'KHM', [
    ['Poipet Gate', 0.3, 0, 2],
    ['Poipet Market', 1.1, -0.6, 1],
  ]),
  {
    ...station('OSM', 'o-smach', 'rain-gate', 'KHM', [['O Smach Gate', 0.1, -0.5, 1]]),
    unstaffed: [11, 20],
  },
];

function station(
  code: string,
  crossingId: string,
  organisation: string,
  country: string,
  spots: readonly Spot[],
): Station {
  const crossing = crossingOf(crossingId);
  const locations = spots.map(([name, eastKm, northKm, staff]) => ({
    name,
    position: offset(crossing.position, eastKm, northKm),
    staff,
  }));
  return {
    code,
    name: crossing.name,
    organisation,
    country,
    crossing,
    locations,
    closedFrom: null,
    unstaffed: [],
    steady: false,
  };
}

function steady(open: Station): Station {
  return { ...open, steady: true };
}
