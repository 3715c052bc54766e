/** What is open between whom, and what owners are told of askers. */
import type { Viewer } from '../../access/viewer.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { runningAgreement } from '../agreements/agreement-standing.service.ts';
import { listAlerts } from './alert.store.ts';
import { listOpen } from './arrangement.store.ts';
import { livingKey } from './arrangement-key.ts';
import { askingOrganisation, startOfDay } from './ask.service.ts';
import { askedSince } from './ask.store.ts';
import { contactOf } from './match.service.ts';
import { type AskKind, TOLD_ROLES } from './match-words.ts';

const MOST_ALERTS = 500;

/** Of running agreements. Whom to call is for who hits, and for its owner. Throws FORBIDDEN. */
export function readArrangements({ database, keys, now }: ImportTools, viewer: Viewer) {
  const own = askingOrganisation(viewer);
  return database.unrestricted('show what may be matched', async (connection) => {
    const shown = [];
    for (const row of await listOpen(connection, own)) {
      const agreement = await runningAgreement(connection, own, row.agreement_id, now());
      if (agreement === null || livingKey(keys, row.key_id) === null) continue;
      const left = async (kind: AskKind, most: number): Promise<number> =>
        Math.max(0, most - (await askedSince(connection, row.id, kind, startOfDay(now()))));
      shown.push({
        id: row.id,
        version: row.version,
        agreementId: row.agreement_id,
        ownerId: row.owner_id,
        askerId: row.asker_id,
        kinds: row.kinds,
        minimumBatch: row.minimum_batch,
        dailyQuota: row.daily_quota,
        dailySingle: row.daily_single,
        leftToday: await left('batch', row.daily_quota),
        singlesLeftToday: await left('single', row.daily_single),
        publicKey: Buffer.from(row.public_key).toString('base64url'),
        contact: row.owner_id === own && viewer.role === 'data_officer' ? contactOf(keys, row) : null,
        openedAt: row.opened_at,
      });
    }
    return shown;
  });
}

/** A data officer sees all; another role what an asker said may be told to it or to its key. Throws FORBIDDEN, BAD_INPUT. */
export async function readAlerts({ database }: ImportTools, viewer: Viewer, first: number) {
  const { role, organisationId, keyId } = viewer;
  if (organisationId === null || !(TOLD_ROLES as readonly string[]).includes(role))
    throw new HeadwaterError(
      'FORBIDDEN',
      `a key of the role ${role} is told of no match; ask your data officer`,
    );
  if (!(first >= 1 && first <= MOST_ALERTS))
    throw new HeadwaterError('BAD_INPUT', `first: found ${first}, wanted 1 to ${MOST_ALERTS}`);
  const told = role === 'data_officer' ? null : [role, keyId];
  const rows = await database.unrestricted('show an owner who asked', (connection) =>
    listAlerts(connection, organisationId, told, first),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    at: row.at,
    askerId: row.asker_id,
    arrangementId: row.arrangement_id,
    purpose: row.purpose,
    tell: row.tell,
  }));
}
