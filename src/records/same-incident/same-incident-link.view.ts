/** Reading what was decided about pairs of incidents: only where the viewer sees both. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import { oneOfCondition } from '../../graphql/filter-conditions.sql.ts';
import { type ListAnswer, readList } from '../../graphql/list.sql.ts';
import type { Cursor } from '../../kernel/cursor.ts';
import { Parameters } from '../../platform/parameters.ts';
import { sameIncidentReach } from '../incidents/same-incident.sql.ts';
import { DECISIONS, type Decision } from './decision.store.ts';
import type { Evidence } from './grade.ts';
import { mayJudge } from './judges.ts';

export interface LinkColumns {
  readonly id: string;
  readonly owner_id: string;
  readonly incident_a: string;
  readonly incident_b: string;
  readonly status: Decision;
  /** Null to other organisations. */
  readonly grade: number | null;
  readonly reasons: {
    readonly reasons?: readonly Evidence[];
    readonly contradictions?: readonly Evidence[];
  } | null;
  readonly decided_at: Date | null;
}

export interface LinkSearch {
  readonly states?: readonly Decision[] | undefined;
  readonly incidentIds?: readonly string[] | undefined;
  readonly ownerIds?: readonly string[] | undefined;
}

export function listLinks(
  reader: ViewerReader,
  { states = DECISIONS, incidentIds, ownerIds }: LinkSearch,
  asKnown: AsKnown,
  paging: { readonly first: number; readonly after: Cursor | null },
): Promise<ListAnswer<LinkColumns>> {
  const { viewer } = reader;
  return readList<LinkColumns>(
    reader,
    {
      table: 'same_incident_link',
      asKnown,
      sort: { column: 'r.decided_at', type: 'timestamptz' },
      conditions: (parameters) => {
        if (!mayJudge(viewer.role)) return ['false'];
        const seen = ['a', 'b'].map(
          (end) =>
            `exists (select 1 from ${projected('incident', viewer, parameters, asKnown)} i where i.id = r.incident_${end})`,
        );
        const conditions = [oneOfCondition('r.status', states, parameters), ...seen];
        if (ownerIds) conditions.push(`r.owner_id = any(${parameters.bind(ownerIds)}::uuid[])`);
        if (incidentIds) {
          const ids = `any(${parameters.bind(incidentIds)}::uuid[])`;
          conditions.push(`(r.incident_a = ${ids} or r.incident_b = ${ids})`);
        }
        return conditions;
      },
    },
    paging,
  );
}

export interface ReachedRow {
  readonly one: string;
  readonly other: string;
}

/** Each incident with all of its event, itself among them; no row for one that no link joins to another. */
export async function readEvents(
  reader: ViewerReader,
  ids: readonly string[],
  asKnown: AsKnown,
): Promise<readonly ReachedRow[]> {
  const parameters = new Parameters();
  const text =
    `${sameIncidentReach(reader.viewer, parameters, asKnown)} select one, other from reach ` +
    `where one = any(${parameters.bind(ids)}::uuid[]) order by one, other`;
  return reader.read((connection) => connection.query<ReachedRow>(text, parameters.values));
}
