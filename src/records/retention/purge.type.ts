/** What a purge took, or would take, as GraphQL shows it. */
import { Field, Int, ObjectType } from 'type-graphql';
import type { PurgeResult } from './purge.service.ts';
import { RetentionClassEnum } from './retention.type.ts';
import { RETENTION_CLASSES, type RetentionClass } from './retention-words.ts';

@ObjectType({ description: 'How many of one class.' })
export class PurgedClass {
  @Field(() => RetentionClassEnum)
  recordClass!: RetentionClass;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: 'How many rows of one table.' })
export class PurgedTable {
  @Field(() => String)
  table!: string;

  @Field(() => Int)
  rows!: number;
}

@ObjectType({ description: 'What a purge took, or would take.' })
export class PurgeCounts {
  @Field(() => Boolean, { description: 'False: it was weighed, and nothing was changed.' })
  done!: boolean;

  @Field(() => [PurgedClass], { description: 'Reports, and imports whose waiting rows go.' })
  classes!: PurgedClass[];

  @Field(() => [PurgedTable], {
    description: 'Every version counts; rows of `import_row` are emptied, and stay as a count.',
  })
  tables!: PurgedTable[];

  @Field(() => Int, { description: 'Due to be purged and still there: ask again.' })
  remaining!: number;

  @Field(() => Int, { description: 'It would be purged but for a legal hold.' })
  held!: number;

  @Field(() => Int, { description: 'Due, and waiting for a person: `retentionReview`.' })
  toReview!: number;
}

export function purgeCountsOf(done: boolean, result: PurgeResult): PurgeCounts {
  return Object.assign(new PurgeCounts(), {
    done,
    classes: RETENTION_CLASSES.flatMap((recordClass) => {
      const count = result.items[recordClass];
      return count === undefined ? [] : [{ recordClass, count }];
    }),
    tables: Object.entries(result.rows)
      .map(([table, rows]) => ({ table, rows }))
      .sort((a, b) => (a.table < b.table ? -1 : 1)),
    remaining: result.remaining,
    held: result.held,
    toReview: result.toReview,
  });
}
