/** `dataQuality`: how good, how late and how certain records are, grouped over a closed set of dimensions. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Extensions, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { ownerIds } from '../../graphql/owned-record.type.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { selectedFields } from '../../graphql/selection.ts';
import { QualityFilter, QualityHaving, QualityOrder } from './quality.input.ts';
import { answerQuality } from './quality.service.ts';
import {
  QUALITY_FIGURES,
  type QualityDimension,
  QualityDimensionEnum,
  QualityGroup,
} from './quality.type.ts';

/** All reports asked of are read, with their incidents and places, whatever few groups come of them. */
const COST: FieldCost = { records: () => 2_000 };

const fieldOf = (figure: string): string =>
  figure.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

@Resolver(() => QualityGroup)
export class QualityResolver {
  @Query(() => [QualityGroup], {
    description:
      'How good, how late and how certain reports are: counts with what they are out of, as the viewer sees them. For field staff, analysts, investigators and data officers; FORBIDDEN for other roles. docs/data-quality.md says what each figure does not know.',
  })
  @Extensions({ cost: COST })
  async dataQuality(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('groupBy', () => [QualityDimensionEnum]) groupBy: QualityDimension[],
    @Arg('filter', () => QualityFilter, { nullable: true }) filter: QualityFilter | null,
    @Arg('having', () => [QualityHaving], { defaultValue: [] }) having: QualityHaving[],
    @Arg('orderBy', () => [QualityOrder], { defaultValue: [] }) orderBy: QualityOrder[],
    @Arg('first', () => Int, { defaultValue: 500 }) limit: number,
  ): Promise<readonly QualityGroup[]> {
    const { owners, kinds, dated, asKnownAt } = filter ?? {};
    const selected = selectedFields(info);
    const figures = new Set([
      ...QUALITY_FIGURES.filter((figure) => selected.has(fieldOf(figure))),
      ...having.map(({ figure }) => figure),
      ...orderBy.flatMap(({ figure }) => figure ?? []),
    ]);
    const search = {
      ...(owners != null && { ownerIds: await ownerIds(context, owners) }),
      ...(kinds != null && { kinds }),
      ...(dated != null && { dated }),
    };
    const asKnown = { at: asKnownAt ?? null };
    return answerQuality(context.reader, {
      dimensions: groupBy,
      figures,
      search,
      asKnown,
      having,
      orderBy,
      limit,
    });
  }

  @FieldResolver(() => String, { nullable: true, description: 'Slug of the organisation.' })
  async owner(@Root() group: QualityGroup, @Ctx() context: RequestContext) {
    return group.ownerId === null ? null : ((await context.slugs()).get(group.ownerId) ?? null);
  }
}
