/** Bundles of tracks from what the database handed over, in one piece of pure work that a background thread can do. */
import type { BackgroundWork, Tell } from '../../platform/background.ts';
import { DETECTIONS_ONLY, type Refusal } from '../derivation.ts';
import { deriveTrackBundles, LEAST_STOPS, type TrackBundle } from './track-bundles.ts';
import { type ReadTrack, readAsked, readTracks, type TrackBlock } from './track-lines.ts';

export interface TrackTask {
  readonly blocks: readonly TrackBlock[];
  readonly epsKm: number;
  readonly minIncidents: number;
  readonly minOrigins: number;
  readonly precisionKm: number;
  /** How many bundles to describe, and how many ids to name for each. */
  readonly first: number;
  readonly evidence: number;
}

export interface TrackWork {
  readonly refusal: Refusal | null;
  /** Most incidents first. */
  readonly bundles: readonly FoundBundle[];
  readonly total: number;
  readonly counts: { readonly records: number; readonly incidents: number; readonly owners: number };
  readonly window: { readonly first: string; readonly last: string } | null;
  readonly unknowns: readonly string[];
}

export interface FoundBundle extends TrackBundle {
  /** Of its content: the same for the same tracks, whatever else was asked. */
  readonly key: string;
  readonly owners: number;
  /** Ascending, as many as were asked for. */
  readonly movementIds: readonly string[];
  readonly incidentIds: readonly string[];
}

export const TRACK_WORK: BackgroundWork<TrackTask, TrackWork> = { module: new URL(import.meta.url), work };

export function work(task: TrackTask, tell?: Tell): TrackWork {
  const tracks = readTracks(task.blocks);
  const months = tracks.flatMap(({ month }) => month ?? []).sort();
  const shared = {
    counts: {
      records: tracks.length,
      incidents: new Set(tracks.map(({ event }) => event)).size,
      owners: new Set(tracks.map(({ owner }) => owner)).size,
    },
    window: months.length === 0 ? null : { first: months[0]!, last: months.at(-1)! },
    unknowns: unknownsOf(readAsked(task.blocks), tracks.length, task.precisionKm),
  };
  const found = deriveTrackBundles(tracks, task, tell);
  if (found.refused) return { ...shared, refusal: found, bundles: [], total: 0 };
  return {
    ...shared,
    refusal: null,
    bundles: found.bundles
      .slice(0, task.first)
      .map((bundle) => ({ ...bundle, ...evidenceOf(bundle, tracks, task.evidence) })),
    total: found.bundles.length,
  };
}

function evidenceOf(
  { line, tracks: numbers }: TrackBundle,
  tracks: readonly ReadTrack[],
  most: number,
): Pick<FoundBundle, 'key' | 'owners' | 'movementIds' | 'incidentIds'> {
  const own = numbers.map((number) => tracks[number]!);
  const places = line.map((position) => position.map((degrees) => degrees.toFixed(6)).join(' '));
  return {
    key: [...places, own.length, own[0]!.movement].join('\n'),
    owners: new Set(own.map(({ owner }) => owner)).size,
    movementIds: own.map(({ movement }) => movement).slice(0, most),
    incidentIds: [...new Set(own.map(({ incidentId }) => incidentId))].sort().slice(0, most),
  };
}

function unknownsOf(asked: number, dense: number, precisionKm: number): string[] {
  return [
    DETECTIONS_ONLY,
    'Between two stops a track is taken to run straight: a bundle is where tracks run side by side, not the road they took.',
    'Whether chance alone would make such bundles is not tested: the more tracks lie in one area, the likelier some run side by side.',
    ...(dense === asked
      ? []
      : [
          `${asked - dense} of ${asked} movements have fewer than ${LEAST_STOPS} observed stops with places known to some ${precisionKm.toFixed(1)} km: they are in no bundle.`,
        ]),
  ];
}
