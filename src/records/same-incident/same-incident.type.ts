/** Pairs of incidents that may be, are or are not one event, as GraphQL shows them. */
import {
  Ctx,
  createUnionType,
  Field,
  Float,
  GraphQLISODateTime,
  Int,
  ObjectType,
  registerEnumType,
} from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { RefusalReason } from '../../intake/imports/import-refused.type.ts';
import type { Reason } from '../../kernel/errors.ts';
import type { Candidate } from './candidates.service.ts';
import type { Decided } from './decide.service.ts';
import type { Evidence } from './grade.ts';
import type { LinkColumns } from './same-incident-link.view.ts';

export const SameIncidentStateEnum = {
  UNDECIDED: 'undecided',
  CONFIRMED: 'confirmed',
  REJECTED: 'rejected',
} as const;
registerEnumType(SameIncidentStateEnum, {
  name: 'SameIncidentState',
  description: "What the key's own organisation said of a pair of incidents.",
});

export const SameIncidentDecisionEnum = { CONFIRMED: 'confirmed', REJECTED: 'rejected' } as const;
registerEnumType(SameIncidentDecisionEnum, {
  name: 'SameIncidentDecision',
  description: 'What an organisation decided about a pair of incidents.',
});

@ObjectType({
  description:
    'One comparison of two incidents, in words that repeat no value of either, and what it weighs: 1 doubles the odds, −1 halves them.',
})
export class SameIncidentEvidence {
  @Field(() => String, {
    description:
      'time, place, identifiers, roles, party_size, party_counts, route, owner or population. Possible victims are never compared: of a party only counts are.',
  })
  about!: string;

  @Field(() => Float)
  weight!: number;

  @Field(() => String)
  words!: string;
}

@ObjectType({ description: 'Two incidents of different reports, both seen by the viewer.' })
export abstract class IncidentPair {
  @Field(() => [String], { description: 'Ids of the two, in ascending order.' })
  incidentIds!: string[];
}

@ObjectType({ description: 'Two incidents that may be one event, for a person to decide.' })
export class SameIncidentCandidate extends IncidentPair {
  @Field(() => Float, {
    description:
      'How likely they are one event, 0–1, under the stated weights: it ranks, it does not decide.',
  })
  grade!: number;

  @Field(() => [SameIncidentEvidence], { description: 'What speaks for one event, the weightiest first.' })
  reasons!: readonly Evidence[];

  @Field(() => [SameIncidentEvidence], { description: 'What speaks against it, the weightiest first.' })
  contradictions!: readonly Evidence[];
}

export function candidateOf({
  one,
  other,
  grade,
  reasons,
  contradictions,
}: Candidate): SameIncidentCandidate {
  return Object.assign(new SameIncidentCandidate(), {
    incidentIds: [one, other],
    grade,
    reasons,
    contradictions,
  });
}

@ObjectType({ description: 'Pairs that may be one event, as one viewer sees them.' })
export class SameIncidentCandidates {
  @Field(() => [SameIncidentCandidate], { description: 'The likeliest first.' })
  candidates!: SameIncidentCandidate[];

  @Field(() => Int, { description: 'How many pairs reach the grade, shown or not.' })
  total!: number;

  @Field(() => Boolean, {
    description:
      'False when there were more pairs than are looked at in one question: ask for a narrower filter.',
  })
  complete!: boolean;

  @Field(() => String, { description: 'Method and version; docs/same-incident.md has its weights.' })
  method!: string;

  @Field(() => [String], { description: 'What the grades do not know.' })
  unknowns!: readonly string[];
}

@ObjectType({
  description:
    "One organisation's judgement on two incidents. Where both are seen, a confirmed one makes them count once; what the viewer's own organisation rejected joins nothing.",
})
export class SameIncidentLink extends IncidentPair {
  @Field(() => String, { description: 'Opaque and unguessable.' })
  id!: string;

  @Field(() => SameIncidentDecisionEnum)
  state!: 'confirmed' | 'rejected';

  @Field(() => Float, {
    nullable: true,
    description: 'As graded from what the decider saw; null to other organisations, which may see less.',
  })
  grade!: number | null;

  @Field(() => [SameIncidentEvidence], { description: 'Empty to other organisations.' })
  reasons!: readonly Evidence[];

  @Field(() => [SameIncidentEvidence], { description: 'Empty to other organisations.' })
  contradictions!: readonly Evidence[];

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt!: Date | null;

  ownerId!: string;

  @Field(() => String, { description: 'Slug of the organisation that decided.' })
  async owner(@Ctx() context: RequestContext): Promise<string> {
    return (await context.slugs()).get(this.ownerId) ?? '';
  }
}

export function linkOf(row: LinkColumns): SameIncidentLink {
  return Object.assign(new SameIncidentLink(), {
    id: row.id,
    incidentIds: [row.incident_a, row.incident_b],
    state: row.status,
    grade: row.grade,
    reasons: row.reasons?.reasons ?? [],
    contradictions: row.reasons?.contradictions ?? [],
    decidedAt: row.decided_at,
    ownerId: row.owner_id,
  });
}

@ObjectType({ description: 'The decision stands.' })
export class SameIncidentDecided {
  @Field(() => SameIncidentStateEnum)
  state!: Decided['state'];

  @Field(() => SameIncidentLink, { nullable: true, description: 'Null when it was taken back.' })
  link!: SameIncidentLink | null;
}

@ObjectType({ description: 'Nothing was changed.' })
export class SameIncidentRefused {
  @Field(() => [RefusalReason])
  reasons!: readonly Reason[];
}

export const SameIncidentOutcome = createUnionType({
  name: 'SameIncidentOutcome',
  description: 'Decided, or the reasons why not.',
  types: () => [SameIncidentDecided, SameIncidentRefused] as const,
});

export function decidedOf(decided: Decided): SameIncidentDecided {
  const { id, pair, state, grade, reasons, contradictions, decidedAt, ownerId } = decided;
  const link =
    id === null
      ? null
      : Object.assign(new SameIncidentLink(), {
          id,
          incidentIds: [...pair],
          state,
          grade,
          reasons,
          contradictions,
          decidedAt,
          ownerId,
        });
  return Object.assign(new SameIncidentDecided(), { state, link });
}

export function refusedOf(reasons: readonly Reason[]): SameIncidentRefused {
  return Object.assign(new SameIncidentRefused(), { reasons });
}
