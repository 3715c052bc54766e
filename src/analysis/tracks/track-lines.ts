/** Dense tracks from what the database handed over: a few long texts, each line a movement or one of its stops, with its fields between tabs. */
import { centreOf, inradiusKm, resolutionOf } from '../../geo/cells.ts';
import type { DenseTrack, TrackStop } from './track-bundles.ts';

export interface TrackBlock {
  readonly part: 'asked' | 'movement' | 'stop';
  readonly block: string;
}

export interface ReadTrack extends DenseTrack {
  /** The incident it came to light in: another than its event where reports were linked. */
  readonly incidentId: string;
  readonly owner: string;
  /** "2026-04"; null when the time is not known to the month. */
  readonly month: string | null;
}

/** How many movements were asked of, dense or not. */
export function readAsked(blocks: readonly TrackBlock[]): number {
  return Number(blocks.find(({ part }) => part === 'asked')?.block ?? 0);
}

/**
 * In order of their ids, so that nothing shows the order in which rows were read. A movement line: number, id, incident, event (empty when it is the
 * incident), origin, owner, month, persons at least, at most. A stop line: the movement's number, ordinal, cell, longitude and latitude (empty
 * where the viewer sees only the cell), uncertainty.
 */
export function readTracks(blocks: readonly TrackBlock[]): readonly ReadTrack[] {
  const stops = new Map<string, TrackStop[]>();
  for (const line of linesOf(blocks, 'stop')) {
    const [number, ordinal, cell, longitude, latitude, uncertaintyKm] = line.split('\t') as StopFields;
    const own = stops.get(number) ?? [];
    stops.set(number, own);
    const place =
      longitude === ''
        ? { position: centreOf(BigInt(cell)), uncertaintyKm: inradiusKm(resolutionOf(BigInt(cell))) }
        : { position: [Number(longitude), Number(latitude)] as const, uncertaintyKm: Number(uncertaintyKm) };
    own.push({ ordinal: Number(ordinal), ...place });
  }
  const tracks = [...linesOf(blocks, 'movement')].map((line): ReadTrack => {
    const [number, movement, incidentId, event, origin, owner, month, atLeast, atMost] = line.split(
      '\t',
    ) as MovementFields;
    return {
      movement,
      incidentId,
      event: event || incidentId,
      origin: origin || null,
      owner,
      month: month || null,
      personsMin: Number(atLeast),
      personsMax: atMost === '' ? null : Number(atMost),
      stops: (stops.get(number) ?? []).sort((a, b) => a.ordinal - b.ordinal),
    };
  });
  return tracks.sort((a, b) => (a.movement < b.movement ? -1 : 1));
}

type StopFields = [string, string, string, string, string, string];
type MovementFields = [string, string, string, string, string, string, string, string, string];

function* linesOf(blocks: readonly TrackBlock[], wanted: TrackBlock['part']): Generator<string> {
  for (const { part, block } of blocks) if (part === wanted) yield* block.split('\n');
}
