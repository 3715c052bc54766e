/** `headwater match`: run at a partner, finds which of its own list an owner knows too, without showing the list to the hub. */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { HeadwaterError } from '../kernel/errors.ts';
import {
  type AnsweredBatch,
  blindList,
  distinctSelectors,
  type Hit,
  hitsOf,
  type ListedSelector,
} from '../sharing/matching/asking-side.ts';
import type { FreeCommand } from './commands.ts';
import { readMatchList } from './match-list.ts';
import { type PartnerClient, partnerClient } from './partner-client.ts';

/** What no other ending has: the hub answers under another key than the one that was agreed. */
const OTHER_KEY = 3;
/** A hub that evaluates an owner's list for the first time is at it for minutes; what it has done it keeps. */
const TRIES = 20;

const OPEN = '{ matchingArrangements { agreementId owner kinds minimumBatch leftToday publicKey } }';
const BATCH = `mutation ($ask: MatchAskInput!, $blinded: String!, $key: String!) { done: matchBatch(ask: $ask, blinded: $blinded, idempotencyKey: $key) {
  ... on MatchBatch { publicKey evaluated proof salt tokens } ... on ActRefused { reasons { where found wanted } } } }`;
const CONTACT = `mutation ($ask: MatchAskInput!, $tokens: [String!]!, $key: String!) { done: matchContact(ask: $ask, tokens: $tokens, idempotencyKey: $key) {
  ... on MatchAnswer { verdict contact } ... on ActRefused { reasons { where found wanted } } } }`;

const OPTIONS = {
  hub: { type: 'string' },
  'key-file': { type: 'string' },
  owner: { type: 'string' },
  agreement: { type: 'string' },
  purpose: { type: 'string' },
  'case-reference': { type: 'string' },
  tell: { type: 'string' },
  'public-key': { type: 'string' },
  'follow-up': { type: 'boolean', default: false },
} as const;

export const MATCH: FreeCommand = {
  usage:
    'match --hub ADDRESS --key-file FILE --owner ORG --agreement ID --purpose PURPOSE --case-reference REF --tell ROLE|KEY [--public-key KEY] [--follow-up] FILE.csv',
  summary:
    'at a partner, without the hub: which of its own list an owner knows too; the hub learns neither the list nor what hit',
  details: [
    'FILE.csv      columns kind and value; kinds: phone, plate, registration, passport, account, agency, establishment, name',
    '--tell        who on the owner’s side may be told of a follow-up: data_officer, investigator, analyst, or the id of a key',
    '--public-key  the arrangement’s, as it was written down; without it the one that the hub shows now is believed',
    '--follow-up   asks whom to call about the hits: the owner is told that you asked, and not about which',
    'exits with 3 when the hub answers under another key',
  ],
  run: async (args, say) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
    const [file, ...others] = positionals;
    const given = values as Readonly<Record<string, string | boolean | undefined>>;
    const wanted = (name: keyof typeof OPTIONS): string => {
      const value = given[name];
      if (typeof value === 'string' && value !== '') return value;
      throw new HeadwaterError('BAD_INPUT', `found no --${name}, wanted: npx headwater ${MATCH.usage}`);
    };
    if (file === undefined || others.length > 0)
      throw new HeadwaterError('BAD_INPUT', `wanted one file: npx headwater ${MATCH.usage}`);
    const ask = {
      owner: wanted('owner'),
      agreementId: wanted('agreement'),
      purpose: wanted('purpose').toUpperCase(),
      caseReference: wanted('case-reference'),
      tell: wanted('tell'),
    };
    const client = partnerClient(wanted('hub'), wanted('key-file'));
    const { selectors: read, left } = await readMatchList(file);
    for (const line of left) say(line);
    const open = await openTo(client, ask);
    const kinds = new Set(open.kinds.map((kind) => kind.toLowerCase()));
    const list = distinctSelectors(read.filter(({ kind }) => kinds.has(kind)));
    if (list.length < distinctSelectors(read).length)
      say(`${distinctSelectors(read).length - list.length} are of kinds that are not open to you: left out`);
    fitsQuota(list, open);
    const publicKey = values['public-key'] ?? open.publicKey;
    const blinded = blindList(list);
    const answer = await client.retried<{ done: AnsweredBatch | Refused }>(
      BATCH,
      { ask, blinded: blinded.points, key: randomUUID() },
      TRIES,
    );
    const batch = notRefused(answer.done);
    if (batch.publicKey !== publicKey) {
      say('the hub answers under another key than the one agreed: nothing of its answer was used');
      return OTHER_KEY;
    }
    const hits = provenHits(blinded, batch, publicKey);
    if (hits === null) {
      say('the hub does not prove that it used the key agreed: nothing of its answer was used');
      return OTHER_KEY;
    }
    for (const { kind, value } of hits) say(`${kind},${quoted(value)}`);
    say(`${hits.length} of ${list.length} are known to ${ask.owner}`);
    if (hits.length > 0 && values['follow-up']) await followUp(client, ask, hits, say);
    return 0;
  },
};

interface Open {
  readonly agreementId: string;
  readonly owner: string;
  readonly kinds: readonly string[];
  readonly minimumBatch: number;
  readonly leftToday: number;
  readonly publicKey: string;
}

interface Refused {
  readonly reasons: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
}

/** Throws FORBIDDEN when nothing is open: the hub would answer as if nobody knew anything. */
async function openTo(
  client: PartnerClient,
  { owner, agreementId }: { readonly owner: string; readonly agreementId: string },
): Promise<Open> {
  const { matchingArrangements } = await client.ask<{ matchingArrangements: readonly Open[] }>(OPEN);
  const open = matchingArrangements.find(
    (each) => each.owner === owner && each.agreementId === agreementId.toLowerCase(),
  );
  if (open !== undefined) return open;
  throw new HeadwaterError(
    'FORBIDDEN',
    'found nothing open to you now, wanted matching that the owner opened under an agreement that runs',
  );
}

function fitsQuota(list: readonly ListedSelector[], { minimumBatch, leftToday }: Open): void {
  if (list.length < minimumBatch)
    throw new HeadwaterError(
      'BAD_INPUT',
      `found a list of ${list.length}, wanted ${minimumBatch} at least: a short list asks after somebody`,
    );
  if (list.length > leftToday)
    throw new HeadwaterError(
      'BAD_INPUT',
      `found a list of ${list.length}, wanted ${leftToday} at most: what is left of today’s quota`,
    );
}

function provenHits(...[blinded, batch, publicKey]: Parameters<typeof hitsOf>): readonly Hit[] | null {
  try {
    return hitsOf(blinded, batch, publicKey);
  } catch {
    return null;
  }
}

async function followUp(
  client: PartnerClient,
  ask: object,
  hits: readonly Hit[],
  say: (line: string) => void,
): Promise<void> {
  const tokens = hits.map(({ contactToken }) => contactToken);
  const { done } = await client.ask<{ done: { readonly contact: string | null } | Refused }>(CONTACT, {
    ask,
    tokens,
    key: randomUUID(),
  });
  const { contact } = notRefused(done);
  say(contact === null ? 'nobody to call is named any more' : `call ${contact}`);
}

function notRefused<T extends object>(done: T | Refused): T {
  if (!('reasons' in done)) return done;
  const words = done.reasons.map(({ where, found, wanted }) => `${where}: found ${found}, wanted ${wanted}`);
  throw new HeadwaterError('BAD_INPUT', `the hub refuses: ${words.join('; ')}`);
}

const quoted = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
