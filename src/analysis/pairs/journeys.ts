/** Journeys as pairs of cells, and what stands behind some of them. */

export interface Journey {
  readonly incidentId: string;
  /** The same for incidents that are one event. */
  readonly event: string;
  /** Root origin of what is known; empty when it is not known. */
  readonly origin: string;
  readonly owner: string;
  /** "2026-04", or empty. */
  readonly month: string;
  /** Cells as text; empty where an end is not known as finely. */
  readonly from: string;
  readonly to: string;
  /** Somebody was seen where it ended; else that is stated or inferred. */
  readonly isObserved: boolean;
}

/** What stands behind journeys of one pair, or of several. */
export interface JourneyEvidence {
  /** Events. */
  readonly incidents: number;
  /** Distinct known root origins; 1 when none is known, since unknown ones may all be the same. */
  readonly independentOrigins: number;
  /** Share of the events in which nobody was seen at the destination. */
  readonly notObservedShare: number;
  /** Ascending, as many as were asked for. */
  readonly incidentIds: readonly string[];
}

export function readJourneyLines(blocks: readonly string[]): readonly Journey[] {
  return blocks.flatMap((block) =>
    block.split('\n').map((line): Journey => {
      const [incidentId, event, origin, owner, month, from, to, kind] = line.split('\t') as Fields;
      return { incidentId, event, origin, owner, month, from, to, isObserved: kind === 'observed' };
    }),
  );
}

type Fields = [string, string, string, string, string, string, string, string];

export function evidenceOf(journeys: readonly Journey[], mostIds: number): JourneyEvidence {
  const events = new Set(journeys.map(({ event }) => event));
  const observed = new Set(journeys.filter(({ isObserved }) => isObserved).map(({ event }) => event));
  const origins = new Set(journeys.map(({ origin }) => origin).filter((origin) => origin !== ''));
  const ids = mostIds === 0 ? [] : [...new Set(journeys.map(({ incidentId }) => incidentId))].sort();
  return {
    incidents: events.size,
    independentOrigins: Math.max(1, origins.size),
    notObservedShare: events.size === 0 ? 0 : (events.size - observed.size) / events.size,
    incidentIds: ids.slice(0, mostIds),
  };
}
