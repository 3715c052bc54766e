/** Edges of legal cases, one statement a request each. */
import { perMoment, perReader } from '../../access/reader.ts';
import { manyLoader, oneLoader } from '../../graphql/batch.loader.ts';
import { casesByIds, casesNaming, eventsOfCases } from './legal-case.view.ts';

/** By the case's own row. */
export const eventsOfCase = perReader((reader) =>
  manyLoader(
    (rowIds) => eventsOfCases(reader, rowIds),
    (row) => row.case_id,
  ),
);

export const casesOfDefendant = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => casesNaming(reader, 'defendant_ids', ids, asKnown),
    (row) => row.of_id,
  ),
);

export const casesOfIncident = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => casesNaming(reader, 'incident_ids', ids, asKnown),
    (row) => row.of_id,
  ),
);

export const casesOfReport = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => casesNaming(reader, 'report_ids', ids, asKnown),
    (row) => row.of_id,
  ),
);

export const caseById = perMoment((reader, asKnown) =>
  oneLoader(
    (ids) => casesByIds(reader, ids, asKnown),
    (row) => row.id,
  ),
);
