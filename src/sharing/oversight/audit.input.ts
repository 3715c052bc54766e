/** Which events of the audit log a data officer asks for. */
import { Field, InputType } from 'type-graphql';
import { TimeSpanInput } from '../../graphql/filters.input.ts';

@InputType({ description: 'Which events; every part given must hold.' })
export class AuditFilter {
  @Field(() => String, { nullable: true, description: 'Id of a record: who saw it, shared it, changed it.' })
  objectId?: string;

  @Field(() => [String], { nullable: true })
  actions?: string[];

  @Field(() => String, { nullable: true })
  keyId?: string;

  @Field(() => [String], { nullable: true, description: 'As they are written in `purpose`.' })
  purposes?: string[];

  @Field(() => TimeSpanInput, { nullable: true })
  at?: TimeSpanInput;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: what other organisations did about your records.',
  })
  byOthers?: boolean;
}
