/** Keeping an arrangement's tokens in step with the owner's records: before every answer, and evaluating only what is new. */
import type { KeyObject } from 'node:crypto';
import { normaliseSelector } from '../../intake/formats/selectors.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import type { Queryable } from '../../platform/database.ts';
import { unseal } from '../../vault/sealing.ts';
import type { ArrangementRow } from './arrangement.store.ts';
import { arrangementKey, lookupToken } from './arrangement-key.ts';
import { evaluateKnownApart } from './evaluate-work.ts';
import { listMatchable, type SealedRow, sealedOfTokens } from './matchable.store.ts';
import { selectorInput } from './oblivious.ts';
import { protectedTokens } from './protected-tokens.service.ts';
import { keepOutputs, keepTokens, listUnevaluated, type UnevaluatedRow } from './token.store.ts';
import { contactToken } from './token-set.ts';

/** Evaluated and kept at once: some seconds of work, so that a caller who gives up leaves most of it done. */
const AT_ONCE = 2_000;

/**
 * Inside the transaction that answers: what was excluded, or became a victim's, a moment ago is not in it. `among`: what is asked for, by the
 * hub's own tokens; null: everything.
 */
export async function refreshTokens(
  tools: ImportTools,
  connection: Queryable,
  arrangement: ArrangementRow,
  key: KeyObject,
  among: readonly Uint8Array[] | null,
  now: Date,
): Promise<void> {
  const isProtected = await protectedTokens(tools, connection, arrangement.owner_id, now);
  const rows = await listMatchable(connection, arrangement.owner_id, arrangement.kinds, among, now);
  await keepTokens(
    connection,
    arrangement.id,
    rows
      .filter(({ token }) => !isProtected(token))
      .map(({ selector_id, kind, token }) => ({ selector_id, lookup: lookupToken(key, kind, token) })),
    among,
  );
}

/** Between transactions: it takes a millisecond or two for each selector that is new. */
export async function evaluateTokens(
  tools: ImportTools,
  arrangement: ArrangementRow,
  key: KeyObject,
): Promise<void> {
  const { secretKey } = arrangementKey(key, arrangement.id);
  for (let after: string | null = null; ; ) {
    const { rows, values } = await tools.database.unrestricted(
      'open what is to be evaluated',
      async (connection) => {
        const found = await listUnevaluated(connection, arrangement.id, after, AT_ONCE);
        const tokens = found.map(({ token }) => token);
        const sealed =
          tokens.length === 0 ? [] : await sealedOfTokens(connection, arrangement.owner_id, tokens);
        return { rows: found, values: valuesOf(tools, sealed) };
      },
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.selector_id;
    const known = rows.flatMap((row) => {
      const value = values.get(nameOf(row));
      return value === undefined ? [] : [{ row, input: selectorInput(row.kind, value) }];
    });
    const outputs = await evaluateKnownApart(
      secretKey,
      known.map(({ input }) => input),
    );
    await tools.database.unrestricted('keep what was evaluated', (connection) =>
      keepOutputs(
        connection,
        arrangement.id,
        outputs.map((output, at) => ({
          selector_id: known[at]?.row.selector_id ?? '',
          output,
          contact: contactToken(output),
        })),
      ),
    );
  }
}

/** Normalised values by kind and token. What cannot be opened is in no set; a single look-up finds it all the same. */
function valuesOf({ keys }: ImportTools, sealed: readonly SealedRow[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const item of sealed)
    for (const { kind, value } of selectorsIn(keys, item)) {
      const selector = normaliseSelector(kind, value, true);
      if (selector === null) continue;
      const token = keys.token(`selector/${selector.kind}`, selector.value);
      values.set(nameOf({ kind: selector.kind, token }), selector.value);
    }
  return values;
}

interface Written {
  readonly kind: string;
  readonly value: string;
}

function selectorsIn(keys: ImportTools['keys'], item: SealedRow): readonly Written[] {
  try {
    const text = unseal(keys.read(item.key_id), `vault_item/sealed/${item.id}`, item.sealed);
    return (JSON.parse(text) as { readonly selectors?: readonly Written[] }).selectors ?? [];
  } catch (error) {
    if (error instanceof HeadwaterError) return [];
    throw error;
  }
}

const nameOf = ({ kind, token }: Pick<UnevaluatedRow, 'kind' | 'token'>): string =>
  `${kind}/${Buffer.from(token).toString('base64')}`;
