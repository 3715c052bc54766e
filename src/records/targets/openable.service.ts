/** What may be a target, and until when something may be due. */
import type { ViewerReader } from '../../access/reader.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { TARGET_KINDS, type TargetKind } from '../../kernel/target-words.ts';
import { HandWords } from '../own-records/hand-words.ts';
import { readOpenable } from './target.view.ts';

const MOST_ENTITIES = 50;

/** One kind, as far as all of it is there for the viewer and may be acted against. */
export async function kindOf(reader: ViewerReader, ids: readonly string[]): Promise<Outcome<TargetKind>> {
  if (ids.length === 0 || ids.length > MOST_ENTITIES)
    return refuse({ where: 'entityIds', found: `${ids.length} ids`, wanted: `1 to ${MOST_ENTITIES}` });
  const seen = new Map((await readOpenable(reader, ids.filter(isId))).map((row) => [row.id, row]));
  const reasons = ids.flatMap((id, at): readonly Reason[] => {
    const where = `entityIds[${at}]`;
    const row = seen.get(id);
    if (row === undefined) return [{ where, found: 'no such entity', wanted: 'an entity you can see' }];
    if (!TARGET_KINDS.some((kind) => kind === row.kind))
      return [{ where, found: row.kind, wanted: `one of ${TARGET_KINDS.join(', ')}` }];
    if (row.ended)
      return [
        {
          where,
          found: 'a person who is held for nothing: cleared, a witness, or not reviewed in time',
          wanted: 'a person whose suspicion stands',
        },
      ];
    return [];
  });
  const kinds = [...new Set([...seen.values()].map(({ kind }) => kind))];
  if (reasons.length === 0 && kinds.length > 1)
    reasons.push({
      where: 'entityIds',
      found: kinds.toSorted().join(' and '),
      wanted: 'records of one thing',
    });
  return reasons.length > 0 ? refuse(...reasons) : accept(kinds[0] as TargetKind);
}

export function dayFaults(now: Date, dueOn: string): readonly Reason[] {
  const words = new HandWords(now);
  words.anyDay('dueOn', dueOn);
  // A day may have begun elsewhere while it is the one before by the hub's clock.
  const least = new Date(now.getTime() - 12 * 3_600_000).toISOString().slice(0, 10);
  if (words.reasons.length === 0 && dueOn < least)
    words.refuse('dueOn', `the past day ${dueOn}`, `a day that is not over: ${least} or later`);
  return words.reasons;
}
