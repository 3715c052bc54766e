/** References a chunk of drafts makes: those the owner has are recognised, what it decided of them holds, and new ones are kept. */
import type { WriteContext } from '../../intake/imports/import-types.ts';
import { type Atlas, ensurePlaces } from '../../places/gazetteer.service.ts';
import { namesOnlyPlaces } from '../../places/place-words.ts';
import type { Queryable } from '../../platform/database.ts';
import { insertPlaceReferences, type PlaceReferenceRow } from './composition.store.ts';
import type { CompositionTools } from './composition-tools.ts';
import { type Mention, resolveMention } from './kept-places.ts';
import {
  columnsOf,
  decidedPlace,
  decisionOf,
  homeDecision,
  type NewDecision,
  stateOf,
} from './place-decision.ts';
import type { StoredPlace } from './stored-place.ts';
import { type NameToken, nameOf, nameToken, TaughtPlaces } from './taught-places.service.ts';
import { findKnownReferences, insertDecisions, nameReferences } from './taught-places.store.ts';

export interface RecognisedReferences {
  readonly ids: ReadonlyMap<string, string>;
  /** Where the owner's word stands in the gazetteer's place. */
  readonly taught: ReadonlyMap<string, StoredPlace>;
}

/** Both by the digest of the mention. */
export async function recogniseReferences(
  { ids: newId, keys, atlas }: CompositionTools,
  connection: Queryable,
  batch: WriteContext,
  mentions: ReadonlyMap<string, Mention>,
): Promise<RecognisedReferences> {
  const { ownerId } = batch;
  const ids = new Map<string, string>();
  const taught = new Map<string, StoredPlace>();
  const nameless: { id: string; name_token: string; said_country: string | null }[] = [];
  for (const known of await findKnownReferences(connection, ownerId, [...mentions.keys()])) {
    const { id, digest, decided, home } = known;
    ids.set(digest, id);
    const said = known.said_country;
    const place =
      decided === null ? null : decidedPlace(decisionOf({ ...known, decided }), said, home, atlas);
    if (place !== null) taught.set(digest, place);
    const mention = mentions.get(digest);
    const name = known.named || mention === undefined ? null : nameOf(mention, atlas);
    if (name === null) continue;
    const { token, country } = nameToken(keys, ownerId, name);
    nameless.push({ id, name_token: token, said_country: country });
  }
  await nameReferences(connection, nameless);
  const made = [...mentions]
    .filter(([digest]) => !ids.has(digest))
    .map(([digest, mention]) => {
      const name = nameOf(mention, atlas);
      return { digest, mention, name: name === null ? null : nameToken(keys, ownerId, name) };
    });
  const words = await TaughtPlaces.read(
    connection,
    ownerId,
    made.flatMap(({ name }) => name ?? []),
    atlas,
  );
  const rows: PlaceReferenceRow[] = [];
  const decisions: NewDecision[] = [];
  for (const { digest, mention, name } of made) {
    const row = referenceRow(newId(), digest, mention, name, atlas);
    ids.set(digest, row.id);
    const found = name === null ? null : words.find(name, mention.home);
    if (found === null) {
      rows.push(row);
      continue;
    }
    const { alias, place } = found;
    const meant = decisionOf(alias);
    const decision = mention.home ? homeDecision(meant, row.said_country, atlas) : meant;
    taught.set(digest, place);
    rows.push({ ...row, ...stateOf(place), decided: decision.decided, state: row.state + 1 });
    decisions.push({
      id: newId(),
      place_reference_id: row.id,
      act_id: alias.act_id,
      ...columnsOf(decision),
      before: { ...stateOf(resolveMention(mention, atlas)), decided: null, stations: [] },
      state: row.state + 1,
      decided_by: alias.learned_by,
    });
  }
  const named = [...rows, ...decisions.map(({ before }) => before)].flatMap((row) =>
    [row.place_id ?? [], ...row.candidates.map(({ placeId }) => placeId)].flat(),
  );
  await ensurePlaces(connection, atlas, named);
  const { movement } = batch.classes;
  await insertPlaceReferences(connection, ownerId, movement, rows);
  await insertDecisions(connection, ownerId, movement, batch.now, decisions);
  return { ids, taught };
}

/** Texts judged, kept for the whole process: they are judged by the gazetteer alone, whoever wrote them. */
const MOST_KEPT = 50_000;
/** Asked for in every report, and every report of a station says the same. */
const judged = new Map<string, boolean>();

export function isOpen(text: string, { lookup }: Atlas): boolean {
  let open = judged.get(text);
  if (open === undefined) {
    open = namesOnlyPlaces(text, lookup);
    if (judged.size >= MOST_KEPT) judged.clear();
    judged.set(text, open);
  }
  return open;
}

/** The words of a home are an address, and words that are no names of places may be anybody's: they stay in the vault. */
function referenceRow(
  id: string,
  digest: string,
  mention: Mention,
  name: NameToken | null,
  atlas: Atlas,
): PlaceReferenceRow {
  const { text } = mention.place;
  return {
    id,
    digest,
    written: mention.home || text === null || !isOpen(text, atlas) ? null : text,
    ...stateOf(resolveMention(mention, atlas)),
    name_token: name?.token ?? null,
    said_country: name === null ? mention.place.country : name.country,
    home: mention.home,
    decided: null,
    state: 1,
  };
}
