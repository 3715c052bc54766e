/** Working off the quarantine: a row that waits cell by cell, mending it, leaving it out, and the profiles there are. */
import { Arg, Ctx, Field, InputType, Int, Mutation, Query, Resolver } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { NAMED_PROFILES } from '../formats/profiles/named.ts';
import { acceptedOf, ImportOutcome, refusedOf } from './import.type.ts';
import { NamedProfile, namedProfileOf } from './import-profile.type.ts';
import { mendRow } from './mend-row.service.ts';
import {
  LeftOutReasonEnum,
  RowOutcome,
  rowOutcome,
  WaitingRowShown,
  waitingRowOf,
} from './quarantine.type.ts';
import type { LeftOutReason } from './settled-row.store.ts';
import { IMPORT_TOOLS } from './small-file.service.ts';
import { leaveOut, letWait, readWaitingRow } from './waiting-row.service.ts';

const LINE = 'Line of the file on which the row begins, as `quarantine` gives it.';

@InputType({ description: 'What a cell is to say.' })
export class MendedCellInput {
  @Field(() => String)
  column!: string;

  @Field(() => String)
  value!: string;
}

@Resolver()
export class QuarantineResolver {
  @Query(() => [NamedProfile], { description: 'The import profiles that come with the hub.' })
  importProfiles(): NamedProfile[] {
    return NAMED_PROFILES.map(namedProfileOf);
  }

  @Query(() => WaitingRowShown, {
    nullable: true,
    description:
      "A row of an import of the key's own organisation that waits, cell by cell, without what could name anybody. Null where none waits there. For roles that import.",
  })
  async waitingRow(
    @Ctx() context: RequestContext,
    @Arg('batchId', () => String) batchId: string,
    @Arg('line', () => Int, { description: LINE }) line: number,
  ): Promise<WaitingRowShown | null> {
    const row = await readWaitingRow(serviceOf(context, IMPORT_TOOLS), context.reader.viewer, batchId, line);
    return row && waitingRowOf(row);
  }

  @Mutation(() => ImportOutcome, {
    description:
      'Imports a row that waits with other words in some of its cells, as a file of its own, by the profile and the dates that read the file. Refused, and nothing written, while a cell is wrong. Taking that import back lets the row wait again. BUSY while another import of the organisation runs.',
  })
  async mendRow(
    @Ctx() context: RequestContext,
    @Arg('batchId', () => String) batchId: string,
    @Arg('line', () => Int, { description: LINE }) line: number,
    @Arg('cells', () => [MendedCellInput], { description: 'Those that change; the others stay.' })
    cells: MendedCellInput[],
    @Arg('profileJson', () => String, {
      nullable: true,
      description: 'For a file that a profile of your own read: that profile.',
    })
    profileJson: string | null,
  ): Promise<typeof ImportOutcome> {
    const { viewer } = context.reader;
    const target = { batchId, line, profileJson: profileJson ?? null };
    const outcome = await mendRow(serviceOf(context, IMPORT_TOOLS), viewer, target, cells);
    return outcome.accepted ? acceptedOf(outcome.value) : refusedOf(outcome.reasons);
  }

  @Mutation(() => RowOutcome, {
    description: 'Leaves a row that waits out for a reason: it is kept as it is, and waits no longer.',
  })
  async leaveRowOut(
    @Ctx() context: RequestContext,
    @Arg('batchId', () => String) batchId: string,
    @Arg('line', () => Int, { description: LINE }) line: number,
    @Arg('reason', () => LeftOutReasonEnum) reason: LeftOutReason,
  ): Promise<typeof RowOutcome> {
    const { viewer } = context.reader;
    return rowOutcome(await leaveOut(serviceOf(context, IMPORT_TOOLS), viewer, { batchId, line }, reason));
  }

  @Mutation(() => RowOutcome, { description: 'Lets a row that was left out wait again.' })
  async letRowWait(
    @Ctx() context: RequestContext,
    @Arg('batchId', () => String) batchId: string,
    @Arg('line', () => Int, { description: LINE }) line: number,
  ): Promise<typeof RowOutcome> {
    const { viewer } = context.reader;
    return rowOutcome(await letWait(serviceOf(context, IMPORT_TOOLS), viewer, { batchId, line }));
  }
}
