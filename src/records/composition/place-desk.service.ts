/** Places a chunk of drafts speaks of: each reference resolved once, kept once an owner, and shared by whatever names it again. */
import type { Position } from '../../geo/position.ts';
import type { DecidedDraft, WriteContext } from '../../intake/imports/import-types.ts';
import type { PlaceDraft, RecordDraft } from '../../intake/reports/report-draft.ts';
import { type Atlas, ensurePlaces } from '../../places/gazetteer.service.ts';
import { namesOnlyPlaces } from '../../places/place-words.ts';
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import { type PlaceReferenceRow, upsertPlaceReferences } from './composition.store.ts';
import type { CompositionTools } from './composition-tools.ts';
import { type Mention, mentionKey, resolveMention } from './kept-places.ts';
import type { StationDesk } from './station-desk.service.ts';
import { footprint, type StoredPlace } from './stored-place.ts';

export interface PlacedReference {
  readonly referenceId: string | null;
  readonly place: StoredPlace;
}

/** Texts judged, kept for the whole process. */
const MOST_KEPT = 50_000;

export class PlaceDesk {
  readonly #ids: ReadonlyMap<string, string>;
  readonly #digest: (mention: Mention) => string;
  readonly #atlas: Atlas;

  private constructor(ids: ReadonlyMap<string, string>, digest: (mention: Mention) => string, atlas: Atlas) {
    this.#ids = ids;
    this.#digest = digest;
    this.#atlas = atlas;
  }

  static async open(
    { ids, keys, atlas }: CompositionTools,
    connection: Queryable,
    batch: WriteContext,
    drafts: readonly DecidedDraft[],
    stations: StationDesk,
  ): Promise<PlaceDesk> {
    const digest = (mention: Mention): string =>
      bytesText(keys.token(`place/${batch.ownerId}`, mentionKey(mention)));
    const references = new Map<string, PlaceReferenceRow>();
    for (const { draft } of drafts) {
      for (const mention of mentionsOf(draft, stations)) {
        const at = digest(mention);
        if (references.has(at)) continue;
        references.set(at, referenceRow(ids(), at, mention, atlas));
      }
    }
    const named = [...references.values()].flatMap((row) =>
      [row.place_id ?? [], ...row.candidates.map(({ placeId }) => placeId)].flat(),
    );
    await ensurePlaces(connection, atlas, named);
    const known = await upsertPlaceReferences(connection, batch.ownerId, batch.classes.movement, [
      ...references.values(),
    ]);
    return new PlaceDesk(known, digest, atlas);
  }

  /** What a report says of places, homes aside, and what is more than their names: it may name somebody, so it is for the vault. */
  closedTexts(draft: RecordDraft): readonly string[] {
    if (draft.type !== 'report') return [];
    const texts = mentionsOf(draft, null).flatMap(({ place, home }) => (home ? [] : (place.text ?? [])));
    return [...new Set(texts)].filter((text) => text !== draft.station && !isOpen(text, this.#atlas));
  }

  find(place: PlaceDraft, home: boolean, hints: readonly Position[]): PlacedReference {
    const mention = { place, home, hints };
    return {
      referenceId: this.#ids.get(this.#digest(mention)) ?? null,
      place: resolveMention(mention, this.#atlas),
    };
  }
}

/** Positions of the same report make near places likelier: the station's, then what coordinates there are. */
export function hintsOf(draft: RecordDraft, stations: StationDesk | null): readonly Position[] {
  if (draft.type !== 'report' || stations === null) return [];
  const station = stations.find(draft.station, draft.monitoringLocation);
  const at: Position[] =
    station?.longitude != null && station.latitude !== null ? [[station.longitude, station.latitude]] : [];
  return at;
}

function mentionsOf(draft: RecordDraft, stations: StationDesk | null): readonly Mention[] {
  const hints = hintsOf(draft, stations);
  if (draft.type === 'report') {
    return [
      { place: draft.incident.place, home: false, hints },
      ...(draft.movement?.waypoints ?? []).map(({ place, basis }) => ({
        place,
        home: basis === 'residence',
        hints,
      })),
    ];
  }
  if (draft.type === 'flow') {
    return [draft.origin, draft.destination].flatMap((place) =>
      place === null ? [] : [{ place, home: false, hints }],
    );
  }
  return [];
}

/** Asked for in every report, and every report of a station says the same. */
const judged = new Map<string, boolean>();

function isOpen(text: string, { lookup }: Atlas): boolean {
  let open = judged.get(text);
  if (open === undefined) {
    open = namesOnlyPlaces(text, lookup);
    if (judged.size >= MOST_KEPT) judged.clear();
    judged.set(text, open);
  }
  return open;
}

/** The words of a home are an address, and words that are no names of places may be anybody's: they stay in the vault. */
function referenceRow(id: string, digest: string, mention: Mention, atlas: Atlas): PlaceReferenceRow {
  const place = resolveMention(mention, atlas);
  const { text } = mention.place;
  return {
    id,
    digest,
    written: mention.home || text === null || !isOpen(text, atlas) ? null : text,
    level: place.level,
    resolution: place.resolution,
    place_id: place.placeId,
    country: place.country,
    longitude: place.position?.[0] ?? null,
    latitude: place.position?.[1] ?? null,
    uncertainty_km: place.uncertaintyKm,
    reason: place.reason,
    candidates: place.candidates,
  };
}

/** Half a kilometre: a monitoring location is a gate, a bus park or a bridge. */
const STATION_UNCERTAINTY_KM = 0.5;

/** A station whose own position is known stands there, whatever the gazetteer makes of its name. */
export function atStation(
  reference: PlacedReference,
  station: ReturnType<StationDesk['find']>,
): PlacedReference {
  if (station === null || station.longitude === null || station.latitude === null) return reference;
  return {
    referenceId: reference.referenceId,
    place: {
      ...reference.place,
      resolution: 'resolved',
      level: 'exact',
      placeId: station.place_id ?? reference.place.placeId,
      country: station.country ?? reference.place.country,
      candidates: [],
      ...footprint([station.longitude, station.latitude], STATION_UNCERTAINTY_KM),
    },
  };
}
