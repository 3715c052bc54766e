/** What stands behind each of several derived things, once they were found with their evidence. */
import type { ViewerReader } from '../access/reader.ts';
import { findHowKnown } from '../records/how-known/how-known.service.ts';
import type { HowKnown } from '../records/how-known/how-known.type.ts';
import type { AskedMovements } from '../records/movements/movement-search.service.ts';

/** Ids that are named of one thing. */
export const MOST_EVIDENCE = 10_000;

interface OfIncidents {
  readonly allIncidentIds: readonly string[];
  howKnown?: HowKnown | null;
}

interface OfMovements {
  readonly allMovementIds: readonly string[];
  howKnown?: HowKnown | null;
}

/** Of things that stand on incidents. */
export function tellHowKnown(
  reader: ViewerReader,
  asked: AskedMovements,
  things: readonly OfIncidents[],
): Promise<void> {
  return tell(reader, asked, 'incident', things, ({ allIncidentIds }) => allIncidentIds);
}

/** Of things that stand on some movements of their incidents. */
export function tellHowMovementsAreKnown(
  reader: ViewerReader,
  asked: AskedMovements,
  things: readonly OfMovements[],
): Promise<void> {
  return tell(reader, asked, 'movement', things, ({ allMovementIds }) => allMovementIds);
}

async function tell<Thing extends { howKnown?: HowKnown | null }>(
  reader: ViewerReader,
  asked: AskedMovements,
  kind: 'incident' | 'movement',
  things: readonly Thing[],
  idsOf: (thing: Thing) => readonly string[],
): Promise<void> {
  const known = await findHowKnown(reader, asked, kind, things.map(idsOf), MOST_EVIDENCE);
  for (const [number, thing] of things.entries()) thing.howKnown = known[number] ?? null;
}
