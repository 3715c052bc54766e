/** Answering for bundles of tracks: stops read as the viewer sees them, bundled, named, and keyed to the viewer. */
import type { ViewerReader } from '../../access/reader.ts';
import { cutLine } from '../../geo/antimeridian.ts';
import { FINEST_RESOLUTION, inradiusKm } from '../../geo/cells.ts';
import { densify } from '../../geo/sphere.ts';
import { runInBackground, type UnderWay } from '../../platform/background.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { coarsenedUnknowns, refusalOf } from '../derived.type.ts';
import { checkBounds } from '../question-bounds.ts';
import { scopedId } from '../scoped-id.ts';
import { namesNear } from '../stage-names.ts';
import { MOST_EVIDENCE } from '../tell-how-known.service.ts';
import { type TrackBundle, TrackBundleAnswer } from './track.type.ts';
import { readTrackBlocks } from './track.view.ts';
import { LEAST_STOPS, LONGEST_LEG_KM, TRACK_BUNDLES } from './track-bundles.ts';
import { type FoundBundle, TRACK_WORK } from './track-work.ts';

export interface TrackQuestion {
  readonly epsKm: number;
  readonly minIncidents: number;
  readonly originsAtLeast: number;
  readonly first: number;
  /** Whether ids of movements and incidents are asked for. */
  readonly withEvidence: boolean;
}

/** Characters of tracks: some 230 of a dozen stops, which take a tenth of a second. */
const LONG_TEXT = 200_000;
/** A vertex at least every this many km keeps a drawn leg within some metres of its great circle. */
const STEP_KM = 25;

export async function answerTrackBundles(
  reader: ViewerReader,
  asked: AskedMovements,
  question: TrackQuestion,
  underWay?: UnderWay,
): Promise<TrackBundleAnswer> {
  checkBounds(question, {
    epsKm: [2, 100],
    minIncidents: [2, 1_000_000],
    originsAtLeast: [1, 1_000_000],
    first: [1, 500],
  });
  const { epsKm, minIncidents, originsAtLeast, first, withEvidence } = question;
  const resolution = coarsestFor(epsKm);
  const precisionKm = inradiusKm(resolution);
  const blocks = await readTrackBlocks(reader, asked, resolution);
  const found = await runInBackground(
    TRACK_WORK,
    {
      blocks,
      epsKm,
      minIncidents,
      minOrigins: originsAtLeast,
      precisionKm,
      first,
      evidence: withEvidence ? MOST_EVIDENCE : 0,
    },
    blocks.reduce((sum, { block }) => sum + block.length, 0) > LONG_TEXT,
    underWay,
  );
  return Object.assign(new TrackBundleAnswer(), {
    ...TRACK_BUNDLES,
    parameters: {
      epsKm,
      minIncidents,
      originsAtLeast,
      leastStops: LEAST_STOPS,
      longestLegKm: LONGEST_LEG_KM,
      resolution,
      precisionKm,
    },
    counts: found.counts,
    dataWindow: found.window,
    unknowns: [...found.unknowns, ...coarsenedUnknowns(reader.viewer)],
    refusal: found.refusal === null ? null : refusalOf(found.refusal),
    bundles: await showBundles(reader, found.bundles),
    totalCount: found.total,
  });
}

/** Cells of which half of `epsKm` holds the inner circle: where a stop is known less finely, whether it is near another is not known. */
function coarsestFor(epsKm: number): number {
  let resolution = 0;
  while (resolution < FINEST_RESOLUTION && inradiusKm(resolution) > epsKm / 2) resolution += 1;
  return resolution;
}

async function showBundles(
  reader: ViewerReader,
  bundles: readonly FoundBundle[],
): Promise<readonly TrackBundle[]> {
  const ends = bundles.flatMap(({ line }, number) =>
    line.length < 2
      ? []
      : [
          { key: `from ${number}`, position: line[0]!, country: null },
          { key: `to ${number}`, position: line.at(-1)!, country: null },
        ],
  );
  const names = await namesNear(reader, ends);
  return bundles.map((bundle, number): TrackBundle => {
    const { key, line, lengthKm, widthKm, incidents, independentOrigins, owners, persons } = bundle;
    const [from, to] = [names.get(`from ${number}`), names.get(`to ${number}`)];
    return {
      id: scopedId(reader.viewer, 'track-bundle', key),
      name: from === undefined || to === undefined ? null : `${from} → ${to}`,
      geometry:
        line.length < 2 ? null : { type: 'MultiLineString', coordinates: cutLine(densify(line, STEP_KM)) },
      lengthKm,
      widthKm,
      incidents,
      independentOrigins,
      movements: bundle.tracks.length,
      owners,
      persons,
      allMovementIds: bundle.movementIds,
      allIncidentIds: bundle.incidentIds,
    };
  });
}
