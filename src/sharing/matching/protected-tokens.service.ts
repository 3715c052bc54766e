/** Identifiers that stand on a possible victim, or on somebody else protected, in the vault: known to this process alone, and written nowhere. */
import { normaliseSelector } from '../../intake/formats/selectors.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import type { Queryable } from '../../platform/database.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import { unseal } from '../../vault/sealing.ts';
import { MATCH_KINDS } from './match-words.ts';
import { protectedItems, type SealedRow, sealedItems } from './matchable.store.ts';

/** By vault item, so that what was opened once is not opened at every request, and what was erased is forgotten. */
type Opened = Map<string, readonly string[]>;
const OPENED = new WeakMap<KeyStore, Map<string, Opened>>();

/** Nine bytes of a keyed digest: by chance equal once in 10^21. */
const KEPT_BYTES = 9;

/** Several in one field, as forms write telephone numbers. */
const BETWEEN = /[;,/\n]/;

/** Whether the hub's token of an identifier stands on one of the owner's moved persons, of whatever status, or on somebody else protected. */
export async function protectedTokens(
  { keys }: Pick<ImportTools, 'keys'>,
  connection: Queryable,
  ownerId: string,
  now: Date,
): Promise<(token: Uint8Array) => boolean> {
  const opened = openedOf(keys, ownerId);
  const there = new Set(await protectedItems(connection, ownerId, now));
  for (const id of opened.keys()) if (!there.has(id)) opened.delete(id);
  const unknown = [...there].filter((id) => !opened.has(id));
  if (unknown.length > 0)
    for (const item of await sealedItems(connection, unknown)) opened.set(item.id, tokensIn(keys, item));
  const all = new Set([...opened.values()].flat());
  return (token) => all.has(shortened(token));
}

/**
 * What a sealed value says is read as every kind it may be: a number typed as somebody's name is theirs too. What cannot be opened because
 * its key was destroyed protects nobody any more; where the key is in another folder, nothing is matched: BUSY is thrown.
 */
function tokensIn(keys: KeyStore, item: SealedRow): readonly string[] {
  let text: string;
  try {
    text = unseal(keys.read(item.key_id), `vault_item/sealed/${item.id}`, item.sealed);
  } catch (error) {
    if (error instanceof HeadwaterError && error.code === 'NOT_FOUND') return [];
    throw error;
  }
  const said = JSON.parse(text) as Readonly<Record<string, unknown>> & {
    readonly selectors?: readonly { readonly value: string }[];
  };
  const fields = [...Object.values(said), ...(said.selectors ?? []).map(({ value }) => value)].flatMap(
    (value) => (typeof value === 'string' ? [value, ...value.split(BETWEEN)] : []),
  );
  const tokens = fields.flatMap((field) =>
    MATCH_KINDS.flatMap((kind) => {
      const selector = normaliseSelector(kind, field, true);
      return selector === null ? [] : [shortened(keys.token(`selector/${kind}`, selector.value))];
    }),
  );
  return [...new Set(tokens)];
}

function openedOf(keys: KeyStore, ownerId: string): Opened {
  const owners = OPENED.get(keys) ?? new Map<string, Opened>();
  OPENED.set(keys, owners);
  const opened = owners.get(ownerId) ?? new Map<string, readonly string[]>();
  owners.set(ownerId, opened);
  return opened;
}

const shortened = (token: Uint8Array): string =>
  Buffer.from(token.subarray(0, KEPT_BYTES)).toString('base64');
