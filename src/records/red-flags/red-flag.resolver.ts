/** `redFlagWeights`, an incident's totals by them, and recording, correcting and withdrawing one. */
import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { searchOwned } from '../../graphql/owned-record.type.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { indicatorsOfIncident } from '../incidents/incident.loader.ts';
import { Incident } from '../incidents/incident.type.ts';
import { HandWords } from '../own-records/hand-words.ts';
import { ActAsked, askedBy, ChangeAsked, changedBy, VersionRead } from '../own-records/own-act.input.ts';
import { correctOwn, recordOwn, withdrawOwn } from '../own-records/own-record.service.ts';
import { RecordOutcome, recordOutcome } from '../own-records/own-record.type.ts';
import { RedFlagWeightFilter, RedFlagWeightInput, saidOfWeight } from './red-flag.input.ts';
import { weightsOfOwner } from './red-flag.loader.ts';
import { RedFlagTotal, RedFlagWeight, redFlagWeightOf } from './red-flag.type.ts';
import { listRedFlagWeights } from './red-flag.view.ts';
import { weigh } from './weigh.ts';

export const RedFlagWeightConnection = connectionOf('RedFlagWeight', () => RedFlagWeight);

@Resolver(() => RedFlagWeight)
export class RedFlagWeightResolver {
  @Query(() => RedFlagWeightConnection, { description: 'Weights of red flags, the latest to begin first.' })
  async redFlagWeights(
    @Ctx() context: RequestContext,
    @Arg('filter', () => RedFlagWeightFilter, { nullable: true }) filter: RedFlagWeightFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { search, asKnown } = await searchOwned(context, filter);
    const paging = readPaging(first, after);
    const answer = await listRedFlagWeights(context.reader, search, asKnown, paging);
    return connection(RedFlagWeightConnection, answer.page, redFlagWeightOf, answer.count);
  }

  @Mutation(() => RecordOutcome, {
    description: 'Records how many points your organisation counts for a red flag; many at once: a file.',
  })
  async recordRedFlagWeight(
    @Ctx() context: RequestContext,
    @Arg('weight', () => RedFlagWeightInput) input: RedFlagWeightInput,
    @Args(() => ActAsked) asked: ActAsked,
  ): Promise<typeof RecordOutcome> {
    const [tools, request] = askedBy(context, asked);
    const said = saidOfWeight(input, tools);
    return recordOutcome(said.accepted ? await recordOwn(tools, request, said.value) : said);
  }

  @Mutation(() => RecordOutcome, {
    description: 'Says the points of a weight anew; what it said stays as its version before.',
  })
  async correctRedFlagWeight(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Arg('weight', () => RedFlagWeightInput) input: RedFlagWeightInput,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    const [tools, request, target] = changedBy(context, read, asked);
    const said = saidOfWeight(input, tools);
    return recordOutcome(said.accepted ? await correctOwn(tools, request, target, said.value) : said);
  }

  @Mutation(() => RecordOutcome, { description: 'Withdraws a weight: it weighs nothing any more.' })
  async withdrawRedFlagWeight(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    return recordOutcome(await withdrawOwn(...changedBy(context, read, asked), 'red_flag_weight'));
  }
}

@Resolver(() => Incident)
export class IncidentRedFlagsResolver {
  @FieldResolver(() => [RedFlagTotal], {
    description:
      "Its red flags by its owner's points, one total for each form; none where the owner has weighed nothing, and then the reported total is all there is.",
  })
  async redFlagTotals(
    @Root() incident: Incident,
    @Ctx() { reader }: RequestContext,
    @Arg('form', () => String, {
      nullable: true,
      description: 'Weigh as this version of the form does, like border-intercept/2; null: as its own.',
    })
    form: string | null | undefined,
    @Arg('asOf', () => String, {
      nullable: true,
      description: 'By the points of this day; null: of the day on which it happened.',
    })
    asOf: string | null | undefined,
  ): Promise<RedFlagTotal[]> {
    const day = asOf == null ? dayOf(incident) : checkedDay(asOf);
    const indicators = await indicatorsOfIncident(reader).load(incident.rowId);
    const flags = indicators.flatMap(({ scheme, code, value }) =>
      value === true ? [{ form: scheme, code }] : [],
    );
    if (incident.redacted) return [];
    const rows = await weightsOfOwner(reader, incident.asKnown).load(incident.ownerId);
    const weights = rows.map((row) => ({ ...row, validFrom: row.valid_from }));
    const reported = incident.redFlagTotal;
    return weigh(flags, weights, day, form ?? null).map((total) => {
      const difference = reported === null ? null : total.points - reported;
      const differs = difference !== null && difference !== 0;
      return { ...total, asOf: day, reported, difference, differs };
    });
  }
}

/** By the calendar of UTC. */
function dayOf({ occurred }: Incident): string | null {
  return occurred === null ? null : occurred.from.toISOString().slice(0, 10);
}

/** Throws BAD_INPUT. */
function checkedDay(written: string): string {
  const words = new HandWords(new Date(0));
  const day = words.anyDay('asOf', written);
  const [reason] = words.reasons;
  if (reason === undefined) return day;
  throw new HeadwaterError('BAD_INPUT', `${reason.where}: found ${reason.found}, wanted ${reason.wanted}`);
}
