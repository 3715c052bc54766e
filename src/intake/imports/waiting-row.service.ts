/** Working off the quarantine row by row: what may be shown of a row that waits, leaving it out for a reason, and letting it wait again. */
import type { Viewer } from '../../access/viewer.ts';
import { recordEvent } from '../../audit/audit.store.ts';
import { accept, type Outcome, type Reason, refuse, saidOnce } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { unseal } from '../../vault/sealing.ts';
import { columnKey } from '../formats/column-names.ts';
import type { ImportProfile } from '../formats/profile.ts';
import { type ColumnTold, columnsOf } from '../formats/profile-columns.ts';
import { findProfile } from '../formats/profiles/named.ts';
import { readOwnProfile } from '../formats/profiles/own.ts';
import { shownCell } from '../formats/shown-cell.ts';
import type { Cells } from '../formats/source-rows.ts';
import { optionsOf } from './import-options.ts';
import type { ImportTools } from './import-tools.service.ts';
import {
  type FoundRow,
  findWaiting,
  type LeftOutReason,
  settleRow,
  unsettleRow,
  type WaitingBatch,
  type WaitingRow,
} from './settled-row.store.ts';
import { importingOrganisation } from './small-file.service.ts';

export interface RowField {
  readonly column: string;
  readonly value: string | null;
  readonly shape: string;
  readonly meaning: string;
  readonly takes: string;
  readonly goes: string;
  /** Whether a reason speaks of it. */
  readonly wrong: boolean;
}

export interface RowShown {
  readonly line: number;
  readonly profile: string;
  readonly reasons: readonly Reason[];
  readonly fields: readonly RowField[];
  /** Null where it can be mended here; else why not. */
  readonly unmendable: string | null;
  readonly leftOut: LeftOutReason | null;
}

/** Another organisation's, one that is mended and one that never was are one answer. */
export const NO_ROW: Reason = {
  where: 'line',
  found: 'no row that waits there',
  wanted: 'the line of a row of your organisation that waits in quarantine',
};

/** Null where no row waits there. Throws FORBIDDEN where the role never imports. */
export async function readWaitingRow(
  tools: ImportTools,
  viewer: Viewer,
  batchId: string,
  line: number,
): Promise<RowShown | null> {
  const { id } = importingOrganisation(viewer);
  const found = await tools.database.unrestricted('show a row that waits', async (connection) => {
    const there = await waitingRow(connection, id, batchId, line);
    if (there !== null) await leaveTrace(connection, tools.now(), viewer, there, 'show_waiting_row', {});
    return there;
  });
  if (found === null) return null;
  const { batch, row } = found;
  const profile = findProfile(batch.profile);
  const cells = cellsOf(tools, found, row);
  const told = new Map((profile === null ? [] : columnsOf(profile)).map((one) => [columnKey(one.name), one]));
  const refused = new Set(row.reasons.map(({ where }) => columnKey(where.replace(/^line \d+, /, ''))));
  return {
    line: row.line,
    profile: batch.profile,
    reasons: saidOnce(row.reasons),
    fields: Object.entries(cells ?? {}).map(([key, text]) => fieldOf(key, text, told.get(key), refused)),
    unmendable: cells === null ? NO_CELLS : unmendable(batch, profile),
    leftOut: row.left_out,
  };
}

/** That row alone: the others of its id wait on, and are mended without it. Throws FORBIDDEN. */
export async function leaveOut(
  tools: ImportTools,
  viewer: Viewer,
  target: { readonly batchId: string; readonly line: number },
  reason: LeftOutReason,
): Promise<Outcome<number>> {
  return settling(tools, viewer, target, 'leave_row_out', { reason }, (connection, found, settled) =>
    settleRow(connection, settled, found.row, { mendedBy: null, reason }),
  );
}

/** Throws FORBIDDEN. */
export async function letWait(
  tools: ImportTools,
  viewer: Viewer,
  target: { readonly batchId: string; readonly line: number },
): Promise<Outcome<number>> {
  return settling(tools, viewer, target, 'let_row_wait', {}, async (connection, found) => {
    await unsettleRow(connection, found.batch.id, found.row.row_number);
    return true;
  });
}

export async function waitingRow(
  connection: Queryable,
  ownerId: string,
  batchId: string,
  line: number,
): Promise<FoundRow | null> {
  return isId(batchId) && Number.isInteger(line) ? findWaiting(connection, ownerId, batchId, line) : null;
}

/** Null where nothing is kept of it, or where it could not be cut into its cells. */
export function cellsOf({ keys }: ImportTools, { batch }: FoundRow, row: WaitingRow): Cells | null {
  const broken = keys.token(`broken/${batch.owner_id}`, `${batch.id}/${row.row_number}`);
  if (row.raw === null || Buffer.from(broken).equals(Buffer.from(row.group_digest))) return null;
  const text = unseal(keys.read(batch.key_id), `import_row/raw/${batch.id}/${row.row_number}`, row.raw);
  return JSON.parse(text) as Cells;
}

/** The profile that read the file, as it was then. `given`: of an organisation's own, which the hub does not keep. */
export function profileOfBatch(batch: WaitingBatch, given: string | null): Outcome<ImportProfile> {
  const read = given === null ? findProfile(batch.profile) : null;
  const profile = given === null ? (read === null ? null : accept(read)) : readOwnProfile(given);
  if (profile === null)
    return refuse({
      where: 'profileJson',
      found: 'none, for a file that a profile of your own read',
      wanted: `the profile ${batch.profile} as JSON text`,
    });
  if (!profile.accepted) return profile;
  if (Object.keys(batch.options.lookups).length > 0)
    return refuse({
      where: 'profile',
      found: 'one that joins other files',
      wanted: 'the mended file together with them: npx headwater import',
    });
  const { profile: now } = optionsOf({ profile: profile.value });
  return now === batch.options.profile
    ? profile
    : refuse({
        where: 'profile',
        found: 'another than the one that read the file',
        wanted: 'the mended file, read anew with the profile of now',
      });
}

const NO_CELLS = 'it could not be cut into its cells, or nothing is kept of it: mend the file';

function unmendable(batch: WaitingBatch, profile: ImportProfile | null): string | null {
  if (profile === null) return null;
  const known = profileOfBatch(batch, null);
  return known.accepted ? null : (known.reasons[0]?.wanted ?? null);
}

function fieldOf(
  key: string,
  text: string,
  told: ColumnTold | undefined,
  refused: ReadonlySet<string>,
): RowField {
  const column = told?.name ?? key;
  const wrong = refused.has(key);
  return {
    column,
    ...shownCell(column, text, told, wrong),
    meaning: told?.meaning ?? 'not mapped',
    takes: told?.accepts ?? 'anything',
    goes: told?.goes ?? 'sealed raw row',
    wrong,
  };
}

async function settling(
  tools: ImportTools,
  viewer: Viewer,
  { batchId, line }: { readonly batchId: string; readonly line: number },
  action: string,
  detail: Readonly<Record<string, string>>,
  /** False where somebody else was first. */
  work: (
    connection: Queryable,
    found: FoundRow,
    settled: {
      readonly batchId: string;
      readonly ownerId: string;
      readonly keyId: string;
      readonly now: Date;
    },
  ) => Promise<boolean>,
): Promise<Outcome<number>> {
  const { id: ownerId } = importingOrganisation(viewer);
  return tools.database.unrestricted('settle a row that waits', async (connection) => {
    const found = await waitingRow(connection, ownerId, batchId, line);
    if (found === null) return refuse(NO_ROW);
    const now = tools.now();
    if (!(await work(connection, found, { batchId: found.batch.id, ownerId, keyId: viewer.keyId, now })))
      return refuse(NO_ROW);
    await leaveTrace(connection, now, viewer, found, action, detail);
    return accept(line);
  });
}

async function leaveTrace(
  connection: Queryable,
  now: Date,
  { keyId }: Viewer,
  { batch, row }: FoundRow,
  action: string,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  await recordEvent(connection, now, {
    organisationId: batch.owner_id,
    keyId,
    action,
    objectKind: 'import_batch',
    objectIds: [batch.id],
    purpose: null,
    detail: { line: row.line, ...detail },
  });
}
