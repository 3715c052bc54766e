/** Who was shown reports, in one statement a request. */
import type DataLoader from 'dataloader';
import { manyLoader } from '../../graphql/batch.loader.ts';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { ACT_TOOLS } from '../acts/act.service.ts';
import { recipientsOfOwn } from './notice.service.ts';
import type { ShownTo } from './recipient.store.ts';

const made = new WeakMap<RequestContext, DataLoader<string, readonly ShownTo[]>>();

export function recipientsOfReport(context: RequestContext): DataLoader<string, readonly ShownTo[]> {
  const loader =
    made.get(context) ??
    manyLoader(
      (ids) => recipientsOfOwn(serviceOf(context, ACT_TOOLS), context.reader.viewer, ids),
      (row) => row.object_id,
    );
  made.set(context, loader);
  return loader;
}
