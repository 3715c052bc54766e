/** Which entities a filter means, as SQL over the viewer's projection: the public door for lists here and for what is served elsewhere. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import { oneOfCondition } from '../../graphql/filter-conditions.sql.ts';
import type { Parameters } from '../../platform/parameters.ts';

export interface EntitySearch {
  readonly ids?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly incidentIds?: readonly string[] | undefined;
  readonly ownerIds?: readonly string[] | undefined;
  readonly label?: string | undefined;
  readonly suspicions?: readonly string[] | undefined;
}

/** Written against the alias `r`. */
export function entityConditions(
  viewer: Viewer,
  search: EntitySearch,
  asKnown: AsKnown,
  parameters: Parameters,
): string[] {
  const conditions: string[] = ['true'];
  if (search.ids) conditions.push(`r.id = any(${parameters.bind(search.ids)}::uuid[])`);
  if (search.kinds) conditions.push(oneOfCondition('r.kind', search.kinds, parameters));
  if (search.ownerIds) conditions.push(`r.owner_id = any(${parameters.bind(search.ownerIds)}::uuid[])`);
  if (search.label != null)
    conditions.push(`strpos(lower(r.label), lower(${parameters.bind(search.label)})) > 0`);
  if (search.suspicions) {
    const suspicion = projected('suspicion', viewer, parameters, asKnown);
    const status = oneOfCondition('u.status', search.suspicions, parameters);
    conditions.push(
      `exists (select 1 from ${suspicion} u where u.person_id = r.person_id and u.visibility_class_id = r.visibility_class_id and ${status})`,
    );
  }
  if (search.incidentIds) {
    const part = projected('participation', viewer, parameters);
    const incident = projected('incident', viewer, parameters, asKnown);
    const ids = parameters.bind(search.incidentIds);
    // Who took part in a past version of an incident hangs on that version's row.
    conditions.push(
      `r.row_id in (select p.entity_id from ${part} p left join ${incident} i on i.row_id = p.incident_id ` +
        `where p.incident_id = any(${ids}::uuid[]) or i.id = any(${ids}::uuid[]))`,
    );
  }
  return conditions;
}
