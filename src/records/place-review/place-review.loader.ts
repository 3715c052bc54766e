/** What a place reference may mean and where it is used, one statement a request. */
import { perReader } from '../../access/reader.ts';
import { manyLoader } from '../../graphql/batch.loader.ts';
import { candidatesByReferences, reportsByReferences } from './place-review.view.ts';

export const candidatesOfReference = perReader((reader) =>
  manyLoader(
    (ids) => candidatesByReferences(reader, ids),
    (row) => row.place_reference_id,
  ),
);

export const reportsOfReference = perReader((reader) =>
  manyLoader(
    (ids) => reportsByReferences(reader, ids),
    (row) => row.place_reference_id,
  ),
);
