/** Monitoring stations a chunk of drafts speaks of: found or made, placed by their own position or by the gazetteer. */

import type { Position } from '../../geo/position.ts';
import type { DecidedDraft, WriteContext } from '../../intake/imports/import-types.ts';
import type { PlaceDraft } from '../../intake/reports/report-draft.ts';
import { STATION_INTERDICTIONS } from '../../kernel/vocabulary.ts';
import { nearestBorder } from '../../places/border-crossings.ts';
import { type Atlas, ensurePlaces } from '../../places/gazetteer.service.ts';
import { nearestCrossingPoint } from '../../places/nearest-crossing-point.ts';
import { foldName } from '../../places/normalise-name.ts';
import type { Queryable } from '../../platform/database.ts';
import { type NewStation, type StationRow, upsertStations } from './composition.store.ts';
import type { CompositionTools } from './composition-tools.ts';
import { resolveMention } from './kept-places.ts';

export class StationDesk {
  readonly #byKey: ReadonlyMap<string, StationRow>;

  constructor(rows: readonly StationRow[]) {
    this.#byKey = new Map(rows.map((row) => [keyOf(row.normalised, row.location), row]));
  }

  static async open(
    { ids, atlas }: CompositionTools,
    connection: Queryable,
    batch: WriteContext,
    drafts: readonly DecidedDraft[],
  ): Promise<StationDesk> {
    const wanted = new Map<string, NewStation>();
    for (const { draft } of drafts) {
      if (draft.type === 'flow' || draft.type === 'weight' || draft.station === null) continue;
      const normalised = foldName(draft.station);
      const location = foldName(draft.monitoringLocation ?? '');
      const key = keyOf(normalised, location);
      if (normalised === '' || wanted.has(key)) continue;
      const place: PlaceDraft = {
        text: draft.station,
        ...whereStands(draft),
        level: 'locality',
        uncertaintyKm: null,
      };
      const stored = resolveMention({ place, home: false, hints: [] }, atlas);
      // Where staff stand in a district is not its middle: a position taken from there would pass for a gate's.
      const position = stored.level === 'admin' ? null : stored.position;
      wanted.set(key, {
        id: ids(),
        name: draft.station,
        normalised,
        location,
        country: stored.country,
        place_id: postNear(position, atlas) ?? stored.placeId,
        longitude: position?.[0] ?? null,
        latitude: position?.[1] ?? null,
      });
    }
    if (wanted.size === 0) return new StationDesk([]);
    await ensurePlaces(
      connection,
      atlas,
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

/** What a draft says of the station's own place; of an arrest's place nothing follows for the station. */
function whereStands(
  draft: Exclude<DecidedDraft['draft'], { readonly type: 'flow' | 'weight' }>,
): Pick<PlaceDraft, 'position' | 'country'> {
  if (draft.type === 'report') return { position: null, country: draft.incident.place.country };
  if (draft.type !== 'interdiction') return { position: draft.position, country: draft.country };
  return {
    position: STATION_INTERDICTIONS.includes(draft.kind) ? draft.place.position : null,
    country: draft.place.country,
  };
}

/** A gate this near a known post stands at it: the town beside it is not where people cross. */
const AT_POST_KM = 10;

function postNear(position: Position | null, { borders, posts }: Atlas): string | null {
  const border = position === null ? null : nearestBorder(borders, position, AT_POST_KM);
  if (position === null || border === null) return null;
  return nearestCrossingPoint(posts, position, border.countries, AT_POST_KM)?.place.id ?? null;
}

function keyOf(normalised: string, location: string): string {
  return `${normalised}|${location}`;
}
