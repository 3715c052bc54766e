/** Ids are unguessable UUIDs, branded by what they name; where they come from is an argument, so that tests and demos repeat. */
import { randomUUID } from 'node:crypto';
import type { Random } from './random.ts';

export type Id<Name extends string> = string & { readonly __id: Name };

export type IdSource = () => string;

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text may be an id at all: the database refuses any other before it looks. */
export const isId = (text: string): boolean => ID.test(text);

export const randomIds: IdSource = randomUUID;

/** UUIDs of version 4's shape from a seeded source. For demos and tests only: they can be guessed. */
export function seededIds(random: Random): IdSource {
  return () => {
    const words = [random.int(2 ** 32), random.int(2 ** 32), random.int(2 ** 32), random.int(2 ** 32)];
    const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('');
    const variant = '89ab'.charAt(random.int(4));
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
}
