/** What the asking side does by itself, without a hub: blinds its list, checks the proof, and finds which of it the owner knows. */
import { normaliseSelector } from '../../intake/formats/selectors.ts';
import { MATCH_KINDS, type MatchKind } from './match-words.ts';
import { type Blinded, blindInput, ELEMENT_BYTES, selectorInput, unblindAll } from './oblivious.ts';
import { contactToken, hitsIn } from './token-set.ts';

export interface ListedSelector {
  readonly kind: MatchKind;
  /** As it was written. */
  readonly value: string;
}

export interface BlindedList {
  /** In the order of the points; what is the same but for its spelling is there once. */
  readonly selectors: readonly ListedSelector[];
  readonly blinded: readonly Blinded[];
  /** What the hub is sent, in base64url. */
  readonly points: string;
}

/** As GraphQL answers it. */
export interface AnsweredBatch {
  readonly publicKey: string;
  readonly evaluated: string;
  readonly proof: string;
  readonly salt: string;
  readonly tokens: string;
}

export interface Hit extends ListedSelector {
  /** Asks whom to call. */
  readonly contactToken: string;
}

export const isMatchKind = (kind: string): kind is MatchKind =>
  (MATCH_KINDS as readonly string[]).includes(kind);

/** Selectors that normalise to one are one: the hub counts what it is sent. What normalises to nothing is left out. */
export function distinctSelectors(list: readonly ListedSelector[]): readonly ListedSelector[] {
  const seen = new Map<string, ListedSelector>();
  for (const { kind, value } of list) {
    const selector = normaliseSelector(kind, value, true);
    if (selector === null || seen.has(`${kind}\0${selector.value}`)) continue;
    seen.set(`${kind}\0${selector.value}`, { kind, value });
  }
  return [...seen.values()];
}

export function blindList(list: readonly ListedSelector[]): BlindedList {
  const selectors = distinctSelectors(list);
  const blinded = selectors.map(({ kind, value }) =>
    blindInput(selectorInput(kind, normaliseSelector(kind, value, true)?.value ?? '')),
  );
  const points = Buffer.concat(blinded.map((each) => each.blinded)).toString('base64url');
  return { selectors, blinded, points };
}

/** Throws when the answer does not prove that it was made with that public key. */
export function hitsOf(
  { selectors, blinded }: BlindedList,
  answer: AnsweredBatch,
  publicKey: string,
): readonly Hit[] {
  const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64url'));
  const points = bytes(answer.evaluated);
  const evaluated = Array.from({ length: points.length / ELEMENT_BYTES }, (_, at) =>
    points.slice(at * ELEMENT_BYTES, (at + 1) * ELEMENT_BYTES),
  );
  const outputs = unblindAll(blinded, { evaluated, proof: bytes(answer.proof) }, bytes(publicKey));
  return hitsIn(bytes(answer.tokens), bytes(answer.salt), outputs).map((at) => ({
    ...(selectors[at] as ListedSelector),
    contactToken: contactToken(outputs[at] as Uint8Array).toString('base64url'),
  }));
}
