/** How fast the audit log grows and is verified: `EVENTS` of them (a million), written the way the hub writes them but in bulk, then walked. */
import { createHash } from 'node:crypto';
import { type AuditEvent, CHAIN_START, hashEvent } from '../src/audit/chain.ts';
import { verifyLog } from '../src/audit/verify-log.store.ts';
import { randomIds } from '../src/kernel/ids.ts';
import { freshHub } from './fresh-hub.ts';

const EVENTS = Number(process.env.EVENTS ?? 1_000_000);
const LOT = 5_000;

const { hub, close } = await freshHub(() => undefined);
try {
  const head = await hub.database.unrestricted('read the head', async (connection) => {
    const [last] = await connection.query<{ sequence: bigint; hash: Uint8Array }>(
      'select sequence, hash from audit_event order by sequence desc limit 1',
    );
    return { sequence: Number(last?.sequence ?? 0n), hash: last?.hash ?? CHAIN_START };
  });
  let { sequence, hash } = head;
  const began = performance.now();
  while (sequence < head.sequence + EVENTS) {
    const rows: (AuditEvent & { readonly before: Uint8Array; readonly hash: Uint8Array })[] = [];
    for (let at = 0; at < LOT; at += 1) {
      sequence += 1;
      const event: AuditEvent = {
        sequence,
        at: new Date(Date.UTC(2026, 0, 1) + sequence * 1_000).toISOString(),
        organisationId: randomIds(),
        keyId: randomIds(),
        action: 'read_personal',
        objectKind: 'vault_item',
        objectIds: [randomIds(), randomIds()],
        purpose: 'safeguarding',
        detail: { items: 2, case: createHash('sha256').update(String(sequence)).digest('hex') },
      };
      const before = hash;
      hash = hashEvent(event, before);
      rows.push({ ...event, before, hash });
    }
    await hub.database.unrestricted('write events in bulk', (connection) =>
      connection.execute(
        `insert into audit_event (sequence, at, organisation_id, key_id, action, object_kind, object_ids, purpose, detail, previous_hash, hash)
         select sequence, at, "organisationId", "keyId", action, "objectKind", array(select jsonb_array_elements_text("objectIds")::uuid), purpose, detail, decode(before, 'hex'), decode(hash, 'hex')
         from jsonb_to_recordset($1::jsonb) as e(sequence bigint, at timestamptz, "organisationId" uuid, "keyId" uuid, action text, "objectKind" text, "objectIds" jsonb, purpose text, detail jsonb, before text, hash text)`,
        [
          JSON.stringify(
            rows.map((row) => ({
              ...row,
              before: Buffer.from(row.before).toString('hex'),
              hash: Buffer.from(row.hash).toString('hex'),
            })),
          ),
        ],
      ),
    );
  }
  console.log(`${EVENTS} events written in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const walked = performance.now();
  const verdict = await verifyLog(hub.database);
  const seconds = (performance.now() - walked) / 1000;
  console.log(
    `${hub.database.mode}: ${verdict.whole ? `${verdict.events} events, whole` : verdict.why}, verified in ${seconds.toFixed(1)} s, ` +
      `peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  );
} finally {
  await close();
}
