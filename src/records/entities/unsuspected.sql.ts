/** Who is suspected no more, and what is theirs: ranked nowhere and matched with nothing. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import { STANDING_SUSPICIONS } from '../../kernel/vocabulary.ts';
import type { Parameters } from '../../platform/parameters.ts';

/** What reports give to a thing that is told as somebody's own. */
const ROLE_OF_USED = 'used';

/**
 * A select of `row_id` of persons who are cleared, witnesses, protected, or whose suspicion nobody reviewed in time, and of the phones,
 * vehicles, documents and accounts that are written down as theirs. All as the viewer sees it at that moment. Somebody uses what is seen in
 * part with the role of a used thing: where the viewer is not shown whose it is, it may be theirs, and is among them.
 */
export function unsuspected(viewer: Viewer, parameters: Parameters, asKnown: AsKnown): string {
  const persons = unsuspectedPersons(viewer, parameters, asKnown);
  const link = projected('entity_link', viewer, parameters);
  return (
    `select n.row_id from (${persons}) n union all ` +
    `select l.to_entity as row_id from ${link} l join (${persons}) n on n.row_id = l.from_entity where l.kind = 'uses' union all ` +
    `select e.row_id from ${projected('entity', viewer, parameters, asKnown)} e where e.redacted and e.kind <> 'individual' ` +
    `and exists (select 1 from ${projected('participation', viewer, parameters)} p where p.entity_id = e.row_id and p.role = '${ROLE_OF_USED}') ` +
    `and not exists (select 1 from ${link} l where l.to_entity = e.row_id and l.kind = 'uses')`
  );
}

function unsuspectedPersons(viewer: Viewer, parameters: Parameters, asKnown: AsKnown): string {
  const entity = projected('entity', viewer, parameters, asKnown);
  const suspicion = projected('suspicion', viewer, parameters, asKnown);
  const standing = parameters.bind(STANDING_SUSPICIONS);
  return (
    `select n.row_id from ${entity} n left join ${suspicion} u on u.person_id = n.person_id and u.visibility_class_id = n.visibility_class_id ` +
    `where n.kind = 'individual' and (u.status = any(${standing}::text[])) is not true`
  );
}
