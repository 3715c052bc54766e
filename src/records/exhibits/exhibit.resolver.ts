/** `exhibits`, their edges and logs, and recording, correcting, withdrawing them and adding to a log. */
import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ViewerReader } from '../../access/reader.ts';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { searchOwned } from '../../graphql/owned-record.type.ts';
import { caseById } from '../legal-cases/legal-case.loader.ts';
import { LegalCase, legalCaseOf } from '../legal-cases/legal-case.type.ts';
import { ActAsked, askedBy, ChangeAsked, changedBy, VersionRead } from '../own-records/own-act.input.ts';
import { RecordOutcome, recordOutcome } from '../own-records/own-record.type.ts';
import { VAULT_TOOLS } from '../personal/personal.service.ts';
import { addCustodyEntry, keeperOf } from './custody.service.ts';
import { isIntact, type KeptEntry } from './custody-chain.ts';
import { CustodyEntryInput, ExhibitFilter, ExhibitInput } from './exhibit.input.ts';
import { exhibitsOfCase, headOfExhibit, logOfExhibit } from './exhibit.loader.ts';
import { correctExhibit, recordExhibit, withdrawExhibit } from './exhibit.service.ts';
import {
  Custodian,
  type CustodyColumns,
  CustodyEntry,
  CustodyOutcome,
  custodianOf,
  custodyOf,
  custodyOutcome,
  Exhibit,
  exhibitOf,
} from './exhibit.type.ts';
import { listExhibits } from './exhibit.view.ts';
import { saidOfCustody, saidOfExhibit } from './said-exhibit.ts';

export const ExhibitConnection = connectionOf('Exhibit', () => Exhibit);

@Resolver(() => Exhibit)
export class ExhibitResolver {
  @Query(() => ExhibitConnection, { description: 'Exhibits of legal cases, the latest recorded first.' })
  async exhibits(
    @Ctx() context: RequestContext,
    @Arg('filter', () => ExhibitFilter, { nullable: true }) filter: ExhibitFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { search, asKnown } = await searchOwned(context, filter);
    const answer = await listExhibits(context.reader, search, asKnown, readPaging(first, after));
    return connection(ExhibitConnection, answer.page, exhibitOf, answer.count);
  }

  @FieldResolver(() => LegalCase, { nullable: true, description: 'The case it is of.' })
  async legalCase(@Root() { legalCaseId, asKnown }: Exhibit, @Ctx() { reader }: RequestContext) {
    const row = await caseById(reader, asKnown).load(legalCaseId);
    return row === null ? null : legalCaseOf(row);
  }

  @FieldResolver(() => [CustodyEntry], { description: 'Its custody log, the first entry first.' })
  async custody(@Root() root: Exhibit, @Ctx() { reader }: RequestContext): Promise<CustodyEntry[]> {
    return (await logKnown(reader, root)).map((row) => custodyOf(row, root.sha256));
  }

  @FieldResolver(() => Custodian, {
    nullable: true,
    description: 'Who keeps it by the log; null when it was destroyed.',
  })
  async custodian(@Root() root: Exhibit, @Ctx() { reader }: RequestContext): Promise<Custodian | null> {
    const keeper = keeperOf((await logKnown(reader, root)) as readonly KeptEntry[]);
    return keeper === null ? null : custodianOf(keeper.role, keeper.reference);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Whether no entry of its log, as it is now, was changed, taken out, put in or moved since it was added. Null for everybody but the owner, who answers for it.',
  })
  async custodyIntact(
    @Root() { id, ownerId }: Exhibit,
    @Ctx() context: RequestContext,
  ): Promise<boolean | null> {
    const { reader } = context;
    if (reader.viewer.organisationId !== ownerId) return null;
    const head = (await headOfExhibit(reader).load(id))?.custody_head ?? null;
    const log = (await logOfExhibit(reader).load(id)) as readonly KeptEntry[];
    return head !== null && isIntact(serviceOf(context, VAULT_TOOLS).keys, ownerId, id, log, head);
  }

  @Mutation(() => RecordOutcome, {
    description:
      "Records an exhibit of a legal case of the key's own organisation, with the entry by which it came in.",
  })
  async recordExhibit(
    @Ctx() context: RequestContext,
    @Arg('legalCaseId', () => String) legalCaseId: string,
    @Arg('exhibit', () => ExhibitInput) exhibit: ExhibitInput,
    @Arg('received', () => CustodyEntryInput, { description: 'Of the kind RECEIVED.' })
    received: CustodyEntryInput,
    @Args(() => ActAsked) asked: ActAsked,
  ): Promise<typeof RecordOutcome> {
    const [tools, request] = askedBy(context, asked);
    const said = saidOfExhibit(exhibit);
    const entry = saidOfCustody(received, tools.now(), 'received.');
    if (!said.accepted || !entry.accepted) {
      const reasons = [said, entry].flatMap((part) => (part.accepted ? [] : part.reasons));
      return recordOutcome({ accepted: false, reasons });
    }
    return recordOutcome(await recordExhibit(tools, request, legalCaseId, said.value, entry.value));
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Says an exhibit of your own anew; what it said stays as its version before, and its log as it is.',
  })
  async correctExhibit(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Arg('exhibit', () => ExhibitInput) exhibit: ExhibitInput,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    const said = saidOfExhibit(exhibit);
    return recordOutcome(
      said.accepted ? await correctExhibit(...changedBy(context, read, asked), said.value) : said,
    );
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Withdraws an exhibit of your own: no list has it any more, and files attached to it and names in its log go for good. Refused under a legal hold.',
  })
  async withdrawExhibit(
    @Ctx() context: RequestContext,
    @Args(() => VersionRead) read: VersionRead,
    @Args(() => ChangeAsked) asked: ChangeAsked,
  ): Promise<typeof RecordOutcome> {
    return recordOutcome(await withdrawExhibit(...changedBy(context, read, asked)));
  }

  @Mutation(() => CustodyOutcome, {
    description: 'Adds to the custody log of an exhibit of your own. What was added is never changed.',
  })
  async addCustodyEntry(
    @Ctx() context: RequestContext,
    @Arg('exhibitId', () => String) exhibitId: string,
    @Arg('after', () => Int, {
      description: 'Number of the last entry you read. When it is not the last any more, nothing is added.',
    })
    after: number,
    @Arg('entry', () => CustodyEntryInput) entry: CustodyEntryInput,
    @Args(() => ActAsked) asked: ActAsked,
  ): Promise<typeof CustodyOutcome> {
    const [tools, request] = askedBy(context, asked);
    const said = saidOfCustody(entry, tools.now());
    if (!said.accepted) return custodyOutcome(said);
    return custodyOutcome(await addCustodyEntry(tools, request, { exhibitId, after }, said.value));
  }
}

/** The log as it was at the moment asked about. */
async function logKnown(reader: ViewerReader, { id, asKnown }: Exhibit): Promise<readonly CustodyColumns[]> {
  const log = await logOfExhibit(reader).load(id);
  const { at } = asKnown;
  return at === null ? log : log.filter(({ recorded_at }) => recorded_at <= at);
}

@Resolver(() => LegalCase)
export class CaseExhibitsResolver {
  @FieldResolver(() => [Exhibit], { description: 'Things in evidence of it.' })
  async exhibits(@Root() { id, asKnown }: LegalCase, @Ctx() { reader }: RequestContext): Promise<Exhibit[]> {
    return (await exhibitsOfCase(reader, asKnown).load(id)).map(exhibitOf);
  }
}
