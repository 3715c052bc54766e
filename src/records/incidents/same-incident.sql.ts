/** Which incidents are one event: reports joined by confirmed links whose both ends this viewer sees. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Parameters } from '../../platform/parameters.ts';

/**
 * A left join that adds `same.event_id` to rows of `alias`: the least incident id among all that links lead to, in any direction and
 * over any number of links, as was decided then; null where none does, so that `coalesce(same.event_id, alias.incident_id)` names the event.
 */
export function sameIncidentJoin(
  alias: string,
  viewer: Viewer,
  parameters: Parameters,
  asKnown: AsKnown,
): string {
  return (
    `left join (${sameIncidentReach(viewer, parameters, asKnown)} ` +
    'select one, least(one, min(other::text)::uuid) as event_id from reach group by one) same ' +
    `on same.one = ${alias}.incident_id`
  );
}

/**
 * A `with` clause whose `reach (one, other)` holds every pair of incidents of one event, an incident and itself too where it has a link at all.
 * What the viewer's own organisation rejected joins nothing, whoever else confirmed it.
 */
export function sameIncidentReach(viewer: Viewer, parameters: Parameters, asKnown: AsKnown): string {
  const link = projected('same_incident_link', viewer, parameters, asKnown);
  const incident = projected('incident', viewer, parameters, asKnown);
  const seen = (end: string): string => `join ${incident} v${end} on v${end}.id = k.incident_${end}`;
  const rejected =
    `select 1 from ${link} n where n.owner_id = ${parameters.bind(viewer.organisationId)}::uuid and n.status = 'rejected' ` +
    'and n.incident_a = k.incident_a and n.incident_b = k.incident_b';
  return (
    'with recursive pair as (' +
    `select k.incident_a, k.incident_b from ${link} k ${seen('a')} ${seen('b')} where k.status = 'confirmed' and not exists (${rejected})), ` +
    'edge (one, other) as (select incident_a, incident_b from pair union all select incident_b, incident_a from pair), ' +
    'reach (one, other) as (select one, other from edge ' +
    'union select r.one, e.other from reach r join edge e on e.one = r.other)'
  );
}
