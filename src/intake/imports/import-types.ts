/** What an import is, as its parts speak of it to each other. */

import type { RecordClass } from '../../access/roles.ts';
import type { Reason } from '../../kernel/errors.ts';
import type { Handling, Pap } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import type { MapContext } from '../formats/field-reader.ts';
import type { ImportProfile } from '../formats/profile.ts';
import type { RowTable } from '../formats/source-rows.ts';
import type { RecordDraft } from '../reports/report-draft.ts';
import type { UndoObstacle, UndoPort } from './undo-plan.ts';

export const ROW_OUTCOMES = ['accepted', 'part', 'version', 'unchanged', 'quarantined'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** Every row is in exactly one: the five sum to the rows of the file. */
export type RowCounts = Readonly<Record<RowOutcome, number>>;

/** What records are written under. */
export interface WriteContext {
  /** Null: recorded by hand. */
  readonly batchId: string | null;
  readonly ownerId: string;
  readonly classes: Readonly<Record<RecordClass, number>>;
  readonly handling: Handling;
  readonly pap: Pap;
  /** When the transaction at hand began. */
  readonly now: Date;
}

export interface BatchContext extends WriteContext {
  readonly batchId: string;
  readonly keyId: string;
  /** This run of the import: what the batch's claim must say for it to go on. */
  readonly importer: string;
  /** When the import began: dates are read as of then, however often it is interrupted. */
  readonly startedAt: Date;
}

/** A draft that was decided on: new, a further part of an id, or a new version of what is known. */
export interface DecidedDraft {
  readonly recordId: string;
  readonly decision: 'accepted' | 'part' | 'version';
  /** 1, or one more than the version it was decided against. */
  readonly version: number;
  readonly occurrence: number;
  readonly identityDigest: Uint8Array;
  readonly contentDigest: Uint8Array;
  readonly draft: RecordDraft;
  readonly notes: readonly Reason[];
}

/** Turns decided drafts into records inside the caller's own transaction. Later stages implement it; intake knows only this. */
export interface RecordSink extends UndoPort {
  /** Throws CONFLICT when a record to correct is no longer of the version that was decided against. */
  write(connection: Queryable, batch: WriteContext, drafts: readonly DecidedDraft[]): Promise<void>;
  /** Takes back everything the batch wrote. Returns what stands in the way, or null when it is done. */
  undo(connection: Queryable, batchId: string, now: Date): Promise<UndoObstacle | null>;
  /** What an undo leaves to be done once its transaction stands: keys of what it took away are destroyed. */
  settle(): Promise<void>;
}

export interface ImportProgress {
  readonly stage: 'reading' | 'composing';
  readonly rows: number;
  /** Share of the stage done, 0–1. */
  readonly share: number;
}

export interface ImportSummary {
  readonly batchId: string;
  readonly profile: string;
  readonly fileName: string;
  readonly rows: number;
  /** As the file was read: utf-8, utf-16le, utf-16be, windows-1252 or workbook. */
  readonly encoding: string;
  readonly counts: RowCounts;
  /** Ids that occur more than once in the file, in rows that are records of their own. */
  readonly repeatedIds: number;
  /** The lines on which the first of them stand: an id itself may tell the station, a line only whoever has the file. */
  readonly repeatedLines: readonly (readonly number[])[];
  readonly droppedColumns: readonly string[];
  readonly unknownColumns: readonly string[];
  /** Rows that were taken with something left out, which is noted on them. */
  readonly notedRows: number;
  readonly quarantine: readonly { readonly line: number; readonly reasons: readonly Reason[] }[];
  /** True when this very file had been imported before: nothing was written. */
  readonly repeated: boolean;
  readonly resumed: boolean;
}

export interface ImportRequest {
  readonly organisation: { readonly id: string; readonly slug: string };
  /** Who asked; null when the command line's owner of the machine did. */
  readonly keyId: string | null;
  readonly profile: ImportProfile;
  readonly fileName: string;
  readonly fileSha256: Uint8Array;
  readonly open: () => Promise<RowTable>;
  readonly lookups?: NonNullable<MapContext['lookups']>;
  readonly dates?: NonNullable<MapContext['dates']>;
  /** The sheet asked for besides the profile; null: the profile's, or the first. */
  readonly sheet?: string | null;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Bytes in the file, for the progress bar's share while reading. */
  readonly size?: number;
}
