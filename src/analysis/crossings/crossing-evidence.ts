/** What stands behind any group of crossings: cases, persons, independent origins and months. */
import type { Position } from '../../geo/position.ts';

/** An *observed* crossing. Crossings inferred from a straight leg are an artefact of the line: the caller leaves them out. */
export interface ObservedCrossing {
  readonly position: Position;
  /** Persons, at least. */
  readonly weight: number;
  readonly incident: string | number;
  /** Alpha-3 codes of the countries on both sides, in alphabetical order. */
  readonly border: readonly [string, string];
  /** "2024-03"; null when the time is not known to the month. */
  readonly month: string | null;
  /** Key of the independent origin; null when unknown. */
  readonly origin: string | null;
}

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

export function evidenceOf(crossings: readonly ObservedCrossing[]): CrossingEvidence {
  const months = [...new Set(crossings.flatMap(({ month }) => (month === null ? [] : [month])))].sort();
  const origins = new Set(crossings.flatMap(({ origin }) => (origin === null ? [] : [origin])));
  return {
    records: crossings.length,
    incidents: incidentsOf(crossings),
    personEvents: personsOf(crossings),
    independentOrigins: Math.max(1, origins.size),
    monthsActive: months.length,
    firstMonth: months[0] ?? null,
    lastMonth: months[months.length - 1] ?? null,
  };
}

export function incidentsOf(crossings: readonly ObservedCrossing[]): number {
  return new Set(crossings.map(({ incident }) => incident)).size;
}

export function personsOf(crossings: readonly ObservedCrossing[]): number {
  const largest = new Map<string | number, number>();
  for (const { incident, weight } of crossings)
    largest.set(incident, Math.max(weight, largest.get(incident) ?? 0));
  return [...largest.values()].reduce((sum, persons) => sum + persons, 0);
}

export function earliestOf(crossings: readonly ObservedCrossing[]): MonthOfIncidents | null {
  let earliest: string | null = null;
  for (const { month } of crossings)
    if (month !== null && (earliest === null || month < earliest)) earliest = month;
  if (earliest === null) return null;
  return { month: earliest, incidents: incidentsOf(crossings.filter(({ month }) => month === earliest)) };
}

export function undated(crossings: readonly ObservedCrossing[]): string[] {
  const count = crossings.filter(({ month }) => month === null).length;
  return count === 0
    ? []
    : [`${count} of ${crossings.length} crossings have no month: they count in every total and in no month.`];
}
