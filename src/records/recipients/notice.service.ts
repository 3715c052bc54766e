/** Reading and acknowledging notices: by whoever may be granted records at the recipient, and by the owner's data officer. */
import { ROLE_RIGHTS } from '../../access/roles.ts';
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { acknowledgeNotices, listNotices, markTombstones, type NoticeRow } from './notice.store.ts';
import type { NoticeSearch } from './notice.ts';
import { recipientsOf, type ShownTo } from './recipient.store.ts';

type Tools = Pick<ImportTools, 'database' | 'now'>;

const MOST_NOTICES = 500;

/** Throws FORBIDDEN: received ones are for roles that grants reach, given ones for data officers. BAD_INPUT for a number out of range. */
export function readNotices(
  { database }: Tools,
  viewer: Viewer,
  search: NoticeSearch,
  first: number,
): Promise<readonly NoticeRow[]> {
  const organisationId = readerOf(viewer, search.side);
  if (!(first >= 1 && first <= MOST_NOTICES))
    throw new HeadwaterError('BAD_INPUT', `first: found ${first}, wanted 1 to ${MOST_NOTICES}`);
  return database.unrestricted('read notices', (connection) =>
    listNotices(connection, organisationId, search, first),
  );
}

/** How many were open and now are not; what is another's or not there is not told apart. */
export function takeNote(
  { database, now: clock }: Tools,
  viewer: Viewer,
  ids: readonly string[],
): Promise<number> {
  const organisationId = readerOf(viewer, 'received');
  if (ids.length > MOST_NOTICES)
    throw new HeadwaterError('BAD_INPUT', `ids: found ${ids.length}, wanted ${MOST_NOTICES} at most`);
  const { keyId } = viewer;
  return database.unrestricted('acknowledge notices', async (connection) => {
    const now = clock();
    const noted = await acknowledgeNotices(connection, organisationId, { ids: ids.filter(isId) }, keyId, now);
    const withdrawn = noted.filter(({ kind }) => kind === 'withdrawn').map(({ object_id }) => object_id);
    await markTombstones(connection, withdrawn, organisationId, keyId, now);
    if (noted.length > 0)
      await recordEvent(connection, now, {
        organisationId,
        keyId,
        action: 'acknowledge_notice',
        objectKind: 'notice',
        objectIds: noted.map(({ object_id }) => object_id),
        purpose: null,
        aboutOwnerIds: [...new Set(noted.map(({ owner_id }) => owner_id))].sort(),
        detail: {},
      });
    return noted.length;
  });
}

/** Whoever took note of the tombstone took note of the notice. */
export async function noteWithdrawal(
  connection: Queryable,
  organisationId: string,
  reportId: string,
  keyId: string,
  now: Date,
): Promise<void> {
  await acknowledgeNotices(connection, organisationId, { objectId: reportId, kind: 'withdrawn' }, keyId, now);
}

/** Of the viewer's own reports; nobody else learns who was shown a record. */
export async function recipientsOfOwn(
  { database, now }: Tools,
  { organisationId, role }: Viewer,
  reportIds: readonly string[],
): Promise<readonly ShownTo[]> {
  if (organisationId === null || !ROLE_RIGHTS[role].grants) return [];
  return database.unrestricted('find who was shown reports', (connection) =>
    recipientsOf(connection, reportIds, organisationId, now()),
  );
}

function readerOf({ role, organisationId }: Viewer, side: NoticeSearch['side']): string {
  const may = side === 'given' ? role === 'data_officer' : ROLE_RIGHTS[role].grants;
  if (!may || organisationId === null)
    throw new HeadwaterError(
      'FORBIDDEN',
      side === 'given'
        ? `a key of the role ${role} does not see who took note; ask your data officer`
        : `a key of the role ${role} receives no records of others, and no notices of them`,
    );
  return organisationId;
}
