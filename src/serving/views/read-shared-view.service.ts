/** Views for partner apps as they are read at their epochs, by whoever is of an organisation. */
import { isDeepStrictEqual } from 'node:util';
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { serviceKey } from '../../graphql/services.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import type { Database, Queryable } from '../../platform/database.ts';
import type { LayerFeature } from './layers/layer-feature.ts';
import { listViews, type SharedViewRow } from './shared-view.store.ts';
import { type CellRow, cellsAt, featuresAt, type ToldEpoch, toldEpochs } from './told-epoch.store.ts';

export interface SharedViewTools extends ImportTools {
  readonly database: Database;
}

/** Wired at the start. */
export const SHARED_VIEW_TOOLS = serviceKey<SharedViewTools>('shared views');

/** For data officers: everything that is proposed. Throws FORBIDDEN. */
export function readProposals(
  { database }: SharedViewTools,
  viewer: Viewer,
): Promise<readonly SharedViewRow[]> {
  officer(viewer);
  return database.unrestricted('show officers which views are proposed', listViews);
}

export interface ToldView {
  readonly view: SharedViewRow;
  readonly epochs: readonly ToldEpoch[];
}

/** Views that were told and still are. Throws FORBIDDEN for whoever is of no organisation. */
export function readTold(
  { database }: Pick<SharedViewTools, 'database'>,
  viewer: Viewer,
): Promise<readonly ToldView[]> {
  ofAnOrganisation(viewer);
  return database.unrestricted('list views for partner apps', (connection) => toldViews(connection));
}

export interface ReadView extends ToldView {
  readonly at: ToldEpoch;
  /** Cells that are new or have other numbers since `changedSince`; all of them without it. */
  readonly cells: readonly CellRow[];
  /** Keys of cells that were told then and are not now. */
  readonly gone: readonly CellRow[];
  /** Of a layer the same two, of its features. */
  readonly features: readonly LayerFeature[];
  readonly goneFeatures: readonly LayerFeature[];
}

/**
 * The latest epoch. `version` null: the latest that is told. Throws NOT_FOUND for a view that is not there, was never told or is told no more, which are
 * one answer; BAD_INPUT for a `changedSince` that is no epoch of it.
 */
export function readSharedView(
  { database, now }: Pick<SharedViewTools, 'database' | 'now'>,
  viewer: Viewer,
  asked: { readonly name: string; readonly version: number | null; readonly changedSince: number | null },
): Promise<ReadView> {
  ofAnOrganisation(viewer);
  return database.unrestricted('show a view to a partner app', async (connection) => {
    const [found] = await toldViews(
      connection,
      ({ name, version }) => name === asked.name && (asked.version === null || version === asked.version),
    );
    const [at] = found?.epochs ?? [];
    if (found === undefined || at === undefined)
      throw new HeadwaterError('NOT_FOUND', 'there is no such view, or it is not available');
    const { view, epochs } = found;
    await recordEvent(connection, now(), {
      organisationId: viewer.organisationId,
      keyId: viewer.keyId,
      action: 'shared_view_read',
      objectKind: 'shared_view',
      objectIds: [view.id],
      purpose: null,
      aboutOwnerIds: [...view.approvers],
      detail: {},
    });
    const { changedSince } = asked;
    if (changedSince !== null && !epochs.some(({ epoch }) => epoch === changedSince))
      throw new HeadwaterError(
        'BAD_INPUT',
        `changedSince: found epoch ${changedSince}, wanted one of ${epochs.map(({ epoch }) => epoch).join(', ')}`,
      );
    const told = async (epoch: number) => ({
      cells: new Map((await cellsAt(connection, view.id, epoch)).map((row) => [row.cell, row])),
      features: new Map((await featuresAt(connection, view.id, epoch)).map((row) => [row.id, row])),
    });
    const latest = await told(at.epoch);
    const then = changedSince === null ? NOTHING : await told(changedSince);
    const cells = changesOf(then.cells, latest.cells);
    const features = changesOf(then.features, latest.features);
    return {
      view,
      epochs,
      at,
      cells: cells.other,
      gone: cells.gone,
      features: features.other,
      goneFeatures: features.gone,
    };
  });
}

const NOTHING = { cells: new Map<string, CellRow>(), features: new Map<string, LayerFeature>() };

/** What is there now and was not so then, and what was there then and is not now. */
function changesOf<Row>(
  then: ReadonlyMap<string, Row>,
  now: ReadonlyMap<string, Row>,
): { readonly other: readonly Row[]; readonly gone: readonly Row[] } {
  return {
    other: [...now].flatMap(([name, row]) => (isDeepStrictEqual(then.get(name), row) ? [] : [row])),
    gone: [...then].flatMap(([name, row]) => (now.has(name) ? [] : [row])),
  };
}

async function toldViews(
  connection: Queryable,
  isAsked: (view: SharedViewRow) => boolean = () => true,
): Promise<readonly ToldView[]> {
  const told: ToldView[] = [];
  for (const view of (await listViews(connection)).filter(isAsked)) {
    const epochs = await toldEpochs(connection, view.id);
    if (epochs.length > 0) told.push({ view, epochs });
  }
  return told;
}

/** Throws FORBIDDEN. */
export function officer({ role, organisationId }: Viewer): void {
  if (role === 'data_officer' && organisationId !== null) return;
  throw new HeadwaterError(
    'FORBIDDEN',
    `a key of the role ${role} does not decide what is counted for others; ask the data officer of your organisation`,
  );
}

function ofAnOrganisation({ organisationId, role }: Viewer): void {
  if (organisationId !== null && role !== 'operator') return;
  throw new HeadwaterError('FORBIDDEN', `a key of the role ${role} reads no records and no counts of them`);
}
