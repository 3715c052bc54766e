/** Incidents by id and by report, and their indicators, one statement a request. */
import { perReader } from '../../access/reader.ts';
import { manyLoader, oneLoader } from '../../graphql/batch.loader.ts';
import { incidentsByIds, incidentsByReports, indicatorsByIncidents } from './incident.view.ts';

export const incidentLoader = perReader((reader) =>
  oneLoader(
    (ids) => incidentsByIds(reader, ids),
    (row) => row.id,
  ),
);

export const incidentsOfReport = perReader((reader) =>
  manyLoader(
    (ids) => incidentsByReports(reader, ids),
    (row) => row.report_id,
  ),
);

export const indicatorsOfIncident = perReader((reader) =>
  manyLoader(
    (ids) => indicatorsByIncidents(reader, ids),
    (row) => row.incident_id,
  ),
);
