/** What goes beside every export: what it is, how it was asked for, how it is marked, its digest, and what its format could not hold. */
import { highestHandling, highestPap } from '../../kernel/handling.ts';
import type { Handling, Pap } from '../../kernel/vocabulary.ts';
import type { Method } from './collection.ts';
import { type Marked, tlpText } from './layer.ts';

export interface Manifest {
  readonly manifestVersion: 1;
  readonly export: string;
  readonly collection: string;
  readonly format: string;
  readonly mediaType: string;
  /** As it was asked for; null: everything. */
  readonly filter: unknown;
  readonly organisation: string;
  readonly purpose: string;
  readonly begunAt: string;
  readonly endedAt: string;
  /** True where something that this viewer sees was written while the rows were read, page by page. */
  readonly changedMeanwhile: boolean;
  readonly counts: {
    readonly rows: number;
    /** Records of which the viewer sees part, of those it stands on, when it was begun. */
    readonly redacted: number;
    /** By owner, of the records it stands on, when it was begun. */
    readonly records: Readonly<Record<string, number>>;
  };
  readonly handling: string;
  /** Of the rows whose report the viewer sees; null where that is none. */
  readonly permissibleActions: string | null;
  readonly rowsWithoutPermissibleActions: number;
  readonly methods: readonly Method[];
  readonly notCarried: readonly string[];
  readonly bytes: number;
  /** Of the bytes of the file, in hexadecimal. */
  readonly sha256: string;
}

/** Counts rows and keeps their highest markings while pages go by. */
export class Tally {
  rows = 0;
  withoutPap = 0;
  handling: Handling;
  pap: Pap | null = null;

  /** `handling`: what the records were marked as when the export was begun; it only rises. */
  constructor(handling: Handling) {
    this.handling = handling;
  }

  add(rows: readonly Marked[]): void {
    this.rows += rows.length;
    for (const { handling, pap } of rows) {
      if (handling !== this.handling) this.handling = highestHandling([this.handling, handling]);
      if (pap === null) this.withoutPap += 1;
      else if (pap !== this.pap) this.pap = highestPap(this.pap === null ? [pap] : [this.pap, pap]);
    }
  }

  get markings(): Pick<Manifest, 'handling' | 'permissibleActions' | 'rowsWithoutPermissibleActions'> {
    return {
      handling: tlpText(this.handling),
      permissibleActions: this.pap === null ? null : `PAP:${this.pap.toUpperCase()}`,
      rowsWithoutPermissibleActions: this.withoutPap,
    };
  }
}
