/** What recurs across independent incidents, ranked by how surprising that is. */
import type { AsKnown } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { ENTITY_KINDS } from '../../kernel/vocabulary.ts';
import type { SharedFacilitator } from './entity.type.ts';
import { type RecurrenceRow, readRecurrences } from './entity.view.ts';
import { missingEvidence } from './missing-evidence.ts';
import { surprise } from './surprise.ts';

export interface FacilitatorRequest {
  readonly kinds: readonly string[] | null;
  readonly incidentsAtLeast: number;
  readonly ownersAtLeast: number;
  readonly standsWithoutVictim: boolean;
  readonly asKnown: AsKnown;
  readonly first: number;
}

const FACILITATOR_KINDS = ENTITY_KINDS.filter((kind) => kind !== 'individual');

/** The database orders by count; enough rows are read that the most surprising are among them. */
const MOST_READ = 5_000;

export async function findSharedFacilitators(
  reader: ViewerReader,
  request: FacilitatorRequest,
): Promise<SharedFacilitator[]> {
  if (request.incidentsAtLeast < 2 || request.ownersAtLeast < 1) {
    throw new HeadwaterError('BAD_INPUT', 'incidentsAtLeast wants 2 or more, ownersAtLeast 1 or more');
  }
  const kinds = request.kinds ?? FACILITATOR_KINDS;
  const rows = await readRecurrences(
    reader,
    request.asKnown,
    kinds,
    request.incidentsAtLeast,
    request.ownersAtLeast,
    MOST_READ,
  );
  return rows
    .map(facilitatorOf)
    .filter(
      (found) => !request.standsWithoutVictim || found.incidentsWithoutVictim >= request.incidentsAtLeast,
    )
    .sort((a, b) => b.surprise - a.surprise || b.incidents - a.incidents || (a.hint < b.hint ? -1 : 1))
    .slice(0, request.first);
}

function facilitatorOf(row: RecurrenceRow): SharedFacilitator {
  return {
    kind: row.kind,
    selectorKind: row.selector_kind,
    hint: row.hint,
    incidents: row.incidents,
    owners: row.owners,
    independentOrigins: row.origins,
    incidentsWithoutVictim: row.incidents_without_victim,
    missingEvidence: missingEvidence(row.evidence_kinds),
    surprise: surprise(row.incidents, row.kind_incidents, row.kind_tokens),
    entityIds: [...row.entity_ids],
    incidentIds: [...row.incident_ids],
  };
}
