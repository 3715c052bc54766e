/** `sharedViews`, `sharedView`, `sharedViewProposals` and what officers decide about them. */
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ForPartners } from '../../graphql/for-partners.ts';
import {
  KEY_WORDS,
  RecordOutcome,
  recordOutcome,
  VERSION_WORDS,
} from '../../records/own-records/own-record.type.ts';
import type { SharedLayer } from './layers/layer-feature.ts';
import {
  readProposals,
  readSharedView,
  readTold,
  SHARED_VIEW_TOOLS,
  type ToldView,
} from './read-shared-view.service.ts';
import { SharedLayerEnum } from './shared-feature.type.ts';
import { approveSharedView, proposeView, revokeSharedViewApproval } from './shared-view.service.ts';
import { SharedView, SharedViewProposal, SharedViewSummary } from './shared-view.type.ts';
import { noticeOf, sharedCell, sharedEpoch, sharedFeature } from './tell-shared-view.ts';

@Resolver()
export class SharedViewResolver {
  @Query(() => [SharedViewSummary], {
    description: 'Views of counts that are told to everybody of the hub, by name.',
  })
  @ForPartners()
  async sharedViews(@Ctx() context: RequestContext): Promise<SharedViewSummary[]> {
    const told = await readTold(serviceOf(context, SHARED_VIEW_TOOLS), context.reader.viewer);
    return told.map((one) => Object.assign(new SharedViewSummary(), summaryOf(one)));
  }

  @Query(() => SharedView, {
    description: 'A view at its latest epoch. NOT_FOUND where it is not available, for whatever reason.',
  })
  @ForPartners()
  async sharedView(
    @Ctx() context: RequestContext,
    @Arg('name', () => String) name: string,
    @Arg('version', () => Int, { nullable: true, description: 'The latest that is told, without it.' })
    version: number | undefined,
    @Arg('changedSince', () => Int, { nullable: true, description: 'An epoch: only what is other since.' })
    changedSince: number | undefined,
  ): Promise<SharedView> {
    const found = await readSharedView(serviceOf(context, SHARED_VIEW_TOOLS), context.reader.viewer, {
      name,
      version: version ?? null,
      changedSince: changedSince ?? null,
    });
    return Object.assign(new SharedView(), {
      ...summaryOf(found),
      at: sharedEpoch(found.at),
      cells: found.cells.map(sharedCell),
      gone: found.gone.map(sharedCell),
      features: found.features.map(sharedFeature),
      goneFeatures: found.goneFeatures.map(sharedFeature),
      notice: noticeOf(found.view.layer),
    });
  }

  @Query(() => [SharedViewProposal], {
    description: 'Views that are proposed, with who approves them. For data officers.',
  })
  async sharedViewProposals(@Ctx() context: RequestContext): Promise<SharedViewProposal[]> {
    const slugs = await context.slugs();
    const rows = await readProposals(serviceOf(context, SHARED_VIEW_TOOLS), context.reader.viewer);
    return rows.map((row) =>
      Object.assign(new SharedViewProposal(), {
        ...row,
        proposedBy: slugs.get(row.proposed_by) ?? '',
        proposedAt: row.proposed_at,
        approvedBy: row.approvers.map((id) => slugs.get(id) ?? '').sort(),
      }),
    );
  }

  @Mutation(() => RecordOutcome, {
    description:
      'Proposes a view of counts for partner apps, or a layer that is drawn of them. `query` is one question of `flows` by ORIGIN_COUNTRY, DESTINATION_COUNTRY, CROSSING_CELL (cellResolution 4 or 2), QUARTER or YEAR, without a filter. Nobody is counted in it before their own officer approves. For data officers.',
  })
  async proposeSharedView(
    @Ctx() context: RequestContext,
    @Arg('name', () => String, {
      description: '3 to 40 of a–z, 0–9 and -. One that is taken gets a next version.',
    })
    name: string,
    @Arg('title', () => String) title: string,
    @Arg('query', () => String) query: string,
    @Arg('layer', () => SharedLayerEnum, {
      nullable: true,
      description: 'What is told instead of the counts; without it, the counts.',
    })
    layer: SharedLayer | undefined,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    const said = { name, title, query, layer: layer ?? null };
    return recordOutcome(await proposeView(...asked(context, idempotencyKey), said));
  }

  @Mutation(() => RecordOutcome, {
    description: 'From the next epoch on your organisation is counted in the view. For data officers.',
  })
  async approveSharedView(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('forEverybody', () => Boolean, {
      defaultValue: false,
      description:
        'Whether noisy counts of the view may be told to everybody too (`releasePublicCounts`), of single incidents as of many. What was told to everybody cannot be taken back.',
    })
    forEverybody: boolean,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(
      await approveSharedView(...asked(context, idempotencyKey), { id, version }, forEverybody),
    );
  }

  @Mutation(() => RecordOutcome, {
    description:
      'At once, what was told with your records is not available any more; the next epoch is told without them. For data officers.',
  })
  async revokeSharedViewApproval(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
    @Arg('version', () => Int, { description: VERSION_WORDS }) version: number,
    @Arg('idempotencyKey', () => String, { description: KEY_WORDS }) idempotencyKey: string,
  ) {
    return recordOutcome(await revokeSharedViewApproval(...asked(context, idempotencyKey), { id, version }));
  }
}

function asked(context: RequestContext, idempotencyKey: string) {
  return [serviceOf(context, SHARED_VIEW_TOOLS), { viewer: context.reader.viewer, idempotencyKey }] as const;
}

function summaryOf({ view, epochs }: ToldView): Omit<SharedViewSummary, never> {
  const { name, version, title, query, layer } = view;
  return { name, version, title, query, layer, epochs: epochs.map(sharedEpoch) };
}
