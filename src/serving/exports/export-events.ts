/** What the audit log hears of an export: ids, counts and codes, to its own organisation and to each whose records went out. */
import type { NewAuditEvent } from '../../audit/audit.store.ts';
import { highestHandling } from '../../kernel/handling.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import type { Marks } from './collection.ts';
import type { Manifest, Tally } from './manifest.ts';
import type { ClassCount } from './record-pages.view.ts';

export interface ExportTrace {
  readonly id: string;
  readonly organisationId: string;
  readonly keyId: string;
  readonly purpose: Purpose;
  readonly collection: string;
  readonly extension: string;
}

/** Each other owner hears of its own records alone: how many there were to go, and the highest marking among them. */
export function begunEvents(
  trace: ExportTrace,
  classes: readonly ClassCount[],
  marks: Marks,
  caseToken: string,
): readonly NewAuditEvent[] {
  const counted = classes.filter(({ rows }) => rows > 0);
  const owners = [...new Set(counted.map(({ owner_id }) => owner_id))].sort();
  const of = (owner: string | null) => {
    const own = owner === null ? classes : counted.filter(({ owner_id }) => owner_id === owner);
    return {
      records: own.reduce((sum, { rows }) => sum + rows, 0),
      handling: highestHandling(own.map(({ class_id }) => marks.handlingOf(class_id))),
    };
  };
  return [
    event(trace, 'export', { ...of(null), case: caseToken }),
    ...owners
      .filter((owner) => owner !== trace.organisationId)
      .map((owner) => ({ ...event(trace, 'export_shared', of(owner)), aboutOwnerIds: [owner] })),
  ];
}

/** `manifest`: null where it was cut before its end. */
export function endedEvent(
  trace: ExportTrace,
  tally: Tally,
  bytes: number,
  manifest: Manifest | null,
): NewAuditEvent {
  return event(trace, manifest === null ? 'export_cut' : 'export_ended', {
    rows: tally.rows,
    bytes,
    handling: tally.handling,
    ...(manifest === null ? {} : { sha256: manifest.sha256 }),
  });
}

function event(trace: ExportTrace, action: string, detail: NewAuditEvent['detail']): NewAuditEvent {
  return {
    organisationId: trace.organisationId,
    keyId: trace.keyId,
    action,
    objectKind: 'export',
    objectIds: [trace.id],
    purpose: trace.purpose,
    detail: { collection: trace.collection, format: trace.extension, ...detail },
  };
}
