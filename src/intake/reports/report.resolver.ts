/** `reports` and `report`. */
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  GraphQLISODateTime,
  InputType,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { connection, connectionOf, readPaging } from '../../graphql/connection.type.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { ReportKindEnum } from '../../graphql/enums.ts';
import { GradeInput, TimeSpanInput } from '../../graphql/filters.input.ts';
import { ownerIds } from '../../graphql/owned-record.type.ts';
import { reportLoader, sourceWithdrawnLoader } from './report.loader.ts';
import { Report, reportOf } from './report.type.ts';
import { listReports } from './report.view.ts';

@InputType({ description: 'Which reports; every part given must hold.' })
export class ReportFilter {
  @Field(() => [String], { nullable: true })
  ids?: string[];

  @Field(() => [ReportKindEnum], { nullable: true })
  kinds?: string[];

  @Field(() => TimeSpanInput, { nullable: true })
  observed?: TimeSpanInput;

  @Field(() => TimeSpanInput, { nullable: true })
  recorded?: TimeSpanInput;

  @Field(() => GradeInput, { nullable: true })
  gradeAtLeast?: GradeInput;

  @Field(() => [String], { nullable: true, description: 'Slugs of owners.' })
  owners?: string[];

  @Field(() => String, { nullable: true, description: "Exactly the owner's own id." })
  externalReference?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Unless given: reports that stand. True: those that were withdrawn.',
  })
  withdrawn?: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: those made from a report that was withdrawn, which are to be looked at again.',
  })
  sourceWithdrawn?: boolean;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Answer as the hub knew it at this moment.',
  })
  asKnownAt?: Date;
}

export const ReportConnection = connectionOf('Report', () => Report);

@Resolver(() => Report)
export class ReportResolver {
  @Query(() => ReportConnection, { description: 'Reports, the latest recorded first.' })
  async reports(
    @Ctx() context: RequestContext,
    @Arg('filter', () => ReportFilter, { nullable: true }) filter: ReportFilter | null,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ) {
    const { owners, asKnownAt, ...search } = filter ?? {};
    const owner = owners == null ? {} : { ownerIds: await ownerIds(context, owners) };
    const answer = await listReports(
      context.reader,
      { ...search, ...owner },
      { at: asKnownAt ?? null },
      readPaging(first, after),
    );
    return connection(ReportConnection, answer.page, reportOf, answer.count);
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether a report it was made from, at first or at second hand, was withdrawn, as far as you can see those.',
  })
  async sourceWithdrawn(@Root() report: Report, @Ctx() { reader }: RequestContext): Promise<boolean> {
    return (await sourceWithdrawnLoader(reader, report.asKnown).load(report.id)) !== null;
  }

  @Query(() => Report, { nullable: true, description: 'One report by id.' })
  async report(
    @Ctx() { reader }: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('asKnownAt', () => GraphQLISODateTime, {
      nullable: true,
      description: 'Answer as the hub knew it at this moment.',
    })
    asKnownAt: Date | null | undefined,
  ) {
    const row = await reportLoader(reader, { at: asKnownAt ?? null }).load(id);
    return row === null ? null : reportOf(row);
  }
}
