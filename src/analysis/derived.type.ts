/** What every derived answer says about itself, as GraphQL shows it. */
import { Field, Int, ObjectType } from 'type-graphql';
import type { Viewer } from '../access/viewer.ts';
import { Parameters } from '../graphql/geo-json.scalar.ts';
import type { Refusal } from './derivation.ts';

@ObjectType({ description: 'Why there is no result: too little to answer with.' })
export class DerivationRefusal {
  @Field(() => String)
  reason!: string;

  @Field(() => String)
  found!: string;

  @Field(() => String)
  wanted!: string;
}

@ObjectType({ description: 'How much stands behind an answer, of what this viewer sees.' })
export class EvidenceCount {
  @Field(() => Int, { description: 'Records read: movements, or crossings.' })
  records!: number;

  @Field(() => Int, {
    description: 'Independent incidents: reports of one event, linked and both visible, count once.',
  })
  incidents!: number;

  @Field(() => Int, { description: 'Organisations whose records these are.' })
  owners!: number;
}

@ObjectType({ description: 'First and last month with a dated record, both included, like 2026-04.' })
export class MonthWindow {
  @Field(() => String)
  first!: string;

  @Field(() => String)
  last!: string;
}

@ObjectType({ description: 'What every derived answer says about itself.' })
export abstract class DerivedAnswer {
  @Field(() => String)
  method!: string;

  @Field(() => Int, {
    description: 'Of the method: raised whenever the same records could give another answer.',
  })
  version!: number;

  @Field(() => Parameters)
  parameters!: Readonly<Record<string, unknown>>;

  @Field(() => EvidenceCount)
  counts!: EvidenceCount;

  @Field(() => MonthWindow, { nullable: true })
  dataWindow!: MonthWindow | null;

  @Field(() => [String], { description: 'What this answer does not know.' })
  unknowns!: readonly string[];

  @Field(() => DerivationRefusal, { nullable: true, description: 'Set instead of a result.' })
  refusal!: DerivationRefusal | null;
}

export function refusalOf({ reason, found, wanted }: Refusal): DerivationRefusal {
  return { reason, found, wanted };
}

/** Said with every answer to a viewer who sees some rows coarsened. */
export function coarsenedUnknowns(viewer: Viewer): readonly string[] {
  return viewer.partial.length === 0
    ? []
    : [
        'Some records are shared in part: their places may be wide cells, and their times months, quarters or years.',
      ];
}
