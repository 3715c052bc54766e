/** Moves every living record that follows a place reference to what the reference says now, and composes their journeys anew. */
import type { IdSource } from '../../kernel/ids.ts';
import type { Atlas } from '../../places/gazetteer.service.ts';
import type { Queryable } from '../../platform/database.ts';
import { itinerary } from '../composition/journey.ts';
import { crossingColumns, isOverland, type PlacedPoint } from '../composition/journey-crossings.ts';
import type { StoredPlace } from '../composition/stored-place.ts';
import { keepJourneys } from './past-readings.store.ts';
import {
  followed,
  type JourneyRow,
  type LivingCrossing,
  lockReportsPlaced,
  moveFlows,
  moveIncidents,
  moveWaypoints,
  readCrossings,
  readJourneys,
  replaceCrossings,
  tellOutbox,
  writeItineraries,
} from './placed-records.store.ts';

/** How many records of each kind are no longer as they were. */
export interface MovedRecords {
  incidents: number;
  waypoints: number;
  movements: number;
  crossings: number;
  flowObservations: number;
  stations: number;
}

export function nothingMoved(): MovedRecords {
  return { incidents: 0, waypoints: 0, movements: 0, crossings: 0, flowObservations: 0, stations: 0 };
}

/** Movements composed anew at a time. */
const A_CHUNK = 1_000;

/** Gathers what one act moves, so that a journey that names several of its references is composed once, after all of them. */
export class RecordMover {
  readonly moved = nothingMoved();
  readonly #reports = new Set<string>();
  readonly #movements = new Set<string>();
  readonly #flows = new Set<string>();
  /** From when on the records say what they are moved to. */
  readonly #moment: string;

  constructor(moment: string) {
    this.#moment = moment;
  }

  async follow(
    connection: Queryable,
    referenceId: string,
    from: StoredPlace,
    to: StoredPlace,
  ): Promise<void> {
    const old = followed(referenceId, from);
    // Whoever raises a marking or ends a release moves their rows to other classes, and waits for no import.
    await lockReportsPlaced(connection, referenceId);
    const reports = await moveIncidents(connection, old, to, this.#moment);
    const waypoints = await moveWaypoints(connection, old, to, this.#moment);
    const flows = await moveFlows(connection, old, to, this.#moment);
    this.moved.incidents += reports.length;
    this.moved.waypoints += waypoints.length;
    for (const id of reports) this.#reports.add(id);
    for (const { movement_id, report_id } of waypoints) {
      this.#movements.add(movement_id);
      this.#reports.add(report_id);
    }
    for (const id of flows) this.#flows.add(id);
  }

  /** Journeys composed, and the outbox told: of the act's references under `topic`, and of every record that moved. */
  async finish(
    connection: Queryable,
    atlas: Atlas,
    ids: IdSource,
    topic: string,
    references: readonly string[],
  ): Promise<void> {
    const movements = [...this.#movements];
    this.moved.movements = movements.length;
    this.moved.flowObservations = this.#flows.size;
    for (let start = 0; start < movements.length; start += A_CHUNK)
      this.moved.crossings += await recompose(
        connection,
        atlas,
        ids,
        movements.slice(start, start + A_CHUNK),
        this.#moment,
      );
    const entries = (name: string, objects: Iterable<string>) =>
      Array.from(objects, (object_id) => ({ topic: name, object_id }));
    await tellOutbox(connection, [
      ...entries(topic, references),
      ...entries('report.placed', this.#reports),
      ...entries('flow.placed', this.#flows),
    ]);
  }
}

/** Crossings that stay where they were keep everything; those that only moved keep their id. Returns how many came, went or moved. */
async function recompose(
  connection: Queryable,
  atlas: Atlas,
  ids: IdSource,
  movementIds: readonly string[],
  moment: string,
): Promise<number> {
  const journeys = Map.groupBy(await readJourneys(connection, movementIds), (row) => row.movement_id);
  const living = Map.groupBy(await readCrossings(connection, movementIds), (row) => row.movement_id);
  const itineraries = [];
  const written = [];
  const gone: string[] = [];
  for (const [id, rows] of journeys) {
    const points = rows.map(pointOf);
    itineraries.push({ id, ...itinerary(points) });
    const before = new Map((living.get(id) ?? []).map((crossing) => [keyOf(crossing), crossing]));
    for (const crossing of crossingColumns(points, atlas)) {
      const old = before.get(keyOf(crossing));
      before.delete(keyOf(crossing));
      const stays =
        old?.longitude === crossing.longitude &&
        old.latitude === crossing.latitude &&
        old.cell === crossing.cell;
      if (!stays) written.push({ ...crossing, id: old?.id ?? ids(), movement_id: id });
    }
    gone.push(...[...before.values()].map((crossing) => crossing.id));
  }
  await keepJourneys(connection, movementIds, moment);
  await writeItineraries(connection, itineraries);
  await replaceCrossings(connection, gone, written);
  return gone.length + written.length;
}

function pointOf({
  kind,
  basis,
  mode,
  country,
  longitude,
  latitude,
  uncertainty_km,
}: JourneyRow): PlacedPoint {
  return {
    kind,
    basis,
    country,
    position: longitude === null || latitude === null ? null : [longitude, latitude],
    uncertaintyKm: uncertainty_km,
    overland: isOverland(mode),
  };
}

function keyOf({
  kind,
  ordinal,
  from_country,
  to_country,
}: Pick<LivingCrossing, 'kind' | 'ordinal' | 'from_country' | 'to_country'>): string {
  return `${kind} ${ordinal} ${from_country} ${to_country}`;
}
