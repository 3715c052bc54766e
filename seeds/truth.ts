/** What was planted, so that what the hub derives from the files can be scored instead of admired. */
import type { PlantedCorridor, PlantedEvent } from './corridors.ts';
import type { Crossing } from './geography.ts';
import type { DemoProfile } from './organisations.ts';
import type { Decoy, Facilitator } from './rings.ts';
import type { Station } from './stations.ts';

export interface DemoFile {
  /** Slug of the organisation that sends it. */
  readonly organisation: string;
  readonly profile: DemoProfile;
  readonly name: string;
  /** CSV, UTF-8, header first. */
  readonly text: string;
}

/** One report's journey. `reference` is the irf_number or the investigation's reference, unique in its organisation. */
export interface JourneyTruth {
  readonly organisation: string;
  readonly profile: DemoProfile;
  readonly reference: string;
  /** A planted corridor's id, or "noise". */
  readonly corridor: string;
  /** The planted crossing cluster. */
  readonly crossing: string;
  /** Month index in the window. */
  readonly month: number;
  /** True date, "2025-03-14", whatever was written. */
  readonly date: string;
}

/** A facilitator's appearance in one report. */
export interface Appearance {
  readonly facilitator: string;
  readonly organisation: string;
  readonly reference: string;
}

export const MESS_KINDS = [
  'zero_coordinates',
  'swapped_coordinates',
  'ambiguous_date',
  'bikram_sambat_date',
  'destination_unknown',
  'destination_region',
  'destination_several',
  'repeated_id',
] as const;
export type MessKind = (typeof MESS_KINDS)[number];

/** One row that is not as it should be. */
export interface MessTruth {
  readonly kind: MessKind;
  readonly organisation: string;
  readonly file: string;
  /** 1 is the header. */
  readonly line: number;
  readonly reference: string;
  readonly column: string;
  readonly written: string;
}

export interface DemoTruth {
  /** First day of the first month, and the first day after the last. */
  readonly window: { readonly from: string; readonly to: string };
  readonly corridors: readonly PlantedCorridor[];
  readonly crossings: readonly Crossing[];
  readonly stations: readonly Station[];
  readonly events: readonly PlantedEvent[];
  readonly journeys: readonly JourneyTruth[];
  readonly facilitators: readonly Facilitator[];
  readonly appearances: readonly Appearance[];
  /** Recurring, and no facilitators: they recur everywhere, or inside one owner only. */
  readonly decoys: readonly Decoy[];
  readonly mess: readonly MessTruth[];
  /** Strings that stand in vault-only columns and must be found nowhere else. */
  readonly canaries: readonly string[];
}
