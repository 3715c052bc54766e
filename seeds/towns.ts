/** The towns the fictional journeys begin in: first those of planted corridors, then those that only noise comes from. */
import type { Town } from './geography.ts';

export const ORIGINS = {
  sindhupalchok: town('Chautara', 'Sindhupalchok', 'NPL', 85.715, 27.776, 12),
  makwanpur: town('Hetauda', 'Makwanpur', 'NPL', 85.0322, 27.4284, 11),
  jhapa: town('Damak', 'Jhapa', 'NPL', 87.6967, 26.665, 10),
  ilam: town('Ilam', 'Ilam', 'NPL', 87.9236, 26.9112, 8),
  sunsari: town('Dharan', 'Sunsari', 'NPL', 87.2833, 26.8125, 12),
  khotang: town('Diktel', 'Khotang', 'NPL', 86.798, 27.213, 12),
  okhaldhunga: town('Okhaldhunga', 'Okhaldhunga', 'NPL', 86.5, 27.316, 12),
  dhanusha: town('Janakpur', 'Dhanusha', 'NPL', 85.9266, 26.7488, 9),
  palpa: town('Tansen', 'Palpa', 'NPL', 83.547, 27.867, 12),
  kaski: town('Pokhara', 'Kaski', 'NPL', 83.9856, 28.2096, 12),
  surkhet: town('Birendranagar', 'Surkhet', 'NPL', 81.634, 28.602, 12),
  rolpa: town('Liwang', 'Rolpa', 'NPL', 82.633, 28.3, 12),
  doti: town('Dipayal', 'Doti', 'NPL', 80.94, 29.261, 12),
  kailali: town('Ghodaghodi', 'Kailali', 'NPL', 80.95, 28.69, 10),
  satkhira: town('Satkhira', 'Satkhira', 'BGD', 89.095, 22.718, 9),
  khulna: town('Khulna', 'Khulna', 'BGD', 89.5403, 22.8456, 12),
  kushtia: town('Kushtia', 'Kushtia', 'BGD', 89.122, 23.901, 10),
  mawlamyine: town('Mawlamyine', 'Mawlamyine', 'MMR', 97.66, 16.4905, 10),
  hpaAn: town('Hpa-An', 'Hpa-An', 'MMR', 97.6333, 16.8895, 12),
  kengtung: town('Kengtung', 'Kengtung', 'MMR', 99.6084, 21.2914, 12),
  battambang: town('Battambang', 'Battambang', 'KHM', 103.1986, 13.1027, 12),
  siemReap: town('Siem Reap', 'Siem Reap', 'KHM', 103.8564, 13.3933, 10),
} as const;

/** Where random journeys come from, by country: deliberately none of the planted origins. */
export const NOISE_TOWNS: Readonly<Record<string, readonly Town[]>> = {
  NPL: [
    town('Baglung', 'Baglung', 'NPL', 83.59, 28.2667, 14),
    town('Bhaktapur', 'Bhaktapur', 'NPL', 85.4298, 27.671, 6),
    town('Bharatpur', 'Chitwan', 'NPL', 84.4333, 27.6833, 12),
    town('Charikot', 'Dolakha', 'NPL', 86.05, 27.67, 12),
    town('Dadeldhura', 'Dadeldhura', 'NPL', 80.5806, 29.2985, 12),
    town('Dhading Besi', 'Dhading', 'NPL', 84.9, 27.9167, 14),
    town('Ghorahi', 'Dang', 'NPL', 82.4833, 28.0333, 12),
    town('Gorkha', 'Gorkha', 'NPL', 84.6333, 28, 14),
    town('Jumla', 'Jumla', 'NPL', 82.1833, 29.2747, 14),
    town('Kathmandu', 'Kathmandu', 'NPL', 85.324, 27.7172, 8),
    town('Lahan', 'Siraha', 'NPL', 86.4822, 26.7215, 8),
    town('Phidim', 'Panchthar', 'NPL', 87.7667, 27.15, 12),
    town('Ramechhap', 'Ramechhap', 'NPL', 86.0833, 27.3333, 14),
    town('Salyan', 'Salyan', 'NPL', 82.1667, 28.3667, 14),
    town('Sindhuli', 'Sindhuli', 'NPL', 85.9667, 27.25, 12),
    town('Taplejung', 'Taplejung', 'NPL', 87.6667, 27.35, 12),
  ],
  BGD: [
    town('Barisal', 'Barisal', 'BGD', 90.3667, 22.705, 12),
    town('Bogura', 'Bogura', 'BGD', 89.3711, 24.8481, 14),
    town('Faridpur', 'Faridpur', 'BGD', 89.8333, 23.6, 14),
    town('Gopalganj', 'Gopalganj', 'BGD', 89.8333, 23.005, 14),
    town('Magura', 'Magura', 'BGD', 89.42, 23.4855, 12),
    town('Pabna', 'Pabna', 'BGD', 89.24, 24.01, 12),
  ],
  MMR: [
    town('Bago', 'Bago', 'MMR', 96.4797, 17.3367, 14),
    town('Lashio', 'Lashio', 'MMR', 97.7498, 22.9359, 14),
    town('Mandalay', 'Mandalay', 'MMR', 96.0836, 21.9588, 12),
    town('Pyay', 'Pyay', 'MMR', 95.2222, 18.8246, 12),
    town('Taunggyi', 'Taunggyi', 'MMR', 97.0378, 20.7892, 14),
  ],
  KHM: [
    town('Kampong Cham', 'Kampong Cham', 'KHM', 105.4635, 11.9934, 12),
    town('Kampong Thom', 'Kampong Thom', 'KHM', 104.8887, 12.7111, 14),
    town('Kratie', 'Kratie', 'KHM', 106.0188, 12.4881, 12),
    town('Pursat', 'Pursat', 'KHM', 103.9192, 12.5338, 14),
  ],
};

function town(
  name: string,
  district: string,
  country: string,
  lon: number,
  lat: number,
  radiusKm: number,
): Town {
  return { name, district, country, position: [lon, lat], radiusKm };
}
