/** Which records a legal hold keeps: a report by itself, or as what a held import made. */

/** `report`: alias of a row whose `id` is the record's and which has `owner_id`. */
export function isHeldReport(report: string, holds = 'legal_hold'): string {
  return (
    `exists (select 1 from ${holds} h where h.lifted_at is null and h.owner_id = ${report}.owner_id and (h.object_id = ${report}.id ` +
    `or h.object_kind = 'import' and h.object_id in (select v.batch_id from report v where v.id = ${report}.id or v.version_of = ${report}.id)))`
  );
}

/** `batch`: alias of an import. Only a hold on itself: one on a report keeps that report's rows. */
export function isHeldImport(batch: string, holds = 'legal_hold'): string {
  return `exists (select 1 from ${holds} h where h.lifted_at is null and h.owner_id = ${batch}.owner_id and h.object_id = ${batch}.id)`;
}
