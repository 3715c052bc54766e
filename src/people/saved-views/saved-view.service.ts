/** Keeping views of the dashboard: saved, renamed, shared with colleagues and removed, each once and with its trace. */
import { ownClasses } from '../../access/visibility.store.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { serviceKey } from '../../graphql/services.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { type ActRequest, type DoneOnce, once } from '../../records/acts/once.service.ts';
import {
  countOwn,
  dropUnshared,
  dropView,
  insertView,
  lockView,
  renameTo,
  type StandingView,
  setShared,
} from './saved-view.store.ts';
import { readViewAddress } from './view-address.ts';

/** Wired at the start. */
export const SAVED_VIEW_TOOLS = serviceKey<ImportTools>('saved views');

/** The view as the caller read it. */
export interface ViewTarget {
  readonly id: string;
  readonly version: number;
}

const LONGEST_NAME = 80;
const MOST_VIEWS = 200;
/** A number that somebody could be reached or known by, an address of mail, a line break. */
const NO_NAME = /\d{5,}|@|\p{Cc}/u;
const ABSENT: Reason = { where: 'id', found: 'nothing of that id', wanted: 'a view that you saved' };

/** Throws FORBIDDEN for roles that never record. */
export async function saveView(
  tools: ImportTools,
  request: ActRequest,
  said: { readonly name: string; readonly address: string; readonly shared: boolean },
): Promise<Outcome<DoneOnce>> {
  const address = readViewAddress(said.address);
  const faults = [...nameFaults(said.name), ...(address.accepted ? [] : address.reasons)];
  return once(tools, request, ['view saved', said], async (connection, now, ownerId) => {
    if (!address.accepted || faults.length > 0) return refuse(...faults);
    const { keyId } = request.viewer;
    const kept = await countOwn(connection, keyId);
    if (kept >= MOST_VIEWS)
      return refuse({
        where: 'name',
        found: `${kept} views`,
        wanted: `${MOST_VIEWS} at most: remove what you need no more`,
      });
    // Every role that reads movements lists views, and no agreement ever reaches them.
    const classes = await ownClasses(connection, ownerId, 'red', ['movement'], true);
    const id = tools.ids();
    const { page, text } = address.value;
    const { shared } = said;
    const view = { id, ownerId, page, shared, now, address: text, name: said.name.trim(), madeBy: keyId };
    await insertView(connection, { ...view, visibilityClassId: classes.movement });
    await leaveTrace(connection, now, ownerId, request, 'save_view', id, { page, shared });
    return accept({ recordId: id, version: 1 });
  });
}

export async function renameView(
  tools: ImportTools,
  request: ActRequest,
  target: ViewTarget,
  name: string,
): Promise<Outcome<DoneOnce>> {
  const faults = nameFaults(name);
  return onView(
    tools,
    request,
    ['view renamed', target, name],
    target,
    false,
    async (connection, now, row) => {
      if (faults.length > 0) return refuse(...faults);
      await renameTo(connection, row.id, name.trim(), now);
      return accept('rename_view');
    },
  );
}

/** With everybody of the organisation, or with nobody any more: that a data officer may too. */
export async function shareView(
  tools: ImportTools,
  request: ActRequest,
  target: ViewTarget,
  shared: boolean,
): Promise<Outcome<DoneOnce>> {
  const said = ['view shared', target, shared];
  return onView(tools, request, said, target, true, async (connection, now, row) => {
    if (row.shared === shared)
      return refuse({
        where: 'shared',
        found: shared ? 'a view that is shared' : 'a view that is not shared',
        wanted: shared ? 'one that is not' : 'one that is',
      });
    await setShared(connection, row.id, shared, now);
    return accept(shared ? 'share_view' : 'end_view_sharing');
  });
}

export async function removeView(
  tools: ImportTools,
  request: ActRequest,
  target: ViewTarget,
): Promise<Outcome<DoneOnce>> {
  return onView(tools, request, ['view removed', target], target, true, async (connection, _now, row) => {
    await dropView(connection, row.id);
    return accept('remove_view');
  });
}

/** Of somebody who is forgotten: what they kept for themselves. What they shared is their colleagues'. */
export async function dropOwnViews(connection: Queryable, accountId: string): Promise<void> {
  await dropUnshared(connection, accountId);
}

function nameFaults(name: string): readonly Reason[] {
  const { length } = name.trim();
  if (length < 1 || length > LONGEST_NAME)
    return [{ where: 'name', found: `${length} characters`, wanted: `1 to ${LONGEST_NAME}` }];
  if (NO_NAME.test(name.trim()))
    return [
      {
        where: 'name',
        found: 'a long number, an address or a line break',
        wanted: 'words for what is looked at, which name nobody',
      },
    ];
  return [];
}

async function onView(
  tools: ImportTools,
  request: ActRequest,
  said: readonly unknown[],
  { id, version }: ViewTarget,
  byOfficer: boolean,
  work: (connection: Queryable, now: Date, row: StandingView) => Promise<Outcome<string>>,
): Promise<Outcome<DoneOnce>> {
  return once(tools, request, said, async (connection, now, ownerId) => {
    const row = isId(id) ? await lockView(connection, ownerId, id) : null;
    const { keyId, role } = request.viewer;
    const may = row?.made_by === keyId || (byOfficer && row?.shared === true && role === 'data_officer');
    if (row === null || !may) return refuse(ABSENT);
    if (row.version !== version)
      return refuse({
        where: 'version',
        found: `version ${version}`,
        wanted: `version ${row.version}, the latest: read it again and repeat`,
      });
    const outcome = await work(connection, now, row);
    if (!outcome.accepted) return outcome;
    await leaveTrace(connection, now, ownerId, request, outcome.value, row.id, { page: row.page });
    return accept({ recordId: row.id, version: row.version + 1 });
  });
}

/** Never the name: it is somebody's own words. */
async function leaveTrace(
  connection: Queryable,
  now: Date,
  organisationId: string,
  { viewer }: ActRequest,
  action: string,
  id: string,
  detail: Readonly<Record<string, string | boolean>>,
): Promise<void> {
  await recordEvent(connection, now, {
    organisationId,
    keyId: viewer.keyId,
    action,
    objectKind: 'saved_view',
    objectIds: [id],
    purpose: null,
    detail,
  });
}
