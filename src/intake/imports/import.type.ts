/** Imports and what became of their rows, as GraphQL shows them. */
import { createUnionType, Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Reason } from '../../kernel/errors.ts';
import type { ImportColumns, OutcomeCount } from './import.view.ts';
import { ImportRefused, RefusalReason } from './import-refused.type.ts';
import type { ImportSummary, RowCounts } from './import-types.ts';
import { QuarantinedRow, quarantinedOf } from './quarantine.type.ts';

export const DateOrderEnum = { DMY: 'dmy', MDY: 'mdy', YMD: 'ymd' } as const;
registerEnumType(DateOrderEnum, {
  name: 'DateOrder',
  description: 'Order of a date written in numbers: day-month-year, month-day-year or year-month-day.',
});

@ObjectType({ description: 'Every row is in exactly one of the five, which sum to the rows of the file.' })
export class ImportCounts {
  @Field(() => Int, { description: 'Rows of records that were new.' })
  accepted!: number;

  @Field(() => Int, {
    description: 'Further rows of an id that stands more than once in the file: kept apart for review.',
  })
  parts!: number;

  @Field(() => Int, { description: 'Rows that correct a record known before.' })
  versions!: number;

  @Field(() => Int, { description: 'Rows that say what is known already.' })
  unchanged!: number;

  @Field(() => Int, { description: 'Rows that wait, with reasons.' })
  quarantined!: number;
}

@ObjectType({
  description:
    'A row that was taken with something left out: where it stood, what was found, what was wanted.',
})
export class NotedRow {
  @Field(() => Int, { description: 'Line of the file on which the row begins, from 1.' })
  line!: number;

  @Field(() => [RefusalReason])
  reasons!: Reason[];
}

@ObjectType({
  description:
    "One file given to one profile: the unit that is resumed and undone. Only its owner's staff see it.",
})
export class Import {
  @Field(() => String, { description: 'Opaque: the batch id.' })
  id!: string;

  @Field(() => String)
  profile!: string;

  @Field(() => String)
  profileVersion!: string;

  @Field(() => String)
  fileName!: string;

  @Field(() => String, {
    description: 'READING, COMPOSING (interrupted: give the file again to go on), DONE or UNDONE.',
  })
  state!: string;

  @Field(() => Int, { description: 'Rows of the file; 0 until it was read to its end.' })
  rows!: number;

  @Field(() => String, {
    description:
      'Encoding the file was read in: utf-8, utf-16le, utf-16be or windows-1252; workbook for an .xlsx file.',
  })
  encoding!: string;

  @Field(() => [String], { description: 'Forbidden columns, which were dropped before storage.' })
  droppedColumns!: string[];

  @Field(() => [String], { description: 'Columns that the profile does not map.' })
  unknownColumns!: string[];

  @Field(() => GraphQLISODateTime)
  startedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  finishedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  undoneAt!: Date | null;
}

export function importOf(row: ImportColumns): Import {
  return Object.assign(new Import(), {
    id: row.id,
    profile: row.profile,
    profileVersion: row.profile_version,
    fileName: row.file_name,
    state: row.state.toUpperCase(),
    rows: row.row_count,
    encoding: row.encoding,
    droppedColumns: [...row.dropped_columns],
    unknownColumns: [...row.unknown_columns],
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    undoneAt: row.undone_at,
  });
}

export function countsOf({ accepted, part, version, unchanged, quarantined }: RowCounts): ImportCounts {
  return { accepted, parts: part, versions: version, unchanged, quarantined };
}

/** From grouped rows; rows without an outcome yet are in none. */
export function countsOfRows(rows: readonly OutcomeCount[]): ImportCounts {
  const of = (outcome: string): number => rows.find((row) => row.outcome === outcome)?.n ?? 0;
  return {
    accepted: of('accepted'),
    parts: of('part'),
    versions: of('version'),
    unchanged: of('unchanged'),
    quarantined: of('quarantined'),
  };
}

@ObjectType({ description: 'The file was taken in; rows that could not be are in quarantine.' })
export class ImportAccepted {
  @Field(() => String, { description: 'Give it to undoImport, or to quarantine.' })
  batchId!: string;

  @Field(() => String)
  profile!: string;

  @Field(() => Int)
  rows!: number;

  @Field(() => ImportCounts)
  counts!: ImportCounts;

  @Field(() => Int, {
    description: 'Ids that stand more than once in the file, in rows that are records of their own.',
  })
  repeatedIds!: number;

  @Field(() => String, {
    description:
      'Encoding the file was read in: utf-8, utf-16le, utf-16be or windows-1252; workbook for an .xlsx file.',
  })
  encoding!: string;

  @Field(() => [String], { description: 'Forbidden columns, which were dropped before storage.' })
  droppedColumns!: string[];

  @Field(() => [String], { description: 'Columns that the profile does not map.' })
  unknownColumns!: string[];

  @Field(() => Int, {
    description: 'Rows that were taken with something left out: `notes(batchId:)` says what.',
  })
  notedRows!: number;

  @Field(() => [QuarantinedRow], { description: 'The first 200 rows that wait.' })
  quarantine!: QuarantinedRow[];

  @Field(() => Boolean, {
    description: 'True when this very file had been imported before: nothing was written.',
  })
  repeated!: boolean;

  @Field(() => Boolean, { description: 'True when an interrupted import of this file was finished.' })
  resumed!: boolean;
}

export const ImportOutcome = createUnionType({
  name: 'ImportOutcome',
  description: 'Taken in, or the reasons why not.',
  types: () => [ImportAccepted, ImportRefused] as const,
});

export function acceptedOf(summary: ImportSummary): ImportAccepted {
  return Object.assign(new ImportAccepted(), {
    batchId: summary.batchId,
    profile: summary.profile,
    rows: summary.rows,
    encoding: summary.encoding,
    counts: countsOf(summary.counts),
    repeatedIds: summary.repeatedIds,
    droppedColumns: [...summary.droppedColumns],
    unknownColumns: [...summary.unknownColumns],
    notedRows: summary.notedRows,
    quarantine: summary.quarantine.map((row) =>
      quarantinedOf({ ...row, mended_by: null, left_out: null, left_out_at: null }),
    ),
    repeated: summary.repeated,
    resumed: summary.resumed,
  });
}

export function refusedOf(reasons: readonly Reason[]): ImportRefused {
  return Object.assign(new ImportRefused(), { reasons: [...reasons] });
}
