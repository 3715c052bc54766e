/** What every derived result says about itself, so that no number stands without its method, its evidence and its limits. */

export interface Derivation<Parameters> {
  readonly refused: false;
  readonly method: string;
  /** Of the method as written here: raised whenever the same input could give another answer. */
  readonly version: number;
  readonly parameters: Parameters;
  readonly counts: EvidenceCounts;
  /** Plain statements of what this result does not know. */
  readonly unknowns: readonly string[];
}

export interface EvidenceCounts {
  /** Rows read. */
  readonly records: number;
  /** Distinct incidents behind them: the independent cases. */
  readonly incidents: number;
}

/** Too little to answer with. A value, not an exception: it is shown to whoever asked. */
export interface Refusal {
  readonly refused: true;
  readonly reason: string;
  readonly found: string;
  readonly wanted: string;
}

export function refuseToDerive(reason: string, found: string, wanted: string): Refusal {
  return { refused: true, reason, found, wanted };
}

/** True of what all detections share: said with every result drawn from them. */
export const DETECTIONS_ONLY =
  'These are detections: they show where people looked as well as where people were moved.';
