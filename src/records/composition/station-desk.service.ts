/** Monitoring stations a chunk of drafts speaks of: found or made, placed by their own position or by the gazetteer. */
import type { BatchContext, DecidedDraft } from '../../intake/imports/import-types.ts';
import type { PlaceDraft } from '../../intake/reports/report-draft.ts';
import type { Queryable } from '../../platform/database.ts';
import { ensurePlaces } from '../../places/gazetteer.service.ts';
import { foldName } from '../../places/normalise-name.ts';
import type { CompositionTools } from './composition.service.ts';
import { type NewStation, type StationRow, upsertStations } from './composition.store.ts';
import { storePlace } from './stored-place.ts';

export class StationDesk {
  readonly #byKey: ReadonlyMap<string, StationRow>;

  constructor(rows: readonly StationRow[]) {
    this.#byKey = new Map(rows.map((row) => [keyOf(row.normalised, row.location), row]));
  }

  static async open(
    { ids, atlas }: CompositionTools,
    connection: Queryable,
    batch: BatchContext,
    drafts: readonly DecidedDraft[],
  ): Promise<StationDesk> {
    const wanted = new Map<string, NewStation>();
    for (const { draft } of drafts) {
      if (draft.type === 'flow' || draft.station === null) continue;
      const normalised = foldName(draft.station);
      const location = foldName(draft.monitoringLocation ?? '');
      const key = keyOf(normalised, location);
      if (normalised === '' || wanted.has(key)) continue;
      const place: PlaceDraft = {
        text: draft.station,
        position: draft.type === 'effort' ? draft.position : null,
        country: draft.type === 'effort' ? draft.country : draft.incident.place.country,
        level: 'locality',
        uncertaintyKm: null,
      };
      const stored = storePlace(place, [], atlas());
      wanted.set(key, {
        id: ids(),
        name: draft.station,
        normalised,
        location,
        country: stored.country,
        place_id: stored.placeId,
        longitude: stored.position?.[0] ?? null,
        latitude: stored.position?.[1] ?? null,
      });
    }
    if (wanted.size === 0) return new StationDesk([]);
    await ensurePlaces(
      connection,
      [...wanted.values()].flatMap((station) => station.place_id ?? []),
    );
    return new StationDesk(
      await upsertStations(connection, batch.ownerId, batch.classes.effort, batch.batchId, [
        ...wanted.values(),
      ]),
    );
  }

  /** The location asked for, else any location of that station whose position is known. */
  find(station: string | null, location: string | null): StationRow | null {
    if (station === null) return null;
    const normalised = foldName(station);
    const exact = this.#byKey.get(keyOf(normalised, foldName(location ?? '')));
    if (exact !== undefined && exact.longitude !== null) return exact;
    const placed = [...this.#byKey.values()].find(
      (row) => row.normalised === normalised && row.longitude !== null,
    );
    return placed === undefined ? (exact ?? null) : { ...placed, id: exact?.id ?? placed.id };
  }
}

function keyOf(normalised: string, location: string): string {
  return `${normalised}|${location}`;
}
