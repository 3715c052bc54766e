/** What stands behind any group of crossings: cases, persons, independent origins and months. */
import type { CrossingColumns } from './crossing-columns.ts';
import type { CrossingSites } from './crossing-sites.ts';

export interface MonthOfIncidents {
  /** Like 2026-04. */
  readonly month: string;
  readonly incidents: number;
}

/** What any group of crossings amounts to. */
export interface CrossingEvidence {
  readonly records: number;
  readonly incidents: number;
  /** At least: each incident by its largest record, as its records may be several reports of one party, or one party met twice. */
  readonly personEvents: number;
  /** Distinct known origins; 1 when none is known, since unknown ones may all be the same. */
  readonly independentOrigins: number;
  readonly monthsActive: number;
  readonly firstMonth: string | null;
  readonly lastMonth: string | null;
}

/** Adds up groups of sites, one group after another, in time that grows with their rows alone: marks of an earlier group are told by its number. */
export class CrossingTally {
  readonly #columns: CrossingColumns;
  readonly #sites: CrossingSites;
  readonly #incidentMarks: Int32Array;
  readonly #originMarks: Int32Array;
  readonly #monthMarks: Int32Array;
  /** Persons of each incident's largest record in this group. */
  readonly #largest: Float64Array;
  #group = 0;

  constructor(columns: CrossingColumns, sites: CrossingSites) {
    this.#columns = columns;
    this.#sites = sites;
    this.#incidentMarks = new Int32Array(columns.incidentCount);
    this.#originMarks = new Int32Array(columns.originCount);
    this.#monthMarks = new Int32Array(columns.months.length);
    this.#largest = new Float64Array(columns.incidentCount);
  }

  evidenceOf(group: ArrayLike<number>): CrossingEvidence {
    const { origin, month, months } = this.#columns;
    const { starts, rows } = this.#sites;
    const { incidents, persons } = this.#countCases(group);
    let [records, origins, active] = [0, 0, 0];
    let [first, last] = [months.length, -1];
    for (let i = 0; i < group.length; i += 1) {
      for (let at = starts[group[i]!]!; at < starts[group[i]! + 1]!; at += 1) {
        const row = rows[at]!;
        records += 1;
        if (origin[row]! >= 0 && mark(this.#originMarks, origin[row]!, this.#group)) origins += 1;
        const then = month[row]!;
        if (then < 0 || !mark(this.#monthMarks, then, this.#group)) continue;
        active += 1;
        first = Math.min(first, then);
        last = Math.max(last, then);
      }
    }
    return {
      records,
      incidents,
      personEvents: persons,
      independentOrigins: Math.max(1, origins),
      monthsActive: active,
      firstMonth: months[first] ?? null,
      lastMonth: months[last] ?? null,
    };
  }

  /** Of all rows. */
  get incidents(): number {
    const seen = new Uint8Array(this.#columns.incidentCount);
    for (const incident of this.#columns.incident) seen[incident] = 1;
    return seen.reduce((sum, one) => sum + one, 0);
  }

  casesAt(site: number): { readonly incidents: number; readonly persons: number } {
    return this.#countCases([site]);
  }

  /** The first month known of a site, and its incidents of that month. */
  earliestAt(site: number): MonthOfIncidents | null {
    const { month, months, incident } = this.#columns;
    const { starts, rows } = this.#sites;
    let first = months.length;
    for (let at = starts[site]!; at < starts[site + 1]!; at += 1)
      if (month[rows[at]!]! >= 0) first = Math.min(first, month[rows[at]!]!);
    const name = months[first];
    if (name === undefined) return null;
    this.#group += 1;
    let incidents = 0;
    for (let at = starts[site]!; at < starts[site + 1]!; at += 1) {
      const row = rows[at]!;
      if (month[row] === first && mark(this.#incidentMarks, incident[row]!, this.#group)) incidents += 1;
    }
    return { month: name, incidents };
  }

  #countCases(group: ArrayLike<number>): { incidents: number; persons: number } {
    const { incident, persons: personsOf } = this.#columns;
    const { starts, rows } = this.#sites;
    this.#group += 1;
    let [incidents, persons] = [0, 0];
    for (let i = 0; i < group.length; i += 1) {
      for (let at = starts[group[i]!]!; at < starts[group[i]! + 1]!; at += 1) {
        const own = incident[rows[at]!]!;
        const party = personsOf[rows[at]!]!;
        const isNew = mark(this.#incidentMarks, own, this.#group);
        if (isNew) incidents += 1;
        const known = isNew ? 0 : this.#largest[own]!;
        if (isNew || party > known) {
          persons += Math.max(party, 0) - known;
          this.#largest[own] = Math.max(party, 0);
        }
      }
    }
    return { incidents, persons };
  }
}

export function undated({ month, count }: CrossingColumns): string[] {
  const without = month.reduce((sum, then) => (then < 0 ? sum + 1 : sum), 0);
  return without === 0
    ? []
    : [`${without} of ${count} crossings have no month: they count in every total and in no month.`];
}

/** Whether it was not marked in this group before. */
function mark(marks: Int32Array, at: number, group: number): boolean {
  if (marks[at] === group) return false;
  marks[at] = group;
  return true;
}
