/** What invented forms are filled in with: towns that exist, and nobody who does. */
import { chance, pick } from '../../seeds/draw.ts';
import type { Random } from '../../src/kernel/random.ts';

export type Row = Readonly<Record<string, string>>;

/** What makes one row be refused, and what its reason says. */
export interface Fault {
  readonly change: Row;
  readonly column: string;
  readonly wanted: string;
}

export interface Form {
  readonly profile: string;
  /** One record: a row, or the rows that tell it together. Ids are given. */
  readonly record: (random: Random, id: string) => readonly Row[];
  /** Column with the id; null where a row is known by what it says. */
  readonly id: string | null;
  readonly faults: readonly Fault[];
  /** What a later file says otherwise of a record. */
  readonly correction: Row;
  /** Columns that may hold any name as it is typed: ids, stations, firms. */
  readonly open: readonly string[];
}

/** Stands in every name and free text of the files; nobody is called so. */
export const NOBODY = 'Zzyzxova';

export const TOWNS = ['Itahari', 'Birgunj', 'Nepalgunj', 'Kathmandu', 'Biratnagar'] as const;
export const FAR = ['Delhi', 'Mumbai', 'Patna', 'Kolkata'] as const;

export const name = (random: Random): string =>
  `${pick(random, ['Asha', 'Bina', 'Chet', 'Dilu', 'Ela'])} ${NOBODY} ${random.int(1_000)}`;
export const phone = (random: Random): string => `+000 ${100 + random.int(900)} ${1_000 + random.int(9_000)}`;
export const day = (random: Random): string => `2024-0${1 + random.int(9)}-1${random.int(10)}`;
export const age = (random: Random): string => String(12 + random.int(30));
export const sex = (random: Random): string => (chance(random, 0.8) ? 'F' : 'M');
