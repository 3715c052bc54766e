/** What an erasure takes away. */

export interface ErasureCounts {
  /** The party itself, and who it is in other versions of its report. */
  readonly parties: number;
  readonly versions: number;
  readonly vaultItems: number;
  readonly rawRows: number;
  /** Rows of other persons that were sealed anew, since their batch's key goes. */
  readonly rowsSealedAnew: number;
  readonly selectors: number;
  readonly learnedAliases: number;
  /** Files of the report, and of legal cases that rest on it or are against the party. Absent: erased before files could be attached. */
  readonly attachments?: number;
  /** Comments on the same. */
  readonly comments?: number;
  /** Of the report: whom somebody was referred to, and why. */
  readonly referrals?: number;
}
