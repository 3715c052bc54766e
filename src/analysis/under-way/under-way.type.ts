/** Analyses that somebody waits for, as GraphQL shows them. */
import {
  createUnionType,
  Field,
  Float,
  GraphQLISODateTime,
  ObjectType,
  registerEnumType,
} from 'type-graphql';
import { ActRefused } from '../../records/acts/act.type.ts';

const STATES = { WAITING: 'waiting', RUNNING: 'running' } as const;
registerEnumType(STATES, {
  name: 'AnalysisState',
  description: 'WAITING for one of the two threads that long work is done in, or RUNNING.',
});

@ObjectType({ description: 'An analysis that you asked for and that is not answered yet.' })
export class AnalysisUnderWay {
  @Field(() => String)
  id!: string;

  @Field(() => String, { description: 'The root field, like corridors.' })
  name!: string;

  @Field(() => GraphQLISODateTime, { description: 'When you asked.' })
  since!: Date;

  @Field(() => Float, { description: 'Since then.' })
  seconds!: number;

  @Field(() => STATES)
  state!: (typeof STATES)[keyof typeof STATES];

  @Field(() => Float, {
    nullable: true,
    description:
      'Share of its steps that are done, 0 to 1; null where it does not tell, as while it reads records.',
  })
  progress!: number | null;
}

@ObjectType({ description: 'It is cancelled: the request that asked for it is answered with CANCELLED.' })
export class AnalysisCancelled {
  @Field(() => String)
  id!: string;

  @Field(() => String, { description: 'The root field.' })
  name!: string;
}

export const CancelOutcome = createUnionType({
  name: 'CancelOutcome',
  description: 'Cancelled, or the reasons why not.',
  types: () => [AnalysisCancelled, ActRefused] as const,
});
