/** Identifiers that stand on a possible victim, or on somebody else protected, in the vault: known to this process alone, and written nowhere. */
import { normaliseSelector } from '../../intake/formats/selectors.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { breathing } from '../../kernel/breathing.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import type { Queryable } from '../../platform/database.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import { unseal } from '../../vault/sealing.ts';
import { MATCH_KINDS, type MatchKind } from './match-words.ts';
import { protectedItems, type SealedRow, sealedItems } from './matchable.store.ts';
import { phoneForms } from './phone-forms.ts';

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
  // What is known of them now: another request, which sees an item less, may forget it while this one waits.
  const known = new Map([...opened].filter(([id]) => there.has(id)));
  for (const id of opened.keys()) if (!there.has(id)) opened.delete(id);
  const unknown = [...there].filter((id) => !known.has(id));
  const breath = breathing();
  for (const item of unknown.length === 0 ? [] : await sealedItems(connection, unknown)) {
    await breath.taken();
    const tokens = tokensIn(keys, item);
    known.set(item.id, tokens);
    opened.set(item.id, tokens);
  }
  const all = new Set([...known.values()].flat());
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
  const tokenOf = (kind: MatchKind, value: string) => shortened(keys.token(`selector/${kind}`, value));
  const tokens = fields.flatMap((field) => [
    ...MATCH_KINDS.flatMap((kind) => {
      const selector = normaliseSelector(kind, field, true);
      return selector === null ? [] : [tokenOf(kind, selector.value)];
    }),
    ...phoneForms(field).map((form) => tokenOf('phone', form)),
  ]);
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
