/** Rows that wait in quarantine, as GraphQL shows them: why they wait, what of their cells may be shown, and how somebody settled them. */
import { createUnionType, Field, GraphQLISODateTime, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type Outcome, type Reason, saidOnce } from '../../kernel/errors.ts';
import type { QuarantineColumns } from './import.view.ts';
import { ImportRefused, RefusalReason } from './import-refused.type.ts';
import { LEFT_OUT_REASONS, type LeftOutReason } from './settled-row.store.ts';
import type { RowField, RowShown } from './waiting-row.service.ts';

export const LeftOutReasonEnum = Object.fromEntries(
  LEFT_OUT_REASONS.map((reason) => [reason.toUpperCase(), reason]),
) as Readonly<Record<string, LeftOutReason>>;
registerEnumType(LeftOutReasonEnum, {
  name: 'LeftOutReason',
  description: 'Why a row is left out; a closed list, because what is typed may name somebody.',
});

@ObjectType({
  description:
    'A row that waits; the line leads back to the file. The row is kept encrypted, without what may stand in a forbidden column; where that cannot be told apart a reason says so.',
})
export class QuarantinedRow {
  @Field(() => Int, { description: 'Line of the file on which the row begins, from 1.' })
  line!: number;

  @Field(() => [RefusalReason], { description: 'Each said once.' })
  reasons!: Reason[];

  @Field(() => String, {
    nullable: true,
    description:
      'The later import that read what this row is about (a row of the same id, or the same words read in another way); null while it waits.',
  })
  mendedBy!: string | null;

  @Field(() => LeftOutReasonEnum, {
    nullable: true,
    description: 'Why somebody left it out: it waits no longer. Null while it waits.',
  })
  leftOut!: LeftOutReason | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  leftOutAt!: Date | null;
}

export function quarantinedOf(row: QuarantineColumns): QuarantinedRow {
  return {
    line: row.line,
    reasons: [...saidOnce(row.reasons)],
    mendedBy: row.mended_by,
    leftOut: row.left_out,
    leftOutAt: row.left_out_at,
  };
}

@ObjectType({ description: 'One cell of a row that waits.' })
export class WaitingField {
  @Field(() => String)
  column!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'As it was received, where it can name, reach or find nobody; null for names, notes, places, identifiers and columns that no profile reads.',
  })
  value!: string | null;

  @Field(() => String, { description: 'What can be said of any value, like "letters, 12 characters".' })
  shape!: string;

  @Field(() => String, { description: 'What the profile takes it for.' })
  meaning!: string;

  @Field(() => String, { description: 'What the profile reads in it.' })
  takes!: string;

  @Field(() => Boolean, { description: 'Whether a reason speaks of it.' })
  wrong!: boolean;
}

@ObjectType({ description: 'A row that waits, cell by cell, without what could name anybody.' })
export class WaitingRowShown {
  @Field(() => Int)
  line!: number;

  @Field(() => String, { description: 'The profile that read the file.' })
  profile!: string;

  @Field(() => [RefusalReason])
  reasons!: Reason[];

  @Field(() => [WaitingField])
  fields!: readonly WaitingField[];

  @Field(() => String, { nullable: true, description: 'Why it cannot be mended here; null where it can.' })
  unmendable!: string | null;

  @Field(() => LeftOutReasonEnum, { nullable: true })
  leftOut!: LeftOutReason | null;
}

export function waitingRowOf(row: RowShown): WaitingRowShown {
  return Object.assign(new WaitingRowShown(), {
    ...row,
    reasons: [...row.reasons],
    fields: row.fields.map(({ goes: _kept, ...field }: RowField) => Object.assign(new WaitingField(), field)),
  });
}

@ObjectType({ description: 'It is so; the same again changes nothing more.' })
export class RowSettled {
  @Field(() => Int)
  line!: number;
}

export const RowOutcome = createUnionType({
  name: 'RowOutcome',
  description: 'Done, or the reasons why not.',
  types: () => [RowSettled, ImportRefused] as const,
});

export function rowOutcome(outcome: Outcome<number>): RowSettled | ImportRefused {
  if (outcome.accepted) return Object.assign(new RowSettled(), { line: outcome.value });
  return Object.assign(new ImportRefused(), { reasons: [...outcome.reasons] });
}
