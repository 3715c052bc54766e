/** SQL for what stands behind movements: one row a movement, and the figures of a group of them. */
import { type AsKnown, projected } from '../../access/projected.sql.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Parameters } from '../../platform/parameters.ts';

/** Stops and incidents placed in a cell of this resolution, or in a coarser one, are placed in an area: it is what a coarse share shows. */
export const AREA_RESOLUTION = 4;

/** True of a row of `alias` that is placed no finer than an area; one without a cell is known by its country at best. */
export function isImprecise(alias: string): string {
  return `coalesce(${alias}.cell_resolution, 0) <= ${AREA_RESOLUTION}`;
}

/** Columns of a movement `r` alone. `corroborated`: ids of incidents that are not single-source. */
export function movementColumns(corroborated: readonly string[], parameters: Parameters): readonly string[] {
  return [
    'r.row_id',
    'r.origin_id',
    `r.verification = 'unverified' as unverified`,
    `r.incident_id <> all(${parameters.bind(corroborated)}::uuid[]) as single_source`,
  ];
}

/** Columns of a movement `r` beside which `evidenceJoins` stand. */
export function evidenceColumns(corroborated: readonly string[], parameters: Parameters): readonly string[] {
  return [...movementColumns(corroborated, parameters), 'stop.*', 'report.recorded_at'];
}

const kindCount = (word: string): string => `count(*) filter (where w.kind = '${word}') as ${word}`;

/** Of stops `w`. */
export const STOP_COUNTS = `count(*) as stops, ${kindCount('observed')}, ${kindCount('stated')}, ${kindCount('inferred')}, count(*) filter (where ${isImprecise('w')}) as imprecise`;

/** A movement's stops, by the index that finds them, and its report where the viewer sees that. */
export function evidenceJoins(viewer: Viewer, asKnown: AsKnown, parameters: Parameters): string {
  return (
    `left join lateral (select ${STOP_COUNTS} ` +
    `from ${projected('waypoint', viewer, parameters, asKnown)} w where w.movement_id = r.row_id) stop on true ` +
    `left join ${projected('report', viewer, parameters, asKnown)} report on report.id = r.report_id`
  );
}

/** Of the distinct movements `f` of a group: the columns of an EvidenceRow. */
export const EVIDENCE_FIGURES = [
  'count(f.row_id)::int as records',
  '(count(distinct f.origin_id) + case when count(f.row_id) > 0 and count(f.origin_id) = 0 then 1 else 0 end)::int as independent_origins',
  ...['stops', 'observed', 'stated', 'inferred', 'imprecise'].map(
    (name) => `coalesce(sum(f.${name}), 0)::int as ${name}`,
  ),
  'count(*) filter (where f.unverified)::int as unverified',
  'count(*) filter (where f.single_source)::int as single_source',
  'min(f.recorded_at) as oldest',
  'max(f.recorded_at) as newest',
];
