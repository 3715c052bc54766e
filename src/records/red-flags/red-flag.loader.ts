/** Weights by their owner, one statement a request. */
import { perMoment } from '../../access/reader.ts';
import { manyLoader } from '../../graphql/batch.loader.ts';
import { weightsOfOwners } from './red-flag.view.ts';

export const weightsOfOwner = perMoment((reader, asKnown) =>
  manyLoader(
    (ownerIds) => weightsOfOwners(reader, ownerIds, asKnown),
    (row) => row.owner_id,
  ),
);
