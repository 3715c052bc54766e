/** What stands behind each of many figures, for whoever gathered movements or incidents into groups. */
import type { ViewerReader } from '../../access/reader.ts';
import type { AskedMovements } from '../movements/movement-search.service.ts';
import { corroboratedIncidents } from '../same-incident/corroborated.service.ts';
import { howKnownOf, NO_EVIDENCE } from './how-known.ts';
import type { HowKnown } from './how-known.type.ts';
import { readEvidence } from './how-known.view.ts';

/**
 * One for each group, in their order, from one grouped query (and the one that finds corroborated incidents). `asked`: the question that found
 * the groups, so that nothing is counted that it left out. A group of `most` ids or more is said not to be complete.
 */
export async function findHowKnown(
  reader: ViewerReader,
  asked: AskedMovements,
  by: 'movement' | 'incident',
  groups: readonly (readonly string[])[],
  most: number,
): Promise<readonly HowKnown[]> {
  if (groups.length === 0) return [];
  const distinct = groups.map((ids) => [...new Set(ids)]);
  const members = {
    numbers: distinct.flatMap((ids, number) => ids.map(() => number)),
    ids: distinct.flat(),
  };
  const corroborated = await corroboratedIncidents(reader, asked.asKnown);
  const rows = await readEvidence(reader, asked, by, members, corroborated);
  const byNumber = new Map(rows.map(({ number, ...row }) => [number, row]));
  return groups.map((ids, number) => howKnownOf(byNumber.get(number) ?? NO_EVIDENCE, ids.length < most));
}
