/** A batch through the oblivious PRF: points come in and go out, and the owner's tokens with them; the hub learns neither what was asked nor what hit. */
import { randomBytes } from 'node:crypto';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import type { ActRequest } from '../../records/acts/once.service.ts';
import { arrangementKey, nobodysKey } from './arrangement-key.ts';
import { type AskSaid, askingOrganisation, keepAsk } from './ask.service.ts';
import { findAsk } from './ask.store.ts';
import { evaluateBlindedApart } from './evaluate-work.ts';
import { MOST_BATCH } from './match-words.ts';
import { ELEMENT_BYTES, type ObliviousKey } from './oblivious.ts';
import { evaluateTokens, refreshTokens } from './prepare.service.ts';
import { standingNow } from './standing.service.ts';
import { listOutputs, listUnevaluated } from './token.store.ts';
import { SALT_BYTES, tokenSet } from './token-set.ts';

/** Longer than the command goes on trying while an owner's selectors are evaluated for the first time. */
const REPEATED_MS = 45 * 60_000;

export interface BatchAnswer {
  readonly publicKey: Uint8Array;
  /** One behind the other, in the order they were asked in. */
  readonly evaluated: Uint8Array;
  readonly proof: Uint8Array;
  readonly salt: Uint8Array;
  readonly tokens: Uint8Array;
}

/** `points`: one behind the other. Refused is answered under a key that is nobody's, with a set that holds nothing. */
export async function matchBatch(
  tools: ImportTools,
  request: ActRequest,
  asked: AskSaid,
  points: Uint8Array,
): Promise<Outcome<BatchAnswer>> {
  const askerId = askingOrganisation(request.viewer);
  const count = points.length / ELEMENT_BYTES;
  if (!Number.isInteger(count) || count < 1 || count > MOST_BATCH)
    return refuse({
      where: 'blinded',
      found: `${points.length} bytes`,
      wanted: `1 to ${MOST_BATCH} points of ${ELEMENT_BYTES} bytes`,
    });
  const size = { kind: 'batch', selectors: count, selectorKind: null, fingerprint: null } as const;
  const said = [Buffer.from(points).toString('base64')];
  const kept = await keepAsk(tools, request, asked, said, size, () => Promise.resolve(null));
  if (!kept.accepted) return kept;
  if (await isOver(tools, askerId, kept.value.recordId))
    return refuse({
      where: 'idempotencyKey',
      found: 'the key of a batch that was asked a while ago',
      wanted: 'a new key: what the owner knows now is another answer, counted and logged',
    });
  const { key, outputs } = (await openSet(tools, askerId, asked, kept.value.recordId)) ?? {
    key: nobodysKey(tools.keys, askerId),
    outputs: [],
  };
  const blinded = Array.from({ length: count }, (_, at) =>
    points.slice(at * ELEMENT_BYTES, (at + 1) * ELEMENT_BYTES),
  );
  const evaluation = await evaluateBlindedApart(key, blinded);
  if (evaluation === null)
    return refuse({ where: 'blinded', found: 'what is no point', wanted: 'points of ristretto255' });
  const salt = randomBytes(SALT_BYTES);
  return accept({
    publicKey: key.publicKey,
    evaluated: Buffer.concat(evaluation.evaluated),
    proof: evaluation.proof,
    salt,
    tokens: tokenSet(outputs, salt, randomBytes),
  });
}

/** Each set is counted and logged: a repeat may fetch what was on its way, and not what the owner learns later. */
function isOver(tools: ImportTools, askerId: string, askId: string): Promise<boolean> {
  return tools.database.unrestricted('see when a batch was asked', async (connection) => {
    const ask = await findAsk(connection, askerId, askId);
    return ask === null || tools.now().getTime() - ask.asked_at.getTime() > REPEATED_MS;
  });
}

interface OpenSet {
  readonly key: ObliviousKey;
  readonly outputs: readonly Uint8Array[];
}

/** Null when the asking was refused, or may be answered no more. The first time all of the owner's selectors are evaluated. */
async function openSet(
  tools: ImportTools,
  askerId: string,
  asked: AskSaid,
  askId: string,
): Promise<OpenSet | null> {
  const look = () =>
    tools.database.unrestricted('set out what a batch is compared with', async (connection) => {
      const ask = await findAsk(connection, askerId, askId);
      const now = tools.now();
      const { arrangement, refusal } = await standingNow(tools.keys, connection, askerId, asked, now);
      if (ask === null || ask.refusal !== null || refusal !== null || arrangement?.id !== ask.arrangement_id)
        return null;
      const key = tools.keys.read(arrangement.key_id);
      await refreshTokens(tools, connection, arrangement, key, null, now);
      const waiting = await listUnevaluated(connection, arrangement.id, null, 1);
      const outputs = await listOutputs(connection, arrangement.id);
      return { arrangement, key, outputs, complete: waiting.length === 0 };
    });
  let found = await look();
  if (found !== null && !found.complete) {
    await evaluateTokens(tools, found.arrangement, found.key);
    // What was suspended, excluded or erased meanwhile is not in it.
    found = await look();
  }
  if (found === null) return null;
  return { key: arrangementKey(found.key, found.arrangement.id), outputs: found.outputs };
}
