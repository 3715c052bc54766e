/** A view for partner apps in the words of its readers, the same over GraphQL and as plain JSON. */
import { ATOM_RULES } from './atoms.ts';
import type { CountKey } from './count-levels.ts';

export const SHARED_NOTICE =
  `A cell that is not there is not available: fewer than ${ATOM_RULES.leastPersons} persons, ${ATOM_RULES.leastEvents} incidents or ${ATOM_RULES.leastContributors} organisations behind it, ` +
  `nobody who watched, or nobody who was found. These are not told apart, and what is not available is in no total either. A number changes by nothing or by ${ATOM_RULES.leastPersons} persons or more.`;

export interface Told {
  readonly epoch: number;
  readonly published_at: Date;
  readonly until: string;
  readonly digest: Uint8Array;
}

export function sharedEpoch({ epoch, published_at, until, digest }: Told) {
  return { epoch, publishedAt: published_at, until, digest: Buffer.from(digest).toString('hex') };
}

export function sharedCell({
  key,
  persons,
  incidents,
}: {
  readonly key: CountKey;
  readonly persons: number;
  readonly incidents: number;
}) {
  return {
    originCountry: key.origin ?? null,
    destinationCountry: key.destination ?? null,
    cell: key.place ?? key.area ?? null,
    period: key.quarter ?? key.year ?? null,
    persons,
    incidents,
  };
}
