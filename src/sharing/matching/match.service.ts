/** Hit or no hit: one selector by its keyed token, a batch through the oblivious PRF, and whom to call. */

import type { Viewer } from '../../access/viewer.ts';
import { normaliseSelector } from '../../intake/formats/selectors.ts';
import type { ImportTools } from '../../intake/imports/import-tools.service.ts';
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import type { ActRequest, DoneOnce } from '../../records/acts/once.service.ts';
import { unseal } from '../../vault/sealing.ts';
import { contactPlace } from './arrangement.service.ts';
import type { ArrangementRow } from './arrangement.store.ts';
import { lookupToken } from './arrangement-key.ts';
import { type AskSaid, keepAsk } from './ask.service.ts';
import { findAsk } from './ask.store.ts';
import { type MatchKind, MOST_BATCH } from './match-words.ts';
import { refreshTokens } from './prepare.service.ts';
import { standingNow } from './standing.service.ts';
import { contactsOf, countKnown } from './token.store.ts';
import { TOKEN_BYTES } from './token-set.ts';

/** Refused, ignored and absent are the second. */
export type MatchResult = { readonly hit: true; readonly contact: string } | { readonly hit: false };

const FINGERPRINT_BYTES = 8;
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** A value of which nothing usable is left is refused, whoever is asked. */
export async function matchOne(
  tools: ImportTools,
  request: ActRequest,
  asked: AskSaid,
  kind: MatchKind,
  value: string,
): Promise<Outcome<MatchResult>> {
  const { keys } = tools;
  const selector = normaliseSelector(kind, value, true);
  if (selector === null)
    return refuse({ where: 'value', found: `what is no ${kind}`, wanted: `a ${kind} as it is written down` });
  const token = keys.token(`selector/${kind}`, selector.value);
  const month = tools.now().toISOString().slice(0, 7);
  const domain = `match/${request.viewer.organisationId ?? ''}/${asked.owner}/${month}`;
  const fingerprint = keys.token(domain, `${kind}\0${selector.value}`).subarray(0, FINGERPRINT_BYTES);
  const size = { kind: 'single', selectors: 1, selectorKind: kind, fingerprint } as const;
  const kept = await keepAsk(
    tools,
    request,
    asked,
    [kind, selector.value],
    size,
    async (connection, open, now) => {
      if (open === null) return countKnown(connection, NOBODY, 'lookup', [keys.token('match/nobody', kind)]);
      const key = keys.read(open.key_id);
      await refreshTokens(tools, connection, open, key, [token], now);
      return countKnown(connection, open.id, 'lookup', [lookupToken(key, kind, token)]);
    },
  );
  return kept.accepted ? accept(await resultOf(tools, request.viewer, asked, kept.value)) : kept;
}

/** `tokens`: those of hits alone, in base64url; what is none of the arrangement's is no hit. */
export async function matchContact(
  tools: ImportTools,
  request: ActRequest,
  asked: AskSaid,
  tokens: readonly string[],
): Promise<Outcome<MatchResult>> {
  const given = [...new Set(tokens)].map((token) => Buffer.from(token, 'base64url'));
  if (given.length === 0 || given.length > MOST_BATCH || given.some(({ length }) => length !== TOKEN_BYTES))
    return refuse({
      where: 'tokens',
      found: `${given.length}, of ${[...new Set(given.map(({ length }) => length))].slice(0, 5).join(', ')} bytes`,
      wanted: `1 to ${MOST_BATCH}, each of ${TOKEN_BYTES} bytes`,
    });
  const size = { kind: 'follow_up', selectors: given.length, selectorKind: null, fingerprint: null } as const;
  const kept = await keepAsk(tools, request, asked, [tokens], size, async (connection, open, now) => {
    if (open === null) return countKnown(connection, NOBODY, 'contact', given);
    const own = await contactsOf(connection, open.id, given);
    await refreshTokens(tools, connection, open, tools.keys.read(open.key_id), own, now);
    return countKnown(connection, open.id, 'contact', given);
  });
  return kept.accepted ? accept(await resultOf(tools, request.viewer, asked, kept.value)) : kept;
}

/** Of what was kept, as long as it may still be asked: the same request repeated after the end is answered as any other then. */
function resultOf(
  { database, keys, now }: ImportTools,
  { organisationId }: Viewer,
  asked: AskSaid,
  { recordId }: DoneOnce,
): Promise<MatchResult> {
  return database.unrestricted('answer who asked for a match', async (connection) => {
    const askerId = organisationId ?? '';
    const ask = await findAsk(connection, askerId, recordId);
    const { arrangement, refusal } = await standingNow(keys, connection, askerId, asked, now());
    if (ask?.hits == null || ask.hits === 0 || refusal !== null || arrangement?.id !== ask.arrangement_id)
      return { hit: false };
    return { hit: true, contact: contactOf(keys, arrangement) };
  });
}

export function contactOf(keys: ImportTools['keys'], { id, key_id, contact }: ArrangementRow): string {
  return unseal(keys.read(key_id), contactPlace(id), contact);
}
