/** What became of a report: its versions, who made each and why, and who has taken note of its withdrawal. */
import { everyVersion } from '../../access/projected.sql.ts';
import type { ViewerReader } from '../../access/reader.ts';
import type { ActKind, ChangeReason } from '../../kernel/vocabulary.ts';
import { Parameters } from '../../platform/parameters.ts';

export interface VersionRow {
  readonly record_id: string;
  readonly version: number;
  readonly known_from: Date;
  readonly known_to: Date | null;
  readonly file_name: string | null;
  readonly kind: ActKind | null;
  readonly reason: ChangeReason | null;
  readonly key_id: string | null;
}

/** Of the viewer's own organisation; others see that a record has versions and no more. */
export function historiesOf(reader: ViewerReader, ids: readonly string[]): Promise<readonly VersionRow[]> {
  const parameters = new Parameters();
  const versions = everyVersion('report', reader.viewer, parameters);
  const text = `
    select r.id as record_id, r.version, r.known_from, r.known_to, b.file_name, a.kind, a.reason, a.key_id
    from ${versions} r
    left join act a on a.report_id = r.id and a.version = r.version
    left join import_batch b on b.id = r.batch_id
    where r.id = any(${parameters.bind(ids)}::uuid[]) order by r.id, r.version`;
  return reader.read((connection) => connection.query<VersionRow>(text, parameters.values));
}

export interface AcknowledgementRow {
  readonly report_id: string;
  readonly organisation_id: string;
  readonly acknowledged_at: Date;
}

/** The owner sees everybody's, anybody else their own. */
export function acknowledgementsOf(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<readonly AcknowledgementRow[]> {
  const parameters = new Parameters();
  const own = parameters.bind(reader.viewer.organisationId);
  const text = `select k.report_id, k.organisation_id, k.acknowledged_at from retraction_acknowledgement k
    where k.report_id = any(${parameters.bind(ids)}::uuid[]) and (k.owner_id = ${own}::uuid or k.organisation_id = ${own}::uuid)
    order by k.report_id, k.acknowledged_at, k.organisation_id`;
  return reader.read((connection) => connection.query<AcknowledgementRow>(text, parameters.values));
}
