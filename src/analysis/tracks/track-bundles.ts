/** Bundles of dense tracks: where movements of independent incidents were seen to run side by side, by TRACLUS. */
import type { Position } from '../../geo/position.ts';
import { type BundledSegment, representativeLine } from '../../geo/representative-line.ts';
import { clusterSegments } from '../../geo/segment-clusters.ts';
import { greatCircleKm, lineLengthKm } from '../../geo/sphere.ts';
import { trackSegments } from '../../geo/track-partition.ts';
import type { Tell } from '../../platform/background.ts';
import { type Refusal, refuseToDerive } from '../derivation.ts';
import { Numbering } from '../numbering.ts';

export const TRACK_BUNDLES = {
  method: 'traclus/mdl-partition/distinct-incidents/sweep-line',
  version: 1,
} as const;

/** Fewer observed stops say where somebody was, not which way they took. */
export const LEAST_STOPS = 8;
/** Tracks of so many incidents: below, what runs side by side is told by its corridor. */
export const LEAST_INCIDENTS = 10;
/** A longer leg says nothing of the way between its ends. */
export const LONGEST_LEG_KM = 100;
/** Segments are held in memory with their planes: some 100 MB. */
export const MOST_SEGMENTS = 200_000;

/** Pairs of segments with ends near each other, from both sides: about a minute of work. */
const MOST_NEIGHBOURS = 200_000_000;

/** Of what there is to do, roughly: once tracks are parted, and once their segments are clustered. */
const PARTED = 0.3;
const CLUSTERED = 0.9;

export interface DenseTrack {
  readonly movement: string;
  /** Events are incidents, linked reports of one counted once. */
  readonly event: string;
  /** Key of the independent origin; null when unknown. */
  readonly origin: string | null;
  readonly personsMin: number;
  /** null: no upper bound known. */
  readonly personsMax: number | null;
  /** Observed, in order of travel. */
  readonly stops: readonly TrackStop[];
}

export interface TrackStop {
  /** Among all stops of the movement: where numbers are missing, a stop lies between that was not seen, or not finely. */
  readonly ordinal: number;
  readonly position: Position;
  /** 0 where none is known. */
  readonly uncertaintyKm: number;
}

export interface BundleParameters {
  readonly epsKm: number;
  readonly minIncidents: number;
  readonly minOrigins: number;
  /** What a departure from a straight line must exceed to be told: no less than how finely places are known. */
  readonly precisionKm: number;
  /** How many pairs of segments near each other may be looked at, each from both sides; 200 million. */
  readonly mostNeighbours?: number;
}

export interface TrackBundle {
  readonly incidents: number;
  /** Distinct known origins; 1 when none is known. */
  readonly independentOrigins: number;
  /** At least: each incident by its largest movement. At most: all added; null if unbounded. */
  readonly persons: { readonly min: number; readonly max: number | null };
  /** In the direction of travel; empty where its tracks turn back on themselves. */
  readonly line: readonly Position[];
  readonly lengthKm: number;
  readonly widthKm: number | null;
  /** Numbers of its tracks, ascending. */
  readonly tracks: readonly number[];
}

/**
 * Most incidents first. A track is in as many bundles as its stretches run with others. Where two tracks are of one event they count once, as cores, as members and in the line.
 * Given in another order, the bundles are the same but for rounding.
 */
export function deriveTrackBundles(
  tracks: readonly DenseTrack[],
  parameters: BundleParameters,
  tell?: Tell,
): { readonly refused: false; readonly bundles: readonly TrackBundle[] } | Refusal {
  const events = new Numbering();
  const groups = tracks.map(({ event }) => events.of(event));
  if (events.names.length < LEAST_INCIDENTS)
    return refuseToDerive(
      'not enough data',
      `${events.names.length} incidents with a dense track`,
      `${LEAST_INCIDENTS} or more: tracks are dense where a movement has ${LEAST_STOPS} observed stops, or more, with places known this finely`,
    );
  const segments: BundledSegment[] = [];
  const trackOf: number[] = [];
  for (const [number, track] of tracks.entries()) {
    for (const segment of segmentsOf(track, groups[number]!, parameters)) {
      segments.push(segment);
      trackOf.push(number);
    }
    if (segments.length > MOST_SEGMENTS)
      return refuseToDerive(
        'too much to hold',
        `more than ${MOST_SEGMENTS} segments`,
        `fewer: a narrower filter, or a larger \`epsKm\``,
      );
  }
  tell?.(PARTED);
  const { epsKm, minIncidents, mostNeighbours = MOST_NEIGHBOURS } = parameters;
  const found = clusterSegments(
    segments,
    Int32Array.from(segments, ({ group }) => group),
    { epsKm, minGroups: minIncidents, mostNeighbours },
  );
  if (found === null)
    return refuseToDerive(
      'too much to hold',
      `${segments.length} segments with more than ${mostNeighbours} neighbours`,
      `${mostNeighbours} neighbours or fewer: a narrower filter, or a smaller \`epsKm\``,
    );
  const { labels, clusters } = found;
  tell?.(CLUSTERED);
  const members = Array.from({ length: clusters }, (): number[] => []);
  for (const [number, label] of labels.entries()) if (label >= 0) members[label]!.push(number);
  const bundles = members.map((numbers) =>
    bundleOf(
      numbers.map((number) => segments[number]!),
      [...new Set(numbers.map((number) => trackOf[number]!))],
      tracks,
      parameters,
    ),
  );
  return {
    refused: false,
    bundles: bundles
      .filter(({ independentOrigins }) => independentOrigins >= parameters.minOrigins)
      .sort((a, b) => b.incidents - a.incidents),
  };
}

/** Of each run of stops that were seen one after the other. */
function segmentsOf(
  { stops }: DenseTrack,
  group: number,
  { epsKm, precisionKm }: BundleParameters,
): BundledSegment[] {
  const runs: TrackStop[][] = [];
  for (const [at, stop] of stops.entries()) {
    const before = stops[at - 1];
    const goesOn =
      before?.ordinal === stop.ordinal - 1 && greatCircleKm(before.position, stop.position) <= LONGEST_LEG_KM;
    if (goesOn) runs.at(-1)!.push(stop);
    else runs.push([stop]);
  }
  return runs.flatMap((run) => {
    const uncertaintyKm = run.reduce((most, stop) => Math.max(most, stop.uncertaintyKm), 0);
    const places = run.map(({ position }) => position);
    // Longer than eps, so that a direction still tells; not so long that an end is never near.
    return trackSegments(places, { precisionKm, longestKm: 2 * epsKm }).map((segment) => ({
      ...segment,
      group,
      uncertaintyKm,
    }));
  });
}

function bundleOf(
  segments: readonly BundledSegment[],
  numbers: readonly number[],
  tracks: readonly DenseTrack[],
  { epsKm, minIncidents }: BundleParameters,
): TrackBundle {
  const persons = new Map<string, number>();
  let most: number | null = 0;
  const origins = new Set<string>();
  for (const number of numbers) {
    const { event, origin, personsMin, personsMax } = tracks[number]!;
    most = most === null || personsMax === null ? null : most + personsMax;
    persons.set(event, Math.max(persons.get(event) ?? 0, personsMin));
    if (origin !== null) origins.add(origin);
  }
  const { line, widthKm } = representativeLine(segments, minIncidents, epsKm / 2);
  return {
    incidents: persons.size,
    independentOrigins: Math.max(1, origins.size),
    persons: { min: [...persons.values()].reduce((sum, count) => sum + count, 0), max: most },
    line,
    lengthKm: lineLengthKm(line),
    widthKm,
    tracks: numbers,
  };
}
