/** An organisation takes note that a report was withdrawn which it could see. */

import { seenClasses, type Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { isId } from '../../kernel/ids.ts';
import { noteWithdrawal } from '../recipients/notice.service.ts';
import type { ActTools } from './act.service.ts';
import { acknowledgeRetraction } from './act.store.ts';

/** False where there is no such tombstone, or none that this viewer may see; the two are never told apart. */
export async function acknowledge(
  { database, now: clock }: ActTools,
  viewer: Viewer,
  reportId: string,
): Promise<boolean> {
  const { organisationId } = viewer;
  if (organisationId === null || !isId(reportId)) return false;
  const classes = seenClasses(viewer);
  return database.unrestricted('acknowledge a retraction', async (connection) => {
    const now = clock();
    const tombstoneOf = await acknowledgeRetraction(
      connection,
      reportId,
      classes,
      organisationId,
      viewer.keyId,
      now,
    );
    if (tombstoneOf !== null) {
      await noteWithdrawal(connection, organisationId, reportId, viewer.keyId, now);
      await recordEvent(connection, now, {
        organisationId,
        keyId: viewer.keyId,
        action: 'acknowledge_retraction',
        objectKind: 'report',
        objectIds: [reportId],
        purpose: null,
        aboutOwnerIds: tombstoneOf === organisationId ? [] : [tombstoneOf],
        detail: {},
      });
    }
    return tombstoneOf !== null;
  });
}
