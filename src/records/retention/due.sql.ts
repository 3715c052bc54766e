/** Everything of one organisation that has a clock, with the day on which its time is over, by what, and what is to happen then. */
import { isHeldImport, isHeldReport } from '../composition/held.sql.ts';
import { USUAL_MONTHS } from './retention-words.ts';

/** Where the rows come from: tables, or a viewer's projections of them. */
export interface DueSources {
  /** id, owner_id, kind, reported_to, observed_to, recorded_at, retain_until, external_reference: one row a record. */
  readonly report: string;
  readonly importBatch: string;
  readonly importRow: string;
  readonly policy: string;
  readonly decision: string;
  readonly hold: string;
}

export const STORED: DueSources = {
  report: '(select * from report where version_of is null)',
  importBatch: 'import_batch',
  importRow: 'import_row',
  policy: '(select * from retention_policy where known_to is null)',
  decision: 'retention_decision',
  hold: 'legal_hold',
};

export interface DueColumns {
  readonly object_kind: 'report' | 'import';
  readonly id: string;
  readonly record_class: string;
  readonly kept_from: string;
  readonly due_on: string;
  readonly ground: string;
  readonly action: 'review' | 'purge';
  readonly held: boolean;
  /** Of an import: rows that wait; of a report 0. */
  readonly waiting: number;
  readonly version: number;
}

const USUAL = Object.entries(USUAL_MONTHS)
  .map(([name, months]) => `('${name}', ${months})`)
  .join(', ');

/** Rows that were emptied say so in their reason, and wait for nothing. */
const STILL_SAYS = `u.outcome = 'quarantined' and coalesce(u.reasons -> 0 ->> 'where', '') not in ('erased', 'retention')`;

/** `own`: the owner's id, bound. A parenthesised sub-select with the columns of `DueColumns`. */
export function dueItems(
  { report, importBatch, importRow, policy, decision, hold }: DueSources,
  own: string,
): string {
  return `(select i.object_kind, i.id, i.record_class, i.kept_from, i.waiting, i.held, coalesce(d.version, 0) as version,
      case d.decision when 'purge' then (d.decided_at at time zone 'UTC')::date when 'extend' then d.until
        else coalesce(i.retain_until, (i.kept_from + make_interval(months => coalesce(p.months, c.months)))::date) end as due_on,
      case when d.decision = 'purge' then 'decision' when d.decision = 'extend' then 'extension' when i.retain_until is not null then 'source'
        when p.id is not null then 'policy' else 'usual' end as ground,
      case d.decision when 'purge' then 'purge' when 'extend' then 'review' else coalesce(p.action, 'review') end as action
    from (select 'report' as object_kind, r.id, r.kind as record_class,
        (coalesce(r.reported_to, r.observed_to, r.recorded_at) at time zone 'UTC')::date as kept_from, r.retain_until, 0 as waiting,
        ${isHeldReport('r', hold)} as held
      from ${report} r where r.owner_id = ${own}::uuid
      union all
      select 'import', b.id, 'quarantined_row', (b.started_at at time zone 'UTC')::date, null::date, w.n, ${isHeldImport('b', hold)}
      from ${importBatch} b join (select u.batch_id, count(*)::int as n from ${importRow} u where u.owner_id = ${own}::uuid and ${STILL_SAYS}
        group by u.batch_id) w on w.batch_id = b.id where b.owner_id = ${own}::uuid) i
    join (values ${USUAL}) c (record_class, months) on c.record_class = i.record_class
    left join ${policy} p on p.owner_id = ${own}::uuid and p.record_class = i.record_class
    left join lateral (select k.decision, k.until, k.decided_at, k.version from ${decision} k where k.owner_id = ${own}::uuid and k.object_id = i.id
      order by k.version desc limit 1) d on true)`;
}
