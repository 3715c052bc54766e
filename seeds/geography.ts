/** The real ground the fictional demo stands on: towns, crossings and cities, from general geographic knowledge (±5 km). */
import type { Position } from '../src/geo/position.ts';

export interface Town {
  readonly name: string;
  readonly district: string;
  /** ISO 3166-1 alpha-3. */
  readonly country: string;
  readonly position: Position;
  /** How far homes lie from the town, in km; small where a border is near, so that every home is in its country. */
  readonly radiusKm: number;
}

export interface Crossing {
  readonly id: string;
  readonly name: string;
  /** Sorted alpha-3 pair. */
  readonly countries: readonly [string, string];
  readonly position: Position;
}

export interface Destination {
  readonly id: string;
  readonly country: string;
  readonly position: Position;
  /** The ways people write it on a form, the most usual first. */
  readonly spellings: readonly string[];
}

export const COUNTRY_NAMES: Readonly<Record<string, string>> = {
  ARE: 'United Arab Emirates',
  BGD: 'Bangladesh',
  IND: 'India',
  KHM: 'Cambodia',
  KWT: 'Kuwait',
  MMR: 'Myanmar',
  NPL: 'Nepal',
  QAT: 'Qatar',
  SAU: 'Saudi Arabia',
  THA: 'Thailand',
};

/** Crossings by id. Positions are on or within a few km of the line. */
export const CROSSINGS: readonly Crossing[] = [
  crossing('kakarbhitta', 'Kakarbhitta', 'IND', 'NPL', 88.1606, 26.6465),
  crossing('biratnagar', 'Biratnagar', 'IND', 'NPL', 87.2649, 26.4105),
  crossing('jaleshwar', 'Jaleshwar', 'IND', 'NPL', 85.7995, 26.6285),
  crossing('birgunj', 'Birgunj', 'IND', 'NPL', 84.8655, 27.0005),
  crossing('belahiya', 'Belahiya', 'IND', 'NPL', 83.4665, 27.4725),
  crossing('krishnanagar', 'Krishnanagar', 'IND', 'NPL', 82.797, 27.5155),
  crossing('nepalgunj', 'Nepalgunj', 'IND', 'NPL', 81.599, 27.9985),
  crossing('gaurifanta', 'Gaurifanta', 'IND', 'NPL', 80.5685, 28.6345),
  crossing('gaddachauki', 'Gaddachauki', 'IND', 'NPL', 80.1035, 28.9865),
  crossing('benapole', 'Benapole', 'BGD', 'IND', 88.896, 23.0435),
  crossing('darshana', 'Darshana', 'BGD', 'IND', 88.776, 23.521),
  crossing('mae-sot', 'Mae Sot', 'MMR', 'THA', 98.5175, 16.6915),
  crossing('mae-sai', 'Mae Sai', 'MMR', 'THA', 99.8812, 20.4435),
  crossing('poipet', 'Poipet', 'KHM', 'THA', 102.5495, 13.661),
  crossing('o-smach', 'O Smach', 'KHM', 'THA', 103.699, 14.4335),
];

export const DESTINATIONS: readonly Destination[] = [
  destination('delhi', 'IND', 77.209, 28.6139, ['Delhi', 'New Delhi', 'Delhi, India']),
  destination('mumbai', 'IND', 72.8777, 19.076, ['Mumbai', 'Bombay', 'Mumbai, India']),
  destination('kolkata', 'IND', 88.3639, 22.5726, ['Kolkata', 'Calcutta', 'Kolkata, India']),
  destination('pune', 'IND', 73.8567, 18.5204, ['Pune']),
  destination('bengaluru', 'IND', 77.5946, 12.9716, ['Bengaluru', 'Bangalore']),
  destination('lucknow', 'IND', 80.9462, 26.8467, ['Lucknow']),
  destination('dubai', 'ARE', 55.2708, 25.2048, ['Dubai', 'Dubai, UAE']),
  destination('doha', 'QAT', 51.531, 25.2854, ['Doha', 'Doha, Qatar']),
  destination('kuwait-city', 'KWT', 47.9783, 29.3759, ['Kuwait City', 'Kuwait City, Kuwait']),
  destination('riyadh', 'SAU', 46.6753, 24.7136, ['Riyadh', 'Riyadh, Saudi Arabia']),
  destination('bangkok', 'THA', 100.5018, 13.7563, ['Bangkok', 'Bangkok, Thailand']),
  destination('samut-sakhon', 'THA', 100.2747, 13.5475, ['Samut Sakhon', 'Samut Sakhon, Thailand']),
  destination('chiang-mai', 'THA', 98.9853, 18.7883, ['Chiang Mai', 'Chiang Mai, Thailand']),
  destination('rayong', 'THA', 101.2816, 12.6814, ['Rayong']),
  destination('phuket', 'THA', 98.3923, 7.8804, ['Phuket']),
];

/** @throws RangeError when the demo's own tables do not agree. */
export function crossingOf(id: string): Crossing {
  return found(CROSSINGS, id, 'crossing');
}

/** @throws RangeError when the demo's own tables do not agree. */
export function destinationOf(id: string): Destination {
  return found(DESTINATIONS, id, 'destination');
}

/** `kilometres` east and north of a position, on a sphere of 111.32 km a degree: good to 1 % over the demo's 15 km. */
export function offset([longitude, latitude]: Position, eastKm: number, northKm: number): Position {
  const kmPerDegree = 111.32;
  return [
    longitude + eastKm / (kmPerDegree * Math.cos((latitude * Math.PI) / 180)),
    latitude + northKm / kmPerDegree,
  ];
}

function found<T extends { readonly id: string }>(table: readonly T[], id: string, what: string): T {
  const entry = table.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new RangeError(`found ${what} "${id}", wanted one of the demo's table`);
  return entry;
}

function crossing(id: string, name: string, a: string, b: string, lon: number, lat: number): Crossing {
  return { id, name, countries: [a, b], position: [lon, lat] };
}

function destination(
  id: string,
  country: string,
  lon: number,
  lat: number,
  spellings: readonly string[],
): Destination {
  return { id, country, position: [lon, lat], spellings };
}
