/** Comments on reports, incidents, entities, movements and legal cases. */
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../graphql/context.ts';
import { Report } from '../../intake/reports/report.type.ts';
import { Entity } from '../entities/entity.type.ts';
import { Incident } from '../incidents/incident.type.ts';
import { LegalCase } from '../legal-cases/legal-case.type.ts';
import { Movement } from '../movements/movement.type.ts';
import { commentsOn, commentsOnReport } from './comment.loader.ts';
import { Comment, commentOf } from './comment.type.ts';

const WORDS = { description: 'Comments of your own organisation on it.' };

@Resolver(() => Report)
class ReportCommentsResolver {
  @FieldResolver(() => [Comment], {
    description: 'Comments of your own organisation on it and on what it tells of, in any version.',
  })
  async comments(@Root() { id, asKnown }: Report, @Ctx() { reader }: RequestContext) {
    return (await commentsOnReport(reader, asKnown).load(id)).map(commentOf);
  }
}

@Resolver(() => Incident)
class IncidentCommentsResolver {
  @FieldResolver(() => [Comment], WORDS)
  async comments(@Root() { id, asKnown }: Incident, @Ctx() { reader }: RequestContext) {
    return (await commentsOn(reader, asKnown).load(id)).map(commentOf);
  }
}

@Resolver(() => Entity)
class EntityCommentsResolver {
  @FieldResolver(() => [Comment], WORDS)
  async comments(@Root() { id, asKnown }: Entity, @Ctx() { reader }: RequestContext) {
    return (await commentsOn(reader, asKnown).load(id)).map(commentOf);
  }
}

@Resolver(() => Movement)
class MovementCommentsResolver {
  @FieldResolver(() => [Comment], WORDS)
  async comments(@Root() { id, asKnown }: Movement, @Ctx() { reader }: RequestContext) {
    return (await commentsOn(reader, asKnown).load(id)).map(commentOf);
  }
}

@Resolver(() => LegalCase)
class CaseCommentsResolver {
  @FieldResolver(() => [Comment], WORDS)
  async comments(@Root() { id, asKnown }: LegalCase, @Ctx() { reader }: RequestContext) {
    return (await commentsOn(reader, asKnown).load(id)).map(commentOf);
  }
}

export const COMMENT_EDGES = [
  ReportCommentsResolver,
  IncidentCommentsResolver,
  EntityCommentsResolver,
  MovementCommentsResolver,
  CaseCommentsResolver,
] as const;
