/** What persons are held for, once more by plain loops: decided, lapsed, and whose things are left out for it. */
import { type Shown, sightOf } from './oracle.ts';
import type { Json, Onlooker } from './oracle-answers.ts';

/** The suspicion of a person's entity as the viewer sees it at a moment; null where there is none. */
export function suspicionNode(onlooker: Onlooker, entity: Shown, at: string | null = null): Json | null {
  const row = suspicionRow(onlooker, entity, at);
  if (row === undefined) return null;
  const c = row.columns;
  const upper = (word: unknown): string | null => (typeof word === 'string' ? word.toUpperCase() : null);
  return {
    status: upper(c.status),
    basis: upper(c.basis),
    basisOn: c.basis_on,
    reviewedAt: c.reviewed_at,
    reviewerId: c.reviewer_id,
    dueAt: c.due_at,
    lapsedAt: c.lapsed_at,
    version: c.version,
  };
}

/** Every decision about an organisation's own person; of another's, none. */
export function suspicionHistory({ world, viewer }: Onlooker, entity: Shown): readonly Json[] {
  return world.rows
    .filter((row) => row.table === 'suspicion' && row.columns.person_id === entity.columns.person_id)
    .filter((row) => row.owner === viewer.organisation && sightOf(world, viewer, row) === 'full')
    .map(({ columns: c }) => ({
      version: c.version,
      status: String(c.status).toUpperCase(),
      basis: String(c.basis).toUpperCase(),
      basisOn: c.basis_on,
      reviewerId: c.reviewer_id,
      knownFrom: c.known_from,
      knownTo: c.known_to,
      dueAt: c.due_at,
    }))
    .toSorted((a, b) => Number(a.version) - Number(b.version));
}

export function statusOf(onlooker: Onlooker, entity: Shown, at: string | null): string | null {
  return (suspicionRow(onlooker, entity, at)?.columns.status as string | undefined) ?? null;
}

/** Rows of persons who are suspected no more, and of things written down as theirs, or as somebody's whom a sight in part does not show. */
export function unsuspected(onlooker: Onlooker, at: string | null): ReadonlySet<string> {
  const persons = onlooker
    .table('entity', at)
    .filter(({ columns }) => columns.kind === 'individual')
    .filter((row) => !['suspect', 'charged', 'convicted'].includes(statusOf(onlooker, row, at) ?? ''))
    .map(({ rowId }) => rowId);
  const things = onlooker
    .table('entity_link', at)
    .filter(({ columns }) => columns.kind === 'uses' && persons.includes(columns.from_entity as string))
    .map(({ columns }) => columns.to_entity as string);
  const nobodys = onlooker
    .table('entity', at)
    .filter(({ sight, columns }) => sight !== 'full' && columns.kind !== 'individual')
    .filter(({ rowId }) =>
      onlooker
        .table('participation')
        .some(({ columns }) => columns.entity_id === rowId && columns.role === 'used'),
    )
    .filter(
      ({ rowId }) =>
        !onlooker
          .table('entity_link', at)
          .some(({ columns }) => columns.kind === 'uses' && columns.to_entity === rowId),
    )
    .map(({ rowId }) => rowId);
  return new Set([...persons, ...things, ...nobodys]);
}

function suspicionRow(onlooker: Onlooker, entity: Shown, at: string | null): Shown | undefined {
  const { person_id: person } = entity.columns;
  return (person ?? null) === null
    ? undefined
    : onlooker.table('suspicion', at).find(({ columns }) => columns.person_id === person);
}
