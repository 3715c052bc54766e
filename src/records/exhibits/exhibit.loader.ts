/** Edges of exhibits, one statement a request each. */
import { perMoment, perReader } from '../../access/reader.ts';
import { manyLoader, oneLoader } from '../../graphql/batch.loader.ts';
import { exhibitsBy, headsOf, logsOf } from './exhibit.view.ts';

export const exhibitById = perMoment((reader, asKnown) =>
  oneLoader(
    (ids) => exhibitsBy(reader, 'id', ids, asKnown),
    (row) => row.id,
  ),
);

export const exhibitsOfCase = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => exhibitsBy(reader, 'legal_case_id', ids, asKnown),
    (row) => row.legal_case_id,
  ),
);

/** As it is now. */
export const headOfExhibit = perReader((reader) =>
  oneLoader(
    (ids) => headsOf(reader, ids),
    (row) => row.id,
  ),
);

/** Whole, as it is now. */
export const logOfExhibit = perReader((reader) =>
  manyLoader(
    (ids) => logsOf(reader, ids),
    (row) => row.exhibit_id,
  ),
);
