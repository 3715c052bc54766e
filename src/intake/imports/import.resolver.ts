/** `importFile` and `undoImport` for small files, and what became of an organisation's imports. */
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { outcomesOfImport } from './import.loader.ts';
import {
  acceptedOf,
  countsOfRows,
  DateOrderEnum,
  Import,
  ImportCounts,
  ImportOutcome,
  importOf,
  NotedRow,
  refusedOf,
} from './import.type.ts';
import { listImports, readToldRows } from './import.view.ts';
import { QuarantinedRow, quarantinedOf } from './quarantine.type.ts';
import { IMPORT_TOOLS, importSmallFile, planOwnUndo, undoOwnImport } from './small-file.service.ts';
import { ImportUndone, UndoOutcome, UndoPlanType, undoPlanOf } from './undo-plan.type.ts';

export const ImportConnection = connectionOf('Import', () => Import);

const AFTER_LINE = 'Only rows behind this line of the file: the last line of the page before.';

@Resolver(() => Import)
export class ImportResolver {
  @Query(() => ImportConnection, { description: "Imports of the key's own organisation, the latest first." })
  async imports(
    @Ctx() { reader }: RequestContext,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const answer = await listImports(reader, readPaging(first, after));
    return connection(ImportConnection, answer.page, importOf, answer.count);
  }

  @Query(() => UndoPlanType, {
    nullable: true,
    description:
      "What taking back an import of the key's own organisation would change, and what would have to go before it. Null when there is no such import that stands.",
  })
  async undoPlan(
    @Ctx() context: RequestContext,
    @Arg('batchId', () => String) batchId: string,
  ): Promise<UndoPlanType | null> {
    const plan = await planOwnUndo(serviceOf(context, IMPORT_TOOLS), context.reader.viewer, batchId);
    return plan && undoPlanOf(plan);
  }

  @Query(() => [QuarantinedRow], {
    description: 'Rows of one import that wait, in file order, with reasons and without values.',
  })
  async quarantine(
    @Ctx() { reader }: RequestContext,
    @Arg('batchId', () => String) batchId: string,
    @Arg('first', () => Int, { defaultValue: 200 }) first: number,
    @Arg('afterLine', () => Int, { defaultValue: 0, description: AFTER_LINE }) afterLine: number,
  ): Promise<QuarantinedRow[]> {
    const page = { first: readPaging(first, null).first, afterLine };
    return (await readToldRows(reader, batchId, 'quarantined', page)).map(quarantinedOf);
  }

  @Query(() => [NotedRow], {
    description:
      'Rows of one import that were taken with something left out, in file order, with what and why.',
  })
  async notes(
    @Ctx() { reader }: RequestContext,
    @Arg('batchId', () => String) batchId: string,
    @Arg('first', () => Int, { defaultValue: 200 }) first: number,
    @Arg('afterLine', () => Int, { defaultValue: 0, description: AFTER_LINE }) afterLine: number,
  ): Promise<NotedRow[]> {
    const page = { first: readPaging(first, null).first, afterLine };
    return (await readToldRows(reader, batchId, 'noted', page)).map(({ line, reasons }) =>
      Object.assign(new NotedRow(), { line, reasons: [...reasons] }),
    );
  }

  @Mutation(() => ImportOutcome, {
    description:
      "Imports one small file (10 MB a request unless the operator says otherwise) for the key's own organisation. Larger ones: `npx headwater import`. The same file twice changes nothing; read in another way (zone, date order, sheet, profile), what it says otherwise becomes versions. BUSY while another import of the organisation runs.",
  })
  async importFile(
    @Ctx() context: RequestContext,
    @Arg('fileName', () => String) fileName: string,
    @Arg('content', () => String, { nullable: true, description: 'The file as text.' }) content:
      | string
      | null,
    @Arg('contentBase64', () => String, {
      nullable: true,
      description: 'The file in base64: for workbooks (.xlsx), and for other encodings than UTF-8.',
    })
    contentBase64?: string,
    @Arg('profile', () => String, {
      nullable: true,
      description: 'A profile that comes with the hub, like border-intercept.',
    })
    profile?: string,
    @Arg('profileJson', () => String, {
      nullable: true,
      description: 'A mapping profile as JSON text; see docs/import-profiles.md.',
    })
    profileJson?: string,
    @Arg('zone', () => String, {
      nullable: true,
      description: 'IANA zone the dates are written in, like Asia/Kathmandu.',
    })
    zone?: string,
    @Arg('dateOrder', () => DateOrderEnum, { nullable: true }) dateOrder?: 'dmy' | 'mdy' | 'ymd',
    @Arg('sheet', () => String, {
      nullable: true,
      description: "Name of a workbook's sheet; without it the profile's, or the first that is not hidden.",
    })
    sheet?: string,
  ): Promise<typeof ImportOutcome> {
    const file = {
      fileName,
      text: content ?? null,
      base64: contentBase64 ?? null,
      profile: profile ?? null,
      profileJson: profileJson ?? null,
      zone: zone ?? null,
      dateOrder: dateOrder ?? null,
      sheet: sheet ?? null,
    };
    const outcome = await importSmallFile(serviceOf(context, IMPORT_TOOLS), context.reader.viewer, file);
    return outcome.accepted ? acceptedOf(outcome.value) : refusedOf(outcome.reasons);
  }

  @Mutation(() => UndoOutcome, {
    description:
      "Takes back everything an import of the key's own organisation wrote. Refused, with the reason, when something stands on it: undoPlan says what. BUSY while an import of the organisation runs.",
  })
  async undoImport(
    @Ctx() context: RequestContext,
    @Arg('batchId', () => String) batchId: string,
  ): Promise<typeof UndoOutcome> {
    const outcome = await undoOwnImport(serviceOf(context, IMPORT_TOOLS), context.reader.viewer, batchId);
    return outcome.accepted ? Object.assign(new ImportUndone(), { batchId }) : refusedOf(outcome.reasons);
  }

  @FieldResolver(() => ImportCounts)
  async counts(@Root() root: Import, @Ctx() { reader }: RequestContext): Promise<ImportCounts> {
    return countsOfRows(await outcomesOfImport(reader).load(root.id));
  }
}
