/** What records are marked as and whose they are, by the classes that a viewer sees. */
import { seenClasses } from '../../access/viewer.ts';
import { readHandlings } from '../../access/visibility.store.ts';
import type { RequestContext } from '../../graphql/context.ts';
import type { Database } from '../../platform/database.ts';
import type { Marks } from './collection.ts';

export async function marksFor(database: Database, context: RequestContext): Promise<Marks> {
  const classes = seenClasses(context.reader.viewer);
  const handlings = await database.unrestricted('read the markings of classes that are seen', (connection) =>
    readHandlings(connection, classes),
  );
  const slugs = await context.slugs();
  return {
    // A class that is not known is as strict as there is.
    handlingOf: (classId) => handlings.get(classId) ?? 'red',
    slugOf: (ownerId) => slugs.get(ownerId) ?? '',
  };
}
