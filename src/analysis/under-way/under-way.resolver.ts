/** `myAnalyses` and `cancelAnalysis`: what one's own requests wait for. */
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { ANALYSES_UNDER_WAY } from '../../graphql/analyses-under-way.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ActRefused } from '../../records/acts/act.type.ts';
import { AnalysisCancelled, AnalysisUnderWay, CancelOutcome } from './under-way.type.ts';

/** The same of another's, of one that is answered, and of none: it names nothing that was asked. */
const NONE = [
  { where: 'id', found: 'no analysis of yours that is under way', wanted: 'an id of `myAnalyses`' },
];

@Resolver()
export class AnalysisUnderWayResolver {
  @Query(() => [AnalysisUnderWay], {
    description:
      'What requests of your key, or your account, wait for: analyses and flows, the oldest first. Nobody else sees them.',
  })
  myAnalyses(@Ctx() context: RequestContext): readonly AnalysisUnderWay[] {
    const { viewer } = context.reader;
    return serviceOf(context, ANALYSES_UNDER_WAY)
      .list(viewer.keyId)
      .map(({ id, name, since, waits, share }) => ({
        id,
        name,
        since,
        seconds: Math.max(0, (context.now.getTime() - since.getTime()) / 1000),
        state: waits ? 'waiting' : 'running',
        progress: share,
      }));
  }

  @Mutation(() => CancelOutcome, {
    description:
      'Ends an analysis that you asked for. Where somebody else asked the same and still waits, they get their answer.',
  })
  cancelAnalysis(
    @Ctx() context: RequestContext,
    @Arg('id', () => String) id: string,
  ): AnalysisCancelled | ActRefused {
    const name = serviceOf(context, ANALYSES_UNDER_WAY).cancel(context.reader.viewer.keyId, id);
    return name === null
      ? Object.assign(new ActRefused(), { reasons: NONE })
      : Object.assign(new AnalysisCancelled(), { id, name });
  }
}
