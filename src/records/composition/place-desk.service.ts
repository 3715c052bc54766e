/** Places a chunk of drafts speaks of: each reference resolved once, kept once an owner, and shared by whatever names it again. */
import type { Position } from '../../geo/position.ts';
import type { DecidedDraft, WriteContext } from '../../intake/imports/import-types.ts';
import type { PlaceDraft, RecordDraft } from '../../intake/reports/report-draft.ts';
import { STATION_INTERDICTIONS } from '../../kernel/vocabulary.ts';
import type { Atlas } from '../../places/gazetteer.service.ts';
import { bytesText } from '../../platform/bulk.ts';
import type { Queryable } from '../../platform/database.ts';
import type { CompositionTools } from './composition-tools.ts';
import { type Mention, mentionKey, resolveMention } from './kept-places.ts';
import { isOpen, recogniseReferences } from './place-references.service.ts';
import type { StationDesk } from './station-desk.service.ts';
import { footprint, type StoredPlace } from './stored-place.ts';

export interface PlacedReference {
  readonly referenceId: string | null;
  readonly place: StoredPlace;
}

export class PlaceDesk {
  readonly #ids: ReadonlyMap<string, string>;
  /** By digest: what the owner decided or taught, in place of what the gazetteer says. */
  readonly #taught: ReadonlyMap<string, StoredPlace>;
  readonly #digest: (mention: Mention) => string;
  readonly #atlas: Atlas;

  private constructor(
    ids: ReadonlyMap<string, string>,
    taught: ReadonlyMap<string, StoredPlace>,
    digest: (mention: Mention) => string,
    atlas: Atlas,
  ) {
    this.#ids = ids;
    this.#taught = taught;
    this.#digest = digest;
    this.#atlas = atlas;
  }

  static async open(
    tools: CompositionTools,
    connection: Queryable,
    batch: WriteContext,
    drafts: readonly DecidedDraft[],
    stations: StationDesk,
  ): Promise<PlaceDesk> {
    const { keys, atlas } = tools;
    const digests = new Map<string, string>();
    const digest = (mention: Mention): string => {
      const key = mentionKey(mention);
      let known = digests.get(key);
      if (known === undefined) {
        known = bytesText(keys.token(`place/${batch.ownerId}`, key));
        digests.set(key, known);
      }
      return known;
    };
    const mentions = new Map<string, Mention>();
    for (const { draft } of drafts)
      for (const mention of mentionsOf(draft, stations)) mentions.set(digest(mention), mention);
    const { ids, taught } = await recogniseReferences(tools, connection, batch, mentions);
    return new PlaceDesk(ids, taught, digest, atlas);
  }

  /** What a report says of places, homes aside, and what is more than their names: it may name somebody, so it is for the vault. */
  closedTexts(draft: RecordDraft): readonly string[] {
    if (draft.type !== 'report') return [];
    const texts = mentionsOf(draft, null).flatMap(({ place, home }) => (home ? [] : (place.text ?? [])));
    return [...new Set(texts)].filter((text) => text !== draft.station && !isOpen(text, this.#atlas));
  }

  find(place: PlaceDraft, home: boolean, hints: readonly Position[]): PlacedReference {
    const mention = { place, home, hints };
    const digest = this.#digest(mention);
    return {
      referenceId: this.#ids.get(digest) ?? null,
      place: this.#taught.get(digest) ?? resolveMention(mention, this.#atlas),
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
  // References are marked for sharing as travel is; where a station stands is not.
  if (draft.type !== 'interdiction' || STATION_INTERDICTIONS.includes(draft.kind)) return [];
  return [{ place: draft.place, home: false, hints }];
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
