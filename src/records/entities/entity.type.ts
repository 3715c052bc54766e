/** Entities and statements, as GraphQL shows them. */
import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import type { ViewerReader } from '../../access/reader.ts';
import { EntityKindEnum } from '../../graphql/enums.ts';
import { type OwnedColumns, OwnedRecord, owned } from '../../graphql/owned-record.type.ts';
import { notePerson } from '../../graphql/persons-read.ts';
import { Evaluation } from '../../graphql/shapes.type.ts';
import type { EntityKind, Reliability } from '../../kernel/vocabulary.ts';

@ObjectType({ description: 'One graded claim from one source about one thing.' })
export class Statement extends OwnedRecord {
  @Field(() => String, { description: 'What is claimed, as a code.' })
  claim!: string;

  @Field(() => String, {
    description: 'What kind of source first perceived it: staff, victim, contact, document, …',
  })
  originKind!: string;

  @Field(() => Boolean, {
    description: 'Whether who first perceived it is known; unknown counts as dependent.',
  })
  originKnown!: boolean;

  @Field(() => Boolean, { description: 'Whether it was derived from another statement or report.' })
  derived!: boolean;

  @Field(() => Evaluation)
  evaluation!: Evaluation;

  @Field(() => GraphQLISODateTime, { nullable: true })
  statedFrom!: Date | null;

  reportId!: string;
}

export interface StatementColumns extends OwnedColumns {
  readonly report_id: string;
  readonly incident_id: string;
  readonly about_kind: string;
  readonly about_id: string;
  readonly claim: string;
  readonly origin_id: string | null;
  readonly origin_kind: string;
  readonly collector_id: string | null;
  readonly derived_from: string | null;
  readonly derived_report_id: string | null;
  readonly reliability: Reliability;
  readonly credibility: number;
  readonly stated_from: Date | null;
}

export function statementOf(row: StatementColumns): Statement {
  return Object.assign(new Statement(), {
    ...owned(row),
    claim: row.claim,
    originKind: row.origin_kind,
    originKnown: row.origin_id !== null,
    derived: row.derived_from !== null || row.derived_report_id !== null,
    evaluation: { reliability: row.reliability, credibility: row.credibility },
    statedFrom: row.stated_from,
    reportId: row.report_id,
  });
}

@ObjectType({
  description: 'A normalised identifier of an entity; the value is in the vault, the hint shows its end.',
})
export class Selector {
  @Field(() => String)
  kind!: string;

  @Field(() => String)
  hint!: string;
}

@ObjectType({
  description:
    'A network, establishment, individual, support structure, vehicle, phone, account or document. Never a possible victim.',
})
export class Entity extends OwnedRecord {
  @Field(() => EntityKindEnum)
  kind!: EntityKind;

  @Field(() => String, { description: 'For a person the role, never the name.' })
  label!: string;

  reportId!: string;
}

export interface EntityColumns extends OwnedColumns {
  readonly kind: EntityKind;
  readonly label: string;
  readonly report_id: string;
}

/** Whoever is shown a person leaves a trace of it. */
export function entityOf(reader: ViewerReader, row: EntityColumns): Entity {
  if (row.kind === 'individual') notePerson(reader, row.id, row.owner_id);
  return Object.assign(new Entity(), {
    ...owned(row),
    kind: row.kind,
    label: row.label,
    reportId: row.report_id,
  });
}

@ObjectType({
  description: 'A phone, vehicle, agency, establishment or account that recurs across independent incidents.',
})
export class SharedFacilitator {
  @Field(() => EntityKindEnum)
  kind!: EntityKind;

  @Field(() => String, { description: 'Kind of identifier it was recognised by.' })
  selectorKind!: string;

  @Field(() => String, {
    description: 'The end of the identifier, or the name of an agency or establishment.',
  })
  hint!: string;

  @Field(() => Int, { description: 'Independent incidents the viewer sees it in.' })
  incidents!: number;

  @Field(() => Int, { description: 'Organisations whose visible records hold it.' })
  owners!: number;

  @Field(() => Int, { description: 'Distinct known root origins that speak of it.' })
  independentOrigins!: number;

  @Field(() => Int, {
    description:
      'Incidents left when everything a victim said is taken away, and what came from a source of unknown kind or was drawn from others.',
  })
  incidentsWithoutVictim!: number;

  @Field(() => [String], { description: 'Kinds of evidence no visible statement about it has.' })
  missingEvidence!: string[];

  @Field(() => Float, {
    description:
      '−log10 of the chance that an identifier of this kind recurs this often when incidents draw identifiers at random (binomial tail).',
  })
  surprise!: number;

  @Field(() => [String], { description: 'Ids of the entities, one for each record that holds it.' })
  entityIds!: string[];

  @Field(() => [String], { description: 'Ids of the incidents: the evidence.' })
  incidentIds!: string[];
}
