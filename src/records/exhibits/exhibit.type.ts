/** An exhibit and its custody log, as GraphQL shows them. */
import { createUnionType, Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { CustodianRoleEnum, CustodyKindEnum, ExhibitKindEnum } from '../../graphql/enums.ts';
import { type OwnedColumns, OwnedRecord, owned } from '../../graphql/owned-record.type.ts';
import type { Outcome } from '../../kernel/errors.ts';
import type { CustodianRole, CustodyKind, ExhibitKind } from '../../kernel/exhibit-words.ts';
import { ActRefused } from '../acts/act.type.ts';
import type { DoneOnce } from '../acts/once.service.ts';

@ObjectType({ description: 'A thing in evidence of a legal case, seen by who sees the case.' })
export class Exhibit extends OwnedRecord {
  @Field(() => ExhibitKindEnum)
  kind!: ExhibitKind;

  @Field(() => String, {
    nullable: true,
    description: 'Null for everybody but the owner, and once somebody of its case was erased.',
  })
  label!: string | null;

  @Field(() => String, { description: 'Of its file; 64 hexadecimal figures.' })
  sha256!: string;

  @Field(() => GraphQLISODateTime)
  recordedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Id of the key that recorded it; null for everybody but the owner.',
  })
  recordedBy!: string | null;

  legalCaseId!: string;
  attachmentId!: string | null;
}

export interface ExhibitColumns extends OwnedColumns {
  readonly legal_case_id: string;
  readonly kind: ExhibitKind;
  readonly label: string | null;
  readonly sha256: Uint8Array;
  readonly attachment_id: string | null;
  readonly recorded_by: string | null;
  readonly recorded_at: Date;
  readonly custody_head: Uint8Array | null;
}

export function exhibitOf(row: ExhibitColumns): Exhibit {
  return Object.assign(new Exhibit(), {
    ...owned(row),
    kind: row.kind,
    label: row.label,
    sha256: Buffer.from(row.sha256).toString('hex'),
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    legalCaseId: row.legal_case_id,
    attachmentId: row.attachment_id,
  });
}

@ObjectType({ description: 'Who keeps an exhibit.' })
export class Custodian {
  @Field(() => CustodianRoleEnum)
  role!: CustodianRole;

  @Field(() => String, { nullable: true, description: 'Null for everybody but the owner.' })
  reference!: string | null;
}

@ObjectType({
  description: 'What happened to an exhibit. Names stand in the vault: `personal` of the exhibit.',
})
export class CustodyEntry {
  @Field(() => Int, { description: '1 is the first.' })
  number!: number;

  @Field(() => CustodyKindEnum)
  kind!: CustodyKind;

  @Field(() => GraphQLISODateTime)
  occurredAt!: Date;

  @Field(() => Custodian, { nullable: true })
  from!: Custodian | null;

  @Field(() => Custodian, { nullable: true })
  to!: Custodian | null;

  @Field(() => String, { nullable: true, description: 'Digest of its file at that time.' })
  sha256!: string | null;

  @Field(() => Boolean, {
    description: 'That digest is another than the exhibit’s: it is not the same file.',
  })
  digestDiffers!: boolean;

  @Field(() => GraphQLISODateTime)
  recordedAt!: Date;

  @Field(() => String, { nullable: true, description: 'Id of the key; null for everybody but the owner.' })
  recordedBy!: string | null;
}

export interface CustodyColumns {
  readonly exhibit_id: string;
  readonly ordinal: number;
  readonly kind: CustodyKind;
  readonly occurred_at: Date;
  readonly from_role: CustodianRole | null;
  readonly from_reference: string | null;
  readonly to_role: CustodianRole | null;
  readonly to_reference: string | null;
  readonly sha256: Uint8Array | null;
  readonly recorded_by: string | null;
  readonly recorded_at: Date;
  readonly previous_hash: Uint8Array | null;
  readonly hash: Uint8Array | null;
}

export function custodianOf(role: CustodianRole | null, reference: string | null): Custodian | null {
  return role === null ? null : Object.assign(new Custodian(), { role, reference });
}

export function custodyOf(row: CustodyColumns, exhibitDigest: string): CustodyEntry {
  const sha256 = row.sha256 === null ? null : Buffer.from(row.sha256).toString('hex');
  return Object.assign(new CustodyEntry(), {
    number: row.ordinal,
    kind: row.kind,
    occurredAt: row.occurred_at,
    from: custodianOf(row.from_role, row.from_reference),
    to: custodianOf(row.to_role, row.to_reference),
    sha256,
    digestDiffers: sha256 !== null && sha256 !== exhibitDigest,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  });
}

@ObjectType({ description: 'It is added; the same request again answers the same and changes nothing.' })
export class CustodyAdded {
  @Field(() => String)
  exhibitId!: string;

  @Field(() => Int, { description: 'Number of the entry, to name in the next act as `after`.' })
  number!: number;
}

export const CustodyOutcome = createUnionType({
  name: 'CustodyOutcome',
  description: 'Added, or the reasons why not.',
  types: () => [CustodyAdded, ActRefused] as const,
});

export function custodyOutcome(outcome: Outcome<DoneOnce>): CustodyAdded | ActRefused {
  if (!outcome.accepted) return Object.assign(new ActRefused(), { reasons: [...outcome.reasons] });
  const { recordId, version } = outcome.value;
  return Object.assign(new CustodyAdded(), { exhibitId: recordId, number: version });
}
