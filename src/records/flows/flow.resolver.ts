/** `flows`: movements grouped over a closed set of dimensions. */
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Extensions, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import type { FastRoot } from '../../graphql/fast-path/fast-path.ts';
import { LeftToExecution, selectsNamed } from '../../graphql/fast-path/selected.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import type { FieldCost } from '../../graphql/query-cost.ts';
import { selectedFields } from '../../graphql/selection.ts';
import { placeLoader } from '../../places/place.loader.ts';
import { Place, placeOf } from '../../places/place.type.ts';
import { MovementFilter } from '../movements/movement-filter.input.ts';
import { askedMovements } from '../movements/movement-search.service.ts';
import { FlowHaving, FlowOrder } from './flow.input.ts';
import { answerFlows } from './flow.service.ts';
import { type FlowDimension, FlowDimensionEnum, FlowGroup, type FlowMeasureAsked } from './flow.type.ts';
import { flowsText, writesAll } from './flow-text.ts';

const FIGURE_OF_FIELD: Readonly<Record<string, FlowMeasureAsked>> = {
  movements: 'movements',
  persons: 'persons',
  incidents: 'incidents',
  independentOrigins: 'independent_origins',
  detectionsPerStaffMonth: 'detections_per_staff_month',
};

/** All movements asked of are read, whatever few groups come of them. */
const COST: FieldCost = { records: () => 1_000 };

interface FlowArguments {
  readonly groupBy: FlowDimension[];
  readonly filter?: MovementFilter | null | undefined;
  readonly having: FlowHaving[];
  readonly orderBy: FlowOrder[];
  readonly cellResolution: number;
  readonly first: number;
}

async function groupsOf(
  context: RequestContext,
  info: Parameters<typeof selectedFields>[0],
  { groupBy, filter, having, orderBy, cellResolution, first }: FlowArguments,
): Promise<FlowGroup[]> {
  const selected = selectedFields(info);
  const named = [...selected].flatMap((field) => FIGURE_OF_FIELD[field] ?? []);
  const figures = new Set([
    ...named,
    ...having.map(({ figure }) => figure),
    ...orderBy.flatMap(({ figure }) => figure ?? []),
  ]);
  const question = { dimensions: groupBy, figures, having, orderBy, cellResolution, limit: first };
  const asked = await askedMovements(context, filter);
  const withHowKnown = selected.has('howKnown');
  return keptAnswer(context, 'flows', { asked, question, withHowKnown }, () =>
    answerFlows(context.reader, asked, question, withHowKnown),
  );
}

const FAST: FastRoot = async (context, field, fragments) => {
  if (!writesAll(field)) throw new LeftToExecution('flows');
  const info = { fieldNodes: field.nodes, fragments };
  const groups = await groupsOf(context, info, field.args as unknown as FlowArguments);
  const slugs = selectsNamed(field.below, 'owner') ? await context.slugs() : null;
  return { json: flowsText(groups, field, slugs) };
};

@Resolver(() => FlowGroup)
export class FlowResolver {
  @Query(() => [FlowGroup], {
    description:
      'Movements grouped by up to any of the dimensions, counted by the figures selected. A movement with two transit countries stands in both groups.',
  })
  @Extensions({ cost: COST, fastPath: FAST })
  async flows(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('groupBy', () => [FlowDimensionEnum]) groupBy: FlowDimension[],
    @Arg('filter', () => MovementFilter, { nullable: true }) filter: MovementFilter | null,
    @Arg('having', () => [FlowHaving], { defaultValue: [] }) having: FlowHaving[],
    @Arg('orderBy', () => [FlowOrder], { defaultValue: [] }) orderBy: FlowOrder[],
    @Arg('cellResolution', () => Int, { defaultValue: 4 }) cellResolution: number,
    @Arg('first', () => Int, { defaultValue: 500 }) first: number,
  ): Promise<FlowGroup[]> {
    return groupsOf(context, info, { groupBy, filter, having, orderBy, cellResolution, first });
  }

  @FieldResolver(() => Place, { nullable: true })
  async crossingPoint(@Root() group: FlowGroup, @Ctx() { reader }: RequestContext) {
    const row = group.crossingPointId === null ? null : await placeLoader(reader).load(group.crossingPointId);
    return row === null ? null : placeOf(row);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Slug of the organisation.' })
  async owner(@Root() group: FlowGroup, @Ctx() context: RequestContext) {
    return group.ownerId === null ? null : ((await context.slugs()).get(group.ownerId) ?? null);
  }
}
