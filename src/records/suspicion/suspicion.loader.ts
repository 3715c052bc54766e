/** Suspicions and reviews of entities, one statement a request each. */
import { perMoment } from '../../access/reader.ts';
import { manyLoader, oneLoader } from '../../graphql/batch.loader.ts';
import { reviewsOf, suspicionsOf } from './suspicion.view.ts';

export const suspicionOfEntity = perMoment((reader, asKnown) =>
  oneLoader(
    (rowIds) => suspicionsOf(reader, rowIds, asKnown),
    (row) => row.entity_id,
  ),
);

export const reviewsOfEntity = perMoment((reader, asKnown) =>
  manyLoader(
    (rowIds) => reviewsOf(reader, rowIds, asKnown),
    (row) => row.entity_id,
  ),
);
