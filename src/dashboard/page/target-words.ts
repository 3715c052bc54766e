/** What a target is called, and what is said of it. */
import { say, wordFor } from '../words/words.ts';

const TOOK_PART = /^took_part_as_(\w+)$/;

interface Named {
  readonly kind: string;
  readonly entities: readonly { readonly label: string }[];
}

/** The name of its first record that is seen, and of how many more. A person is called by the part it had. */
export function nameOf({ kind, entities }: Named): string {
  const names = [
    ...new Set(entities.map(({ label }) => (kind === 'INDIVIDUAL' ? wordFor('entityRole', label) : label))),
  ];
  const [first] = names;
  if (first === undefined) return say('targets.nameless');
  return names.length === 1 ? first : `${first} ${say('count.more', { count: names.length - 1 })}`;
}

/** A claim is a code: that something took part, and as what. */
export function claimWords(claim: string): string {
  const role = TOOK_PART.exec(claim)?.[1];
  return role === undefined
    ? claim.replaceAll('_', ' ')
    : say('targets.tookPart', { role: wordFor('entityRole', role) });
}
