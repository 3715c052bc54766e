/**
 * Who imports for an organisation now. A lock of the database cannot be held from one pooled connection to the next, so the batch names
 * its importer, who renews the claim with every transaction; an importer that died is believed for a short while and then replaced.
 */
import { HeadwaterError } from '../../kernel/errors.ts';
import type { Queryable } from '../../platform/database.ts';

/** Seconds without a sign of life after which an importer counts as dead. */
export const LEASE_SECONDS = 30;

/** By the database's clock, which all importers share. */
const UNTIL = `clock_timestamp() + interval '${LEASE_SECONDS} seconds'`;

interface Claim {
  readonly id: string;
  readonly file_name: string;
  readonly importer: string;
  readonly live: boolean;
  readonly seconds: number;
}

/**
 * Until the transaction ends nobody else begins or undoes an import of this organisation, and no import is running: a dead one's claim is
 * taken away. `abandoned` names claims known to be dead. Throws BUSY, naming the file that is being imported.
 */
export async function claimOwner(
  connection: Queryable,
  ownerId: string,
  abandoned: ReadonlySet<string>,
): Promise<void> {
  await connection.query('select id from organisation where id = $1 for no key update', [ownerId]);
  const [claim] = await connection.query<Claim>(
    `select id, file_name, importer, importer_until > clock_timestamp() as live,
       greatest(1, ceil(extract(epoch from importer_until - clock_timestamp())))::int as seconds
     from import_batch where owner_id = $1 and importer is not null`,
    [ownerId],
  );
  if (claim === undefined) return;
  const known = abandoned.has(claim.importer);
  if (claim.live && !known) throw busy(claim);
  // Whoever holds the row is in the midst of a transaction, and so alive, however long ago it last said so.
  const freed = await connection.query(
    `select id from import_batch where id = $1 and importer = $2 and ($3::boolean or importer_until <= clock_timestamp())
     for update skip locked`,
    [claim.id, claim.importer, known],
  );
  if (freed.length === 0) throw busy(claim);
  await connection.execute(
    'update import_batch set importer = null, importer_until = null where id = $1 and importer = $2',
    [claim.id, claim.importer],
  );
}

function busy({ file_name, seconds }: Claim): HeadwaterError {
  return new HeadwaterError(
    'BUSY',
    `${file_name} is being imported for this organisation, and imports go one after the other: try again when it is done ` +
      `(an importer that died is given up after ${seconds} s)`,
  );
}

/** The transaction holds the organisation (`claimOwner`). */
export async function claimBatch(connection: Queryable, batchId: string, importer: string): Promise<void> {
  await connection.execute(`update import_batch set importer = $2, importer_until = ${UNTIL} where id = $1`, [
    batchId,
    importer,
  ]);
}

/** Locks the batch until the transaction ends. Throws CONFLICT when it is no longer this importer's, or no longer where it left it. */
export async function holdBatch(
  connection: Queryable,
  batchId: string,
  importer: string,
  state: string,
): Promise<void> {
  const [batch] = await connection.query<{ state: string; importer: string | null; file_name: string }>(
    'select state, importer, file_name from import_batch where id = $1 for update',
    [batchId],
  );
  if (batch?.importer === importer && batch.state === state) return;
  throw new HeadwaterError(
    'CONFLICT',
    `the import of ${batch?.file_name ?? 'this file'} gave no sign of life for too long and was taken over or undone; ` +
      'give the file again to go on',
  );
}

/** At the end of a transaction. A batch that it finished has no importer any more and stays so. */
export async function renewClaim(connection: Queryable, batchId: string, importer: string): Promise<void> {
  await connection.execute(
    `update import_batch set importer_until = ${UNTIL} where id = $1 and importer = $2`,
    [batchId, importer],
  );
}

export async function dropClaim(connection: Queryable, batchId: string, importer: string): Promise<void> {
  await connection.execute(
    'update import_batch set importer = null, importer_until = null where id = $1 and importer = $2',
    [batchId, importer],
  );
}

/** For a process that has the database to itself: whoever claimed something before is dead. */
export async function dropAllClaims(connection: Queryable): Promise<void> {
  await connection.execute(
    'update import_batch set importer = null, importer_until = null where importer is not null',
  );
}
