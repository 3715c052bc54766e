/** Incidents by id and by report, and their indicators, one statement a request. */
import { perMoment, perReader } from '../../access/reader.ts';
import { manyLoader, oneLoader } from '../../graphql/batch.loader.ts';
import {
  incidentsByIds,
  incidentsByReports,
  incidentsByRows,
  indicatorsByIncidents,
} from './incident.view.ts';

export const incidentLoader = perMoment((reader, asKnown) =>
  oneLoader(
    (ids) => incidentsByIds(reader, ids, asKnown),
    (row) => row.id,
  ),
);

/** By the version's own row, which is what takes part in it hangs on. */
export const incidentByRow = perMoment((reader, asKnown) =>
  oneLoader(
    (ids) => incidentsByRows(reader, ids, asKnown),
    (row) => row.row_id,
  ),
);

export const incidentsOfReport = perMoment((reader, asKnown) =>
  manyLoader(
    (ids) => incidentsByReports(reader, ids, asKnown),
    (row) => row.report_id,
  ),
);

export const indicatorsOfIncident = perReader((reader) =>
  manyLoader(
    (ids) => indicatorsByIncidents(reader, ids),
    (row) => row.incident_id,
  ),
);
