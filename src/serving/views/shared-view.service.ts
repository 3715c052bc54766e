/** Views for partner apps: what data officers propose, approve and take back. */
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { type ActRequest, type DoneOnce, once } from '../../records/acts/once.service.ts';
import { isDrawnOf, wantedFor } from './layers/draw-layer.ts';
import type { SharedLayer } from './layers/layer-feature.ts';
import { officer, type SharedViewTools } from './read-shared-view.service.ts';
import {
  approveView,
  insertView,
  lockView,
  proposerOf,
  revokeApproval,
  type SharedViewRow,
} from './shared-view.store.ts';
import { readDefinition } from './view-definition.ts';

const NAME = /^[a-z][a-z0-9-]{2,39}$/;
const MOST_TITLE = 200;
const ABSENT: Reason = { where: 'id', found: 'nothing of that id', wanted: 'a view that is proposed' };

export interface SaidView {
  readonly name: string;
  readonly title: string;
  readonly query: string;
  /** null: the counts themselves. */
  readonly layer: SharedLayer | null;
}

/** A name that is taken gets a next version, which nobody has approved. */
export function proposeView(
  tools: SharedViewTools,
  request: ActRequest,
  said: SaidView,
): Promise<Outcome<DoneOnce>> {
  officer(request.viewer);
  return once(tools, request, ['shared view proposed', said], async (connection, now, ownerId) => {
    if (!NAME.test(said.name))
      return refuse({
        where: 'name',
        found: said.name.slice(0, 60),
        wanted: '3 to 40 of a–z, 0–9 and -, beginning with a letter',
      });
    const title = said.title.trim();
    if (title.length === 0 || title.length > MOST_TITLE)
      return refuse({ where: 'title', found: `${title.length} characters`, wanted: `1 to ${MOST_TITLE}` });
    const definition = readDefinition(said.query);
    if (!definition.accepted) return definition;
    if (said.layer !== null && !isDrawnOf(said.layer, definition.value.dimensions))
      return refuse({
        where: 'layer',
        found: `${said.layer.toUpperCase()} of ${definition.value.dimensions.join(', ') || 'no dimension'}`,
        wanted: wantedFor(said.layer),
      });
    const owner = await proposerOf(connection, said.name);
    if (owner !== null && owner !== ownerId)
      return refuse({
        where: 'name',
        found: 'a name of another organisation',
        wanted: 'one that is free, or your own',
      });
    const id = tools.ids();
    const { query, dimensions } = definition.value;
    const version = await insertView(connection, {
      id,
      name: said.name,
      title,
      query,
      dimensions,
      layer: said.layer,
      proposed_by: ownerId,
      proposed_at: now,
    });
    await leaveTrace(connection, request.viewer, 'shared_view_proposed', id, now);
    return accept({ recordId: id, version });
  });
}

/** From the next epoch on, the officer's organisation is counted in it; `forEverybody`: in noisy counts for everybody too, until that is approved otherwise. */
export function approveSharedView(
  tools: SharedViewTools,
  request: ActRequest,
  target: { readonly id: string; readonly version: number },
  forEverybody = false,
): Promise<Outcome<DoneOnce>> {
  return onView(
    tools,
    request,
    forEverybody ? 'shared_view_approved_for_all' : 'shared_view_approved',
    target,
    async (connection, view, organisationId, now) => {
      if (
        view.approvers.includes(organisationId) &&
        view.public_approvers.includes(organisationId) === forEverybody
      )
        return {
          where: 'id',
          found: 'a view that your organisation approves',
          wanted: 'one that it does not',
        };
      const { id: viewId, version } = view;
      await approveView(connection, {
        viewId,
        version,
        organisationId,
        by: request.viewer.keyId,
        now,
        forEverybody,
      });
      return null;
    },
  );
}

/** At once: what was told with the organisation's records is told no more; the next epoch is told without them. */
export function revokeSharedViewApproval(
  tools: SharedViewTools,
  request: ActRequest,
  target: { readonly id: string; readonly version: number },
): Promise<Outcome<DoneOnce>> {
  return onView(
    tools,
    request,
    'shared_view_revoked',
    target,
    async (connection, view, organisationId, now) => {
      if (!view.approvers.includes(organisationId))
        return {
          where: 'id',
          found: 'a view that your organisation does not approve',
          wanted: 'one that it does',
        };
      await revokeApproval(connection, view.id, organisationId, now);
      return null;
    },
  );
}

function onView(
  tools: SharedViewTools,
  request: ActRequest,
  act: string,
  { id, version }: { readonly id: string; readonly version: number },
  work: (
    connection: Queryable,
    view: SharedViewRow,
    organisationId: string,
    now: Date,
  ) => Promise<Reason | null>,
): Promise<Outcome<DoneOnce>> {
  officer(request.viewer);
  return once(tools, request, [act, id, version], async (connection, now, ownerId) => {
    const view = isId(id) ? await lockView(connection, id) : null;
    if (view === null) return refuse(ABSENT);
    if (view.version !== version)
      return refuse({ where: 'version', found: `version ${version}`, wanted: `version ${view.version}` });
    const reason = await work(connection, view, ownerId, now);
    if (reason !== null) return refuse(reason);
    await leaveTrace(connection, request.viewer, act, view.id, now);
    return accept({ recordId: view.id, version: view.version });
  });
}

async function leaveTrace(
  connection: Queryable,
  viewer: Viewer,
  action: string,
  id: string,
  now: Date,
): Promise<void> {
  await recordEvent(connection, now, {
    organisationId: viewer.organisationId,
    keyId: viewer.keyId,
    action,
    objectKind: 'shared_view',
    objectIds: [id],
    purpose: null,
    aboutOwnerIds: [],
    detail: {},
  });
}
