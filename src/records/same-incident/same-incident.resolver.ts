/** `sameIncidentCandidates`, `sameIncidentLinks`, and the decisions on them. */
import {
  Arg,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  Float,
  GraphQLISODateTime,
  InputType,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { TimeSpanInput } from '../../graphql/filters.input.ts';
import { ownerIds } from '../../graphql/owned-record.type.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { incidentLoader } from '../incidents/incident.loader.ts';
import { Incident, incidentOf } from '../incidents/incident.type.ts';
import { findCandidates, LEAST_GRADE } from './candidates.service.ts';
import { DECISION_TOOLS, type DecisionAsked, decideSameIncident } from './decide.service.ts';
import { METHOD } from './evidence-levels.ts';
import {
  candidateOf,
  decidedOf,
  type IncidentPair,
  linkOf,
  refusedOf,
  SameIncidentCandidate,
  SameIncidentCandidates,
  SameIncidentDecisionEnum,
  SameIncidentLink,
  SameIncidentOutcome,
  SameIncidentStateEnum,
} from './same-incident.type.ts';
import { listLinks } from './same-incident-link.view.ts';

@InputType({ description: 'Which pairs; every part given must hold of at least one of the two incidents.' })
export class SameIncidentFilter {
  @Field(() => Float, { defaultValue: LEAST_GRADE, description: '0.5 to 1.' })
  gradeAtLeast!: number;

  @Field(() => TimeSpanInput, { nullable: true })
  occurred?: TimeSpanInput;

  @Field(() => [String], { nullable: true })
  incidentIds?: string[];

  @Field(() => [String], { nullable: true, description: 'Slugs of owners.' })
  owners?: string[];
}

@InputType({ description: 'Which decisions; every part given must hold.' })
export class SameIncidentLinkFilter {
  @Field(() => [SameIncidentDecisionEnum], { nullable: true })
  states?: ('confirmed' | 'rejected')[];

  @Field(() => [String], { nullable: true, description: 'One of the two incidents is among these.' })
  incidentIds?: string[];

  @Field(() => [String], { nullable: true, description: 'Slugs of the organisations that decided.' })
  owners?: string[];

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

export const SameIncidentLinkConnection = connectionOf('SameIncidentLink', () => SameIncidentLink);

/** Each pair that is near enough is graded before the likeliest are shown. */
const COST: FieldCost = { records: () => 3_000 };

const EXPECTED = 'What your organisation had said of the pair when you looked: another state now is refused.';

const UNKNOWNS = [
  'm and u of the weights are set by hand: no decided pairs were there to learn them from',
  'incidents seen coarsely have no spot, day or identifier, so none of them is proposed',
  'identifiers are compared as they were written on the forms; persons are not matched',
];

@Resolver()
export class SameIncidentResolver {
  @Query(() => SameIncidentCandidates, {
    description:
      "Pairs of incidents that may be one event: one of the key's own organisation and another that it sees, of different reports, not decided yet. For analysts, investigators and data officers; empty for other roles.",
  })
  @Extensions({ cost: COST })
  async sameIncidentCandidates(
    @Ctx() context: RequestContext,
    @Arg('filter', () => SameIncidentFilter, { nullable: true }) filter: SameIncidentFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
  ): Promise<SameIncidentCandidates> {
    const { gradeAtLeast = LEAST_GRADE, owners, ...search } = filter ?? {};
    const owner = owners == null ? {} : { ownerIds: await ownerIds(context, owners) };
    const found = await findCandidates(
      context.reader,
      { ...search, ...owner },
      { gradeAtLeast, first: readPaging(first, null).first },
    );
    const candidates = found.candidates.map(candidateOf);
    return { ...found, candidates, method: METHOD, unknowns: UNKNOWNS };
  }

  @Query(() => SameIncidentLinkConnection, {
    description:
      'Decisions on pairs of incidents both of which the viewer sees, the latest first. For analysts, investigators and data officers; empty for other roles.',
  })
  async sameIncidentLinks(
    @Ctx() context: RequestContext,
    @Arg('filter', () => SameIncidentLinkFilter, { nullable: true }) filter: SameIncidentLinkFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { owners, states, incidentIds, asKnownAt } = filter ?? {};
    const owner = owners == null ? {} : { ownerIds: await ownerIds(context, owners) };
    const search = { states: states ?? undefined, incidentIds: incidentIds ?? undefined, ...owner };
    const answer = await listLinks(
      context.reader,
      search,
      { at: asKnownAt ?? null },
      readPaging(first, after),
    );
    return connection(SameIncidentLinkConnection, answer.page, linkOf, answer.count);
  }

  @Mutation(() => SameIncidentOutcome, {
    description:
      'Says for your organisation that two incidents are one event: they count once for whoever sees both and this decision. Asked again, or after a rejection, it stands anew.',
  })
  confirmSameIncident(
    @Ctx() context: RequestContext,
    @Arg('one', () => String) one: string,
    @Arg('other', () => String) other: string,
    @Arg('expected', () => SameIncidentStateEnum, { description: EXPECTED })
    expected: DecisionAsked['expected'],
  ): Promise<typeof SameIncidentOutcome> {
    return decide(context, { one, other, expected, state: 'confirmed' });
  }

  @Mutation(() => SameIncidentOutcome, {
    description:
      'Says for your organisation that two incidents are not one event: the pair is not proposed to it again, and no other decision joins them in its counts.',
  })
  rejectSameIncident(
    @Ctx() context: RequestContext,
    @Arg('one', () => String) one: string,
    @Arg('other', () => String) other: string,
    @Arg('expected', () => SameIncidentStateEnum, { description: EXPECTED })
    expected: DecisionAsked['expected'],
  ): Promise<typeof SameIncidentOutcome> {
    return decide(context, { one, other, expected, state: 'rejected' });
  }

  @Mutation(() => SameIncidentOutcome, {
    description: "Takes your organisation's decision on two incidents back: the pair may be proposed again.",
  })
  undoSameIncident(
    @Ctx() context: RequestContext,
    @Arg('one', () => String) one: string,
    @Arg('other', () => String) other: string,
    @Arg('expected', () => SameIncidentStateEnum, { description: EXPECTED })
    expected: DecisionAsked['expected'],
  ): Promise<typeof SameIncidentOutcome> {
    return decide(context, { one, other, expected, state: 'undecided' });
  }
}

async function decide(context: RequestContext, asked: DecisionAsked): Promise<typeof SameIncidentOutcome> {
  const outcome = await decideSameIncident(serviceOf(context, DECISION_TOOLS), context.reader, asked);
  return outcome.accepted ? decidedOf(outcome.value) : refusedOf(outcome.reasons);
}

@Resolver(() => SameIncidentCandidate)
export class CandidateIncidentsResolver {
  @FieldResolver(() => [Incident], { description: 'The two incidents.' })
  incidents(@Root() pair: SameIncidentCandidate, @Ctx() context: RequestContext) {
    return bothOf(pair, context);
  }
}

@Resolver(() => SameIncidentLink)
export class LinkedIncidentsResolver {
  @FieldResolver(() => [Incident], { description: 'The two incidents.' })
  incidents(@Root() pair: SameIncidentLink, @Ctx() context: RequestContext) {
    return bothOf(pair, context);
  }
}

async function bothOf({ incidentIds }: IncidentPair, { reader }: RequestContext): Promise<Incident[]> {
  const rows = await incidentLoader(reader).loadMany(incidentIds);
  return rows.flatMap((row) => (row === null || row instanceof Error ? [] : [incidentOf(row)]));
}
