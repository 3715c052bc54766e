/** What may be a target, and until when something may be due. */
import type { ViewerReader } from '../../access/reader.ts';
import { notePerson } from '../../graphql/persons-read.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import { type OpenStage, TARGET_KINDS, type TargetKind } from '../../kernel/target-words.ts';
import { ENTITY_KINDS, ENTITY_ROLES } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import { HandWords } from '../own-records/hand-words.ts';
import { goneEntities, MOST_RECORDS } from './target.store.ts';
import { type OpenableRow, readOpenable, readRecordsOf, readStandings } from './target.view.ts';

const MOST_DAYS = 3_650;

/** The kind of what is one thing, there for the viewer, and may be acted against. */
export async function kindOf(reader: ViewerReader, ids: readonly string[]): Promise<Outcome<TargetKind>> {
  const rows = await openableRows(reader, ids);
  if (!rows.accepted) return rows;
  const [first, ...others] = rows.value as readonly [OpenableRow, ...OpenableRow[]];
  return areJoined([first], others) ? accept(first.kind as TargetKind) : refuse(APART);
}

/** Whether these are what the target is: of its kind, and each joined to what is seen of it. */
export async function joinsOf(
  reader: ViewerReader,
  targetId: string,
  ids: readonly string[],
): Promise<Outcome<undefined>> {
  const rows = await openableRows(reader, ids);
  if (!rows.accepted) return rows;
  const seen = await readOpenable(reader, await readRecordsOf(reader, targetId));
  notePersons(reader, seen);
  // Who is held for nothing is matched with nothing.
  const own = seen.filter(({ ended }) => !ended);
  const [first] = own;
  if (first === undefined)
    return refuse({
      where: 'id',
      found: 'a target of which nothing is seen that may be held against somebody',
      wanted: 'one with such a record, to know what belongs to it',
    });
  const [added] = rows.value as readonly [OpenableRow, ...OpenableRow[]];
  if (added.kind !== first.kind)
    return refuse({ where: 'entityIds', found: added.kind, wanted: `what the target is: ${first.kind}` });
  return areJoined(own, rows.value) ? accept(undefined) : refuse(APART);
}

const APART: Reason = {
  where: 'entityIds',
  found: 'records that have no identifier and no name in common',
  wanted: 'records of one thing, each with an identifier or a name of another',
};

/** Of one kind. */
async function openableRows(
  reader: ViewerReader,
  ids: readonly string[],
): Promise<Outcome<readonly OpenableRow[]>> {
  if (ids.length === 0 || ids.length > MOST_RECORDS)
    return refuse({ where: 'entityIds', found: `${ids.length} ids`, wanted: `1 to ${MOST_RECORDS}` });
  const seen = new Map((await readOpenable(reader, ids.filter(isId))).map((row) => [row.id, row]));
  notePersons(reader, [...seen.values()]);
  const reasons = ids.flatMap((id, at): readonly Reason[] => {
    const where = `entityIds[${at}]`;
    const row = seen.get(id.toLowerCase());
    if (row === undefined) return [{ where, found: 'no such entity', wanted: 'an entity you can see' }];
    if (!TARGET_KINDS.some((kind) => kind === row.kind))
      return [{ where, found: row.kind, wanted: `one of ${TARGET_KINDS.join(', ')}` }];
    if (row.ended)
      return [
        {
          where,
          found:
            'a person who is held for nothing (cleared, a witness, or not reviewed in time), or what is theirs',
          wanted: 'what may be held against somebody',
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
  return reasons.length > 0 ? refuse(...reasons) : accept([...seen.values()]);
}

/** Whether each is joined to these by what two of them all share: an identifier, a name, a person. What persons are called is the part they had, and joins nobody. */
function areJoined(to: readonly OpenableRow[], rows: readonly OpenableRow[]): boolean {
  const marksOf = ({ kind, label, person_id: person, tokens }: OpenableRow): readonly string[] => [
    ...tokens,
    ...(person === null ? [] : [`person/${person}`]),
    ...(kind === 'individual' || isNoName(label) ? [] : [`name/${label}`]),
  ];
  const joined = new Set(to.flatMap(marksOf));
  let apart = rows.map(marksOf);
  for (;;) {
    const left = apart.filter((marks) => !marks.some((mark) => joined.has(mark)));
    if (left.length === apart.length) return left.length === 0;
    for (const marks of apart) if (!left.includes(marks)) for (const mark of marks) joined.add(mark);
    apart = left;
  }
}

/** What is shown in place of a name that is not known, or not shared: it joins nothing. */
const NO_NAMES: ReadonlySet<string> = new Set(
  [...ENTITY_KINDS, ...ENTITY_ROLES, 'agency', 'person in charge', 'location', 'place'].map(plain),
);

function isNoName(label: string): boolean {
  return NO_NAMES.has(plain(label));
}

function plain(label: string): string {
  return label.toLowerCase().replaceAll('_', ' ');
}

/** Whether a person is held for something, and with whom they share what, is told of that person. */
function notePersons(reader: ViewerReader, rows: readonly OpenableRow[]): void {
  for (const { id, kind, owner_id: ownerId } of rows)
    if (kind === 'individual') notePerson(reader, id, ownerId);
}

/** Of records that went, or were written anew, while they were looked at. */
export async function goneFaults(
  connection: Queryable,
  entityIds: readonly string[],
): Promise<readonly Reason[]> {
  return (await goneEntities(connection, entityIds)).map((id) => ({
    where: 'entityIds',
    found: `${id}, which is no more`,
    wanted: 'an entity as it is now: read it again and repeat',
  }));
}

export function dayFaults(now: Date, dueOn: string): readonly Reason[] {
  const words = new HandWords(now);
  words.anyDay('dueOn', dueOn);
  const [least, most] = [0, MOST_DAYS].map((days) => dayAfter(now, days)) as [string, string];
  if (words.reasons.length === 0 && dueOn < least)
    words.refuse('dueOn', `the past day ${dueOn}`, `a day that is not over: ${least} or later`);
  if (words.reasons.length === 0 && dueOn > most)
    words.refuse('dueOn', dueOn, `a day within ten years: ${most} or before`);
  return words.reasons;
}

/** Ready or referred is only what somebody may be held for: not once all of it is gone, or its person cleared. */
export async function unheldFaults(
  reader: ViewerReader,
  targetId: string,
  stage: OpenStage,
): Promise<readonly Reason[]> {
  if ((stage !== 'ready' && stage !== 'referred') || !isId(targetId)) return [];
  const [standing] = await readStandings(reader, [targetId]);
  if (standing !== undefined) return [];
  return [
    {
      where: 'stage',
      found: 'a target of which nothing is seen that may be held against somebody',
      wanted: 'one with such a record',
    },
  ];
}

/** "2026-11-30", of UTC. */
function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
