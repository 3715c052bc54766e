/** Comments on records, one statement a request. */
import { perMoment } from '../../access/reader.ts';
import { manyLoader } from '../../graphql/batch.loader.ts';
import { commentsOf } from './comment.view.ts';

export const commentsOn = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => commentsOf(reader, 'about_id', ids, asKnown),
    (row) => row.about_id,
  ),
);

/** And on what it tells of. */
export const commentsOnReport = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => commentsOf(reader, 'report_id', ids, asKnown),
    (row) => row.report_id,
  ),
);
