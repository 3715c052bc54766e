/** Edges of targets, one statement a request each. */
import { perReader } from '../../access/reader.ts';
import { manyLoader, oneLoader } from '../../graphql/batch.loader.ts';
import { readStandings, stepsOfTargets } from './target.view.ts';

export const standingOfTarget = perReader((reader) =>
  oneLoader(
    (ids) => readStandings(reader, ids),
    (row) => row.target_id,
  ),
);

export const stepsOfTarget = perReader((reader) =>
  manyLoader(
    (ids) => stepsOfTargets(reader, ids),
    (row) => row.target_id,
  ),
);
