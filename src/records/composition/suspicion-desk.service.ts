/** Persons of a chunk of drafts: what each is held for at first, and who in a corrected report is who was reviewed. */
import type { DecidedDraft, WriteContext } from '../../intake/imports/import-types.ts';
import type { IdSource } from '../../kernel/ids.ts';
import type { Suspicion } from '../../kernel/vocabulary.ts';
import type { Queryable } from '../../platform/database.ts';
import { isProtectedRole } from '../same-incident/protected-roles.ts';
import type { CompositionTools } from './composition-tools.ts';
import { copySuspicions, findEarlierPersons, suspicionDue } from './person.store.ts';
import { type EarlierPerson, matchPersons, type ToldPerson } from './same-person.ts';

export class SuspicionDesk {
  /** When what nobody reviews lapses. */
  readonly due: Date;
  /** Reports that do not name somebody any more about whom something was decided. */
  readonly lost: string[] = [];
  readonly #earlier: ReadonlyMap<string, readonly EarlierPerson[]>;
  readonly #ids: IdSource;
  /** Persons by the report they are of. */
  readonly #followed = new Map<string, string[]>();

  constructor(due: Date, earlier: ReadonlyMap<string, readonly EarlierPerson[]>, ids: IdSource) {
    this.due = due;
    this.#earlier = earlier;
    this.#ids = ids;
  }

  /** `corrected` are ids of reports whose version before is history already. */
  static async open(
    { ids }: CompositionTools,
    connection: Queryable,
    { ownerId, now }: WriteContext,
    drafts: readonly DecidedDraft[],
    corrected: readonly string[],
  ): Promise<SuspicionDesk> {
    const reports = drafts.filter(({ draft }) => draft.type === 'report');
    const again = reports.map(({ recordId }) => recordId).filter((id) => corrected.includes(id));
    const due = reports.length === 0 ? now : await suspicionDue(connection, ownerId, now);
    const earlier = again.length === 0 ? new Map() : await findEarlierPersons(connection, again);
    return new SuspicionDesk(due, earlier, ids);
  }

  /** Ids of the persons told, for a report that was told before; null: somebody new. */
  match(reportId: string, told: readonly ToldPerson[]): readonly (string | null)[] {
    const earlier = this.#earlier.get(reportId) ?? [];
    if (earlier.length === 0) return told.map(() => null);
    const found = matchPersons(told, earlier);
    this.#followed.set(reportId, [
      ...(this.#followed.get(reportId) ?? []),
      ...found.filter((id) => id !== null),
    ]);
    if (earlier.some(({ personId, reviewed }) => reviewed && !found.includes(personId)))
      this.lost.push(reportId);
    return found;
  }

  /** What was decided is seen by whoever sees the person now: a correction may have marked the report otherwise. */
  async follow(connection: Queryable, classOf: (reportId: string) => number): Promise<void> {
    const byClass = new Map<number, string[]>();
    for (const [reportId, persons] of this.#followed) {
      const classId = classOf(reportId);
      byClass.set(classId, [...(byClass.get(classId) ?? []), ...persons]);
    }
    for (const [classId, persons] of byClass)
      if (persons.length > 0) await copySuspicions(connection, this.#ids, persons, classId);
  }
}

/** Null for those whom a report protects: they are suspected of nothing. */
export function firstSuspicion(role: string): Suspicion | null {
  if (WITNESS.test(role)) return 'witness';
  return isProtectedRole(role) ? null : 'suspect';
}

const WITNESS = /witness|informant|complainant/i;
