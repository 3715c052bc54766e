/** What an organisation decides of its own place references: in one transaction with every record that follows, and undone the same way. */
import { ROLE_RIGHTS } from '../../access/roles.ts';
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { serviceKey } from '../../graphql/services.ts';
import { holdImports } from '../../intake/imports/import-lease.service.ts';
import { accept, HeadwaterError, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import type { IdSource } from '../../kernel/ids.ts';
import { type AtlasSource, ensurePlaces } from '../../places/gazetteer.service.ts';
import type { Queryable, UnrestrictedDatabase } from '../../platform/database.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import type { PlaceDecision } from '../composition/place-decision.ts';
import { columnsOf, decidedPlace, placeOfState } from '../composition/place-decision.ts';
import {
  type Deciding,
  decideReference,
  decidingNow,
  openStationsOf,
  teach,
  teachable,
} from './decide-reference.service.ts';
import {
  candidatesOf,
  findStanding,
  findStandingOfAct,
  forgetAlias,
  forgetAliasOfAct,
  lockNamesakes,
  lockReferences,
  markUndone,
  type ReferenceRow,
  writeReference,
} from './place-resolution.store.ts';
import { type MovedRecords, RecordMover } from './placed-records.service.ts';
import { nameStations } from './placed-records.store.ts';

export interface PlaceReviewTools {
  readonly database: UnrestrictedDatabase;
  readonly keys: KeyStore;
  readonly ids: IdSource;
  readonly atlas: AtlasSource;
  readonly now: () => Date;
}

export const PLACE_REVIEW_TOOLS = serviceKey<PlaceReviewTools>('place review');

export interface PlaceResolution {
  readonly referenceId: string;
  readonly state: number;
  readonly moved: MovedRecords;
  /** Other references that write the same name, decided or undone with this one. */
  readonly namesakes: number;
  readonly aliasId: string | null;
  /** Why nothing was learnt, where it was to be. */
  readonly notes: readonly string[];
}

/** Throws FORBIDDEN for a role that does not work on records. */
export function workingOrganisation({ role, organisationId }: Viewer): string {
  if (!ROLE_RIGHTS[role].mayImport || organisationId === null) {
    throw new HeadwaterError(
      'FORBIDDEN',
      `a key of the role ${role} does not work on records; ask your data officer for one that does`,
    );
  }
  return organisationId;
}

/**
 * The reference, its namesakes if it is learnt, and every living record that follows them, or nothing. Throws FORBIDDEN, and BUSY while an
 * import of the organisation runs.
 */
export async function resolvePlaceReference(
  tools: PlaceReviewTools,
  viewer: Viewer,
  asked: {
    readonly referenceId: string;
    readonly decision: PlaceDecision;
    readonly expectedState: number;
    readonly learn: boolean;
  },
): Promise<Outcome<PlaceResolution>> {
  const ownerId = workingOrganisation(viewer);
  const atlas = await tools.atlas();
  const { decision } = asked;
  if (decidedPlace(decision, null, false, atlas) === null) {
    return refuse({
      where: 'placeId',
      found: 'no place of the gazetteer',
      wanted: 'the id of a candidate, or of a place that places(…) lists',
    });
  }
  return tools.database.unrestricted('decide what a place reference means', async (connection) => {
    const found = await findReference(connection, ownerId, asked);
    if (!found.accepted) return found;
    const reference = found.value;
    const deciding = await decidingNow(connection, { ...tools, atlas, ownerId, keyId: viewer.keyId });
    if (decision.decided === 'place') await ensurePlaces(connection, atlas, [decision.placeId]);
    const mover = new RecordMover(deciding.moment);
    const actId = tools.ids();
    const taught = teachable(reference, decision, asked.learn, atlas);
    const stations = await openStationsOf(connection, deciding, reference);
    await decideReference(connection, deciding, mover, { reference, decision, actId, stations });
    const others = taught.learn ? await lockNamesakes(connection, ownerId, reference) : [];
    for (const other of others)
      await decideReference(connection, deciding, mover, {
        reference: other,
        decision,
        actId,
        stations: [],
      });
    const aliasId = taught.learn ? await teach(connection, deciding, reference, decision, actId) : null;
    const references = [reference, ...others].map(({ id }) => id);
    await mover.finish(connection, atlas, tools.ids, 'place_reference.decided', references);
    await trace(connection, deciding, 'resolve_place', [
      ...references,
      actId,
      ...(columnsOf(decision).place_id === null ? [] : [columnsOf(decision).place_id as string]),
      ...(aliasId === null ? [] : [aliasId]),
    ]);
    return accept({
      referenceId: reference.id,
      state: reference.state + 1,
      moved: mover.moved,
      namesakes: others.length,
      aliasId,
      notes: taught.notes,
    });
  });
}

/** Takes the last decision back, with the references that were decided along with it and the alias learnt from it. Throws as above. */
export async function undoPlaceResolution(
  tools: PlaceReviewTools,
  viewer: Viewer,
  asked: { readonly referenceId: string; readonly expectedState: number },
): Promise<Outcome<PlaceResolution>> {
  const ownerId = workingOrganisation(viewer);
  const atlas = await tools.atlas();
  return tools.database.unrestricted('undo what was decided of a place reference', async (connection) => {
    const found = await findReference(connection, ownerId, asked);
    if (!found.accepted) return found;
    const standing = await findStanding(connection, ownerId, asked.referenceId);
    if (standing === null) {
      return refuse({
        where: 'referenceId',
        found: 'nothing decided',
        wanted: 'a reference that was decided and not undone since',
      });
    }
    const deciding = await decidingNow(connection, { ...tools, atlas, ownerId, keyId: viewer.keyId });
    const mover = new RecordMover(deciding.moment);
    const act = await findStandingOfAct(connection, ownerId, standing.act_id);
    const references = await lockReferences(
      connection,
      ownerId,
      act.map((each) => each.place_reference_id),
    );
    const rows = new Map(references.map((row) => [row.id, row]));
    for (const each of act) {
      const row = rows.get(each.place_reference_id) as ReferenceRow;
      const now = { ...row, candidates: await candidatesOf(connection, row.id) };
      const { decided, stations, ...before } = each.before;
      await writeReference(connection, row, before, decided, deciding.moment);
      mover.moved.stations += await nameStations(connection, stations);
      await mover.follow(connection, row.id, placeOfState(now, row.home), placeOfState(before, row.home));
    }
    await markUndone(
      connection,
      act.map(({ id }) => id),
      viewer.keyId,
      deciding.at,
    );
    const forgotten = await forgetAliasOfAct(connection, ownerId, standing.act_id);
    const undone = references.map(({ id }) => id);
    await mover.finish(connection, atlas, tools.ids, 'place_reference.undone', undone);
    await trace(connection, deciding, 'undo_place_resolution', [
      ...undone,
      standing.act_id,
      ...(forgotten === null ? [] : [forgotten]),
    ]);
    return accept({
      referenceId: asked.referenceId,
      state: found.value.state + 1,
      moved: mover.moved,
      namesakes: undone.length - 1,
      aliasId: forgotten,
      notes: [],
    });
  });
}

/** What was decided with it stays. Throws FORBIDDEN, and NOT_FOUND when the organisation has no such alias. */
export async function forgetPlaceAlias(tools: PlaceReviewTools, viewer: Viewer, id: string): Promise<void> {
  const ownerId = workingOrganisation(viewer);
  const atlas = await tools.atlas();
  await tools.database.unrestricted('forget a place alias', async (connection) => {
    await holdImports(connection, ownerId);
    if (!(await forgetAlias(connection, ownerId, id)))
      throw new HeadwaterError('NOT_FOUND', 'found no alias with that id');
    const deciding = await decidingNow(connection, { ...tools, atlas, ownerId, keyId: viewer.keyId });
    await trace(connection, deciding, 'forget_place_alias', [id]);
  });
}

/** Another organisation's reference and none at all look alike. */
async function findReference(
  connection: Queryable,
  ownerId: string,
  { referenceId, expectedState }: { readonly referenceId: string; readonly expectedState: number },
): Promise<Outcome<ReferenceRow>> {
  await holdImports(connection, ownerId);
  const [reference] = await lockReferences(connection, ownerId, [referenceId]);
  if (reference === undefined)
    return refuse({
      where: 'referenceId',
      found: 'no such reference',
      wanted: 'an id that placeReview lists',
    });
  if (reference.state === expectedState) return accept(reference);
  const reason: Reason = {
    where: 'expectedState',
    found: `the reference is in state ${reference.state}`,
    wanted: `state ${expectedState}: look at it again, and decide on what it says now`,
  };
  return refuse(reason);
}

async function trace(
  connection: Queryable,
  { ownerId, keyId, at }: Deciding,
  action: string,
  objectIds: readonly string[],
): Promise<void> {
  await recordEvent(connection, at, {
    organisationId: ownerId,
    keyId,
    action,
    objectKind: action === 'forget_place_alias' ? 'place_alias' : 'place_reference',
    objectIds,
    purpose: null,
    detail: {},
  });
}
