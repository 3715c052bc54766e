/** `legalCases`, `caseFunnel`, their edges, and recording, correcting and withdrawing a case. */
import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { CaseEventKindEnum } from '../../graphql/enums.ts';
import { searchOwned } from '../../graphql/owned-record.type.ts';
import { reportLoader } from '../../intake/reports/report.loader.ts';
import { Report, reportOf } from '../../intake/reports/report.type.ts';
import type { CaseEventKind } from '../../kernel/case-words.ts';
import { Entity, entityOf } from '../entities/entity.type.ts';
import { incidentLoader } from '../incidents/incident.loader.ts';
import { Incident, incidentOf } from '../incidents/incident.type.ts';
import { entityById } from '../interdictions/interdiction.loader.ts';
import { ActAsked, askedBy, ChangeAsked, changedBy, VersionRead } from '../own-records/own-act.input.ts';
import { RecordOutcome, recordOutcome } from '../own-records/own-record.type.ts';
import { funnelOf } from './funnel.ts';
import { LegalCaseFilter, LegalCaseInput } from './legal-case.input.ts';
import { casesOfDefendant, casesOfIncident, casesOfReport, eventsOfCase } from './legal-case.loader.ts';
import { correctCase, recordCase, withdrawCase } from './legal-case.service.ts';
import { CaseEvent, CaseFunnel, caseEventOf, LegalCase, legalCaseOf } from './legal-case.type.ts';
import { listCases, readStageDays } from './legal-case.view.ts';
import { saidOfCase } from './said-case.ts';

export const LegalCaseConnection = connectionOf('LegalCase', () => LegalCase);

@Resolver(() => LegalCase)
class LegalCaseResolver {
  @Query(() => LegalCaseConnection, { description: 'Legal cases, the latest opened first.' })
  async legalCases(
    @Ctx() context: RequestContext,
    @Arg('filter', () => LegalCaseFilter, { nullable: true }) filter: LegalCaseFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { search, asKnown } = await searchOwned(context, filter);
    const answer = await listCases(context.reader, search, asKnown, readPaging(first, after));
    return connection(LegalCaseConnection, answer.page, legalCaseOf, answer.count);
  }

  @Query(() => [CaseFunnel], {
    description: 'By country: how many cases came from incident to conviction, and in how many days.',
  })
  async caseFunnel(
    @Ctx() context: RequestContext,
    @Arg('filter', () => LegalCaseFilter, { nullable: true }) filter: LegalCaseFilter | null,
  ): Promise<CaseFunnel[]> {
    const { search, asKnown } = await searchOwned(context, filter);
    const rows = await readStageDays(context.reader, search, asKnown);
    return [...new Set(rows.map(({ country }) => country))].map((country) => {
      const cases = rows.filter((row) => row.country === country);
      return Object.assign(new CaseFunnel(), { country, cases: cases.length, steps: [...funnelOf(cases)] });
    });
  }

  @FieldResolver(() => [CaseEvent], { description: 'What happened in it, the earliest first.' })
  async events(
    @Root() { rowId, asKnown }: LegalCase,
    @Ctx() { reader }: RequestContext,
    @Arg('kinds', () => [CaseEventKindEnum], { nullable: true }) kinds: CaseEventKind[] | null,
  ): Promise<CaseEvent[]> {
    const rows = await eventsOfCase(reader).load(rowId);
    return rows
      .filter(({ kind }) => kinds === null || kinds === undefined || kinds.includes(kind))
      .map((row) => caseEventOf(row, asKnown));
  }

  @FieldResolver(() => [Entity], { description: 'Against whom, where the viewer sees them.' })
  async defendants(@Root() { defendantIds, asKnown }: LegalCase, @Ctx() { reader }: RequestContext) {
    return seen(await entityById(reader, asKnown).loadMany(defendantIds)).map((row) => entityOf(reader, row));
  }

  @FieldResolver(() => [Incident], { description: 'What it is about, where the viewer sees them.' })
  async incidents(@Root() { incidentIds, asKnown }: LegalCase, @Ctx() { reader }: RequestContext) {
    return seen(await incidentLoader(reader, asKnown).loadMany(incidentIds)).map(incidentOf);
  }

  @FieldResolver(() => [Report], { description: 'What it rests on, where the viewer sees them.' })
  async reports(@Root() { reportIds, asKnown }: LegalCase, @Ctx() { reader }: RequestContext) {
    return seen(await reportLoader(reader, asKnown).loadMany(reportIds)).map(reportOf);
  }

  @Mutation(() => RecordOutcome, { description: "Records a legal case, for the key's own organisation." })
  async recordLegalCase(
    @Ctx() context: RequestContext,
    @Arg('legalCase', () => LegalCaseInput) input: LegalCaseInput,
    @Args(() => ActAsked) asked: ActAsked,
  ): Promise<typeof RecordOutcome> {
    const [tools, request] = askedBy(context, asked);
    const said = saidOfCase(input, tools.now());
    return recordOutcome(said.accepted ? await recordCase(tools, request, said.value) : said);
  }

  @Mutation(() => RecordOutcome, {
    description: 'Says a legal case of your own anew, all of it; what it said stays as its version before.',
  })
  async correctLegalCase(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Arg('legalCase', () => LegalCaseInput) input: LegalCaseInput,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    const [tools, request, target] = changedBy(context, read, asked);
    const said = saidOfCase(input, tools.now());
    return recordOutcome(said.accepted ? await correctCase(tools, request, target, said.value) : said);
  }

  @Mutation(() => RecordOutcome, {
    description: 'Withdraws a legal case of your own: no list has it any more.',
  })
  async withdrawLegalCase(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    return recordOutcome(await withdrawCase(...changedBy(context, read, asked)));
  }
}

function seen<Row>(rows: readonly (Row | null | Error)[]): readonly Row[] {
  return rows.flatMap((row) => (row === null || row instanceof Error ? [] : [row]));
}

@Resolver(() => CaseEvent)
class CaseEventResolver {
  @FieldResolver(() => Entity, { nullable: true, description: 'Where the viewer sees it.' })
  async defendant(@Root() { defendantId, asKnown }: CaseEvent, @Ctx() { reader }: RequestContext) {
    const row = defendantId === null ? null : await entityById(reader, asKnown).load(defendantId);
    return row === null ? null : entityOf(reader, row);
  }
}

@Resolver(() => Incident)
class IncidentCasesResolver {
  @FieldResolver(() => [LegalCase], { description: 'What came of it before the courts.' })
  async legalCases(@Root() { id, asKnown }: Incident, @Ctx() { reader }: RequestContext) {
    return (await casesOfIncident(reader, asKnown).load(id)).map(legalCaseOf);
  }
}

@Resolver(() => Entity)
class EntityCasesResolver {
  @FieldResolver(() => [LegalCase], { description: 'Cases against it.' })
  async legalCases(@Root() { id, asKnown }: Entity, @Ctx() { reader }: RequestContext) {
    return (await casesOfDefendant(reader, asKnown).load(id)).map(legalCaseOf);
  }
}

@Resolver(() => Report)
class ReportCasesResolver {
  @FieldResolver(() => [LegalCase], { description: 'Cases that rest on it.' })
  async legalCases(@Root() { id, asKnown }: Report, @Ctx() { reader }: RequestContext) {
    return (await casesOfReport(reader, asKnown).load(id)).map(legalCaseOf);
  }
}

/** Cases, their events, and the edges to them. */
export const CASE_RESOLVERS = [
  LegalCaseResolver,
  CaseEventResolver,
  IncidentCasesResolver,
  EntityCasesResolver,
  ReportCasesResolver,
] as const;
