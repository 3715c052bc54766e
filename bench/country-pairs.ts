/** Forty origin and destination pairs with the border that lies between, from general geographic knowledge (±20 km): bench input only. */

import type { Position } from '../src/geo/position.ts';
import type { Mode } from '../src/kernel/vocabulary.ts';

export interface CountryPair {
  /** ISO 3166-1 alpha-3, as are the others. */
  readonly origin: string;
  /** The country entered at the crossing: the destination itself, or transit to it. */
  readonly entered: string;
  readonly destination: string;
  readonly from: Position;
  readonly crossing: Position;
  readonly to: Position;
  readonly mode: Mode;
}

export const COUNTRY_PAIRS: readonly CountryPair[] = [
  pair('NPL', 'IND', 'IND', [85.3, 27.7], [84.87, 27], [77.2, 28.6], 'bus'),
  pair('NPL', 'IND', 'ARE', [84, 28.2], [83.47, 27.47], [55.3, 25.2], 'mixed'),
  pair('NPL', 'IND', 'KWT', [87.3, 26.8], [88.16, 26.65], [48, 29.4], 'mixed'),
  pair('BGD', 'IND', 'IND', [89.2, 23.2], [88.9, 23.04], [88.4, 22.6], 'bus'),
  pair('MMR', 'THA', 'THA', [97.6, 16.5], [98.52, 16.69], [100.5, 13.8], 'private_vehicle'),
  pair('MMR', 'CHN', 'CHN', [97.7, 22.9], [97.9, 24], [102.7, 25], 'private_vehicle'),
  pair('MMR', 'THA', 'MYS', [98.6, 12.4], [98.55, 9.97], [101.7, 3.1], 'mixed'),
  pair('KHM', 'THA', 'THA', [103.2, 13.1], [102.55, 13.66], [100.5, 13.8], 'bus'),
  pair('KHM', 'VNM', 'VNM', [104.9, 11.6], [106.17, 11.07], [106.7, 10.8], 'bus'),
  pair('LAO', 'THA', 'THA', [102.6, 18], [102.72, 17.88], [100.5, 13.8], 'bus'),
  pair('VNM', 'CHN', 'CHN', [106, 21.3], [106.7, 21.97], [108.3, 22.8], 'private_vehicle'),
  pair('VNM', 'KHM', 'KHM', [105.4, 10.4], [105.2, 10.9], [104.9, 11.6], 'bus'),
  pair('IDN', 'MYS', 'MYS', [109.3, 0], [110.35, 0.98], [110.4, 1.5], 'bus'),
  pair('THA', 'MYS', 'MYS', [100.5, 7], [100.42, 6.52], [101.7, 3.1], 'bus'),
  pair('AFG', 'IRN', 'IRN', [62.2, 34.3], [60.75, 34.68], [51.4, 35.7], 'foot'),
  pair('PAK', 'IRN', 'IRN', [66.9, 30.2], [61.83, 29.08], [56.3, 27.2], 'private_vehicle'),
  pair('UZB', 'KAZ', 'KAZ', [69.3, 41.3], [69.35, 41.52], [76.9, 43.2], 'bus'),
  pair('KGZ', 'KAZ', 'RUS', [74.6, 42.9], [74.7, 43.05], [73.4, 55], 'bus'),
  pair('TJK', 'UZB', 'RUS', [69, 38.5], [68.1, 38.4], [37.6, 55.7], 'train'),
  pair('UKR', 'POL', 'POL', [24, 49.8], [22.97, 49.81], [21, 52.2], 'bus'),
  pair('MDA', 'ROU', 'ITA', [28.8, 47], [28.05, 47.2], [12.5, 41.9], 'bus'),
  pair('ROU', 'HUN', 'DEU', [23.6, 46.8], [21.4, 47.05], [11.6, 48.1], 'private_vehicle'),
  pair('BGR', 'GRC', 'GRC', [23.3, 42.7], [23.35, 41.38], [23.7, 38], 'bus'),
  pair('SRB', 'HRV', 'HRV', [19.8, 45.3], [19.02, 45.03], [16, 45.8], 'private_vehicle'),
  pair('ALB', 'GRC', 'GRC', [20.1, 40.1], [20.37, 39.95], [22.9, 40.6], 'foot'),
  pair('NGA', 'NER', 'LBY', [7.4, 9.1], [7.98, 13.05], [14.4, 27], 'mixed'),
  pair('NGA', 'BEN', 'GHA', [5.6, 6.3], [2.72, 6.38], [-0.2, 5.6], 'bus'),
  pair('TGO', 'GHA', 'GHA', [1.2, 6.5], [1.2, 6.12], [-0.2, 5.6], 'bus'),
  pair('BFA', 'CIV', 'CIV', [-4.3, 11.2], [-5.1, 10], [-4, 5.3], 'bus'),
  pair('MLI', 'CIV', 'CIV', [-5.7, 11.3], [-6.2, 10.4], [-5, 7.7], 'bus'),
  pair('ETH', 'DJI', 'YEM', [41.9, 9.6], [42.05, 11.08], [45, 12.8], 'foot'),
  pair('ETH', 'SDN', 'SDN', [37.5, 12.6], [36.15, 12.97], [32.5, 15.6], 'private_vehicle'),
  pair('UGA', 'KEN', 'KEN', [33.2, 0.7], [34.1, 0.46], [36.8, -1.3], 'bus'),
  pair('TZA', 'KEN', 'KEN', [36.7, -3.4], [36.79, -2.55], [36.8, -1.3], 'bus'),
  pair('ZWE', 'ZAF', 'ZAF', [28.6, -20.2], [29.99, -22.22], [28, -26.2], 'bus'),
  pair('MOZ', 'ZAF', 'ZAF', [32.6, -25.9], [31.99, -25.44], [31, -25.5], 'private_vehicle'),
  pair('GTM', 'MEX', 'MEX', [-91.5, 14.8], [-92.15, 14.68], [-99.1, 19.4], 'mixed'),
  pair('MEX', 'USA', 'USA', [-106.4, 31.6], [-106.45, 31.75], [-97.7, 30.3], 'foot'),
  pair('VEN', 'COL', 'COL', [-72.2, 7.8], [-72.45, 7.82], [-74.1, 4.7], 'foot'),
  pair('BOL', 'ARG', 'ARG', [-65.3, -21.5], [-65.59, -22.1], [-58.4, -34.6], 'bus'),
];

function pair(
  origin: string,
  entered: string,
  destination: string,
  from: Position,
  crossing: Position,
  to: Position,
  mode: Mode,
): CountryPair {
  return { origin, entered, destination, from, crossing, to, mode };
}
