/** Corridors from movements as objects: for a viewer's own selection, and for tests; millions go in as columns. */

import type { Derivation } from '../derivation.ts';
import {
  type Corridor,
  type CorridorParameters,
  DEFAULT_CORRIDOR_PARAMETERS,
  mineCorridors,
} from './corridors.ts';
import { type CorridorMovement, movementColumns } from './movement-columns.ts';
import type { PlaceGraph } from './place-graph.ts';

export interface Corridors extends Derivation<CorridorParameters> {
  /** Most incidents first. */
  readonly corridors: readonly Corridor[];
  /** Ids of the movements that travel a corridor, ascending. */
  memberMovements(corridor: Corridor): readonly string[];
  /** The key of the corridor each movement fits best, by movement id: the longest it contains, then the one with most incidents. */
  assignMovements(): ReadonlyMap<string, string | null>;
}

/** A movement given twice is one. Returns (purpose 'return') are left out by the caller: they never build corridors. */
export function deriveCorridors(
  given: Iterable<CorridorMovement>,
  places: PlaceGraph,
  parameters: CorridorParameters = DEFAULT_CORRIDOR_PARAMETERS,
): Corridors {
  const { columns, movements, records } = movementColumns(given);
  const mined = mineCorridors(columns, places, parameters);
  const corridors = Array.from({ length: mined.size }, (_, number) => mined.corridor(number));
  const numbers = new Map(corridors.map(({ key }, number) => [key, number]));
  const { refused, method, version, unknowns, counts } = mined;
  return {
    refused,
    method,
    version,
    parameters,
    counts: { records, incidents: counts.incidents },
    unknowns,
    corridors,
    memberMovements: ({ key }) => {
      const number = numbers.get(key);
      return number === undefined
        ? []
        : Array.from(mined.memberRows(number), (row) => movements[row]!.movement).sort();
    },
    assignMovements: () =>
      new Map(
        Array.from(mined.assignRows(), (number, row) => [
          movements[row]!.movement,
          corridors[number]?.key ?? null,
        ]),
      ),
  };
}
