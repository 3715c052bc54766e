/** Answering for crossing clusters: observed crossings read as the viewer sees them, gathered, named, and set against staff-time. */
import type { ViewerReader } from '../../access/reader.ts';
import type { Position } from '../../geo/position.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import { type PlaceColumns, placeOf } from '../../places/place.type.ts';
import { runInBackground } from '../../platform/background.ts';
import { detectionRate, NO_EFFORT_SEEN, withoutRate } from '../../records/flows/detection-rate.ts';
import { obstacleToRate, wholeMonths } from '../../records/flows/staff-time.ts';
import { findHowKnown } from '../../records/how-known/how-known.service.ts';
import { refuseToDerive } from '../derivation.ts';
import { coarsenedUnknowns, refusalOf } from '../derived.type.ts';
import { scopedId } from '../scoped-id.ts';
import { withoutPair } from '../stage-names.ts';
import { elderFirst } from './crossing-anchor.ts';
import {
  CrossingCluster,
  CrossingClusterAnswer,
  type CrossingMember,
  CrossingNoise,
} from './crossing-cluster.type.ts';
import {
  type CrossingSearch,
  readCrossingBlocks,
  readCrossingPoints,
  readStations,
  type StationRow,
} from './crossing-cluster.view.ts';
import type { CrossingPlace } from './crossing-clusters.ts';
import type { CrossingEvidence } from './crossing-evidence.ts';
import { type CrossingClusterParameters, FINEST_KM } from './crossing-grouping.ts';
import { CROSSING_WORK, type FoundCluster } from './crossing-work.ts';

/** Characters that about 50,000 crossings take: what takes longer than 0.1 s. */
const LONG_TEXT = 8_000_000;
const MOST_EVIDENCE = 10_000;
/** A cluster farther than this from any crossing point is named for none. */
const NAMED_WITHIN_KM = 50;
/** A known crossing point with a station this near is monitored. */
const MONITORED_WITHIN_KM = 15;

/** What of an answer is asked for, and costs more than the rest. */
export interface Shown {
  readonly evidence: boolean;
  readonly members: boolean;
}

export async function answerCrossingClusters(
  reader: ViewerReader,
  search: CrossingSearch,
  parameters: CrossingClusterParameters,
  shown: Shown,
): Promise<CrossingClusterAnswer> {
  checkParameters(parameters);
  const blocks = await readCrossingBlocks(reader, search);
  const months = wholeMonths(search.occurred);
  const stations = await readStations(reader, months ?? { from: null, to: null }, { at: search.asKnownAt });
  const watching = stations.filter(({ owner_id }) => search.ownerIds?.includes(owner_id) ?? true);
  const borders = new Set(blocks.map(({ border }) => border.join(' ')));
  if (search.border) borders.add(search.border.join(' '));
  const points = borders.size === 0 ? [] : await readCrossingPoints(reader, [...borders]);
  const pointsOf = byBorder(points);
  const found = await runInBackground(
    CROSSING_WORK,
    {
      blocks,
      parameters,
      stations: watching.map((row) => ({
        ownerId: row.owner_id,
        position: positionOf(row),
        staffMonths: row.staff_months,
        months: row.months === '' ? [] : row.months.split(' '),
      })),
      points: new Map(
        [...pointsOf].map(([border, own]) => [
          border,
          own.map((point) => ({ id: point.id, position: positionOf(point), derived: point.derived })),
        ]),
      ),
      evidence: shown.evidence ? MOST_EVIDENCE : 0,
      withPlaces: shown.members,
    },
    blocks.reduce((sum, { lines }) => sum + lines.length, 0) > LONG_TEXT,
  );
  const { counts } = found;
  return Object.assign(new CrossingClusterAnswer(), {
    method: found.method,
    version: found.version,
    parameters: { ...shownParameters(parameters), ...(search.border && { border: search.border }) },
    counts: { ...counts, owners: found.owners },
    dataWindow: found.window,
    unknowns: [...found.unknowns, ...coarsenedUnknowns(reader.viewer)],
    refusal:
      counts.incidents < parameters.minIncidents
        ? refusalOf(
            refuseToDerive(
              'not enough data',
              `${counts.incidents} incidents with an observed crossing`,
              `${parameters.minIncidents} or more`,
            ),
          )
        : found.refusal && refusalOf(found.refusal),
    clusters: clustersOf(
      reader,
      found.clusters,
      pointsOf,
      obstacleToRate({ area: search.area, occurred: search.occurred }) ??
        (watching.length === 0 ? NO_EFFORT_SEEN : null),
    ),
    noise: found.noise.map(({ border, places, ...evidence }) =>
      Object.assign(new CrossingNoise(), { border, ...figuresOf(evidence), members: places.map(memberOf) }),
    ),
    unmonitored: stations.length === 0 ? null : unmonitored(points, stations),
  });
}

/** Of clusters that were found with their evidence. */
export async function tellHowKnown(
  reader: ViewerReader,
  { ownerIds, asKnownAt }: CrossingSearch,
  clusters: readonly CrossingCluster[],
): Promise<void> {
  const asked = { search: ownerIds === undefined ? {} : { ownerIds }, asKnown: { at: asKnownAt } };
  const groups = clusters.map(({ allIncidentIds }) => allIncidentIds);
  const known = await findHowKnown(reader, asked, 'incident', groups, MOST_EVIDENCE);
  for (const [number, cluster] of clusters.entries()) cluster.howKnown = known[number] ?? null;
}

function checkParameters({ epsKm, minIncidents }: CrossingClusterParameters): void {
  if (epsKm !== null && !(epsKm >= 0.5 && epsKm <= 50))
    throw new HeadwaterError('BAD_INPUT', `epsKm: found ${epsKm}, wanted 0.5 to 50`);
  if (!(minIncidents >= 2 && minIncidents <= 10_000))
    throw new HeadwaterError('BAD_INPUT', `minIncidents: found ${minIncidents}, wanted 2 to 10,000`);
}

function shownParameters({ epsKm, minIncidents }: CrossingClusterParameters): Record<string, number> {
  return epsKm === null ? { minIncidents, finestKm: FINEST_KM } : { epsKm, minIncidents };
}

/** Where several are nearest to one crossing point, the one seen first bears its bare name, and later ones do not take it over. */
function clustersOf(
  { viewer }: ViewerReader,
  clusters: readonly FoundCluster[],
  points: ReadonlyMap<string, readonly PlaceColumns[]>,
  noRate: string | null,
): CrossingCluster[] {
  const named = clusters.map((cluster) => {
    const nearest = nearestPoint(points.get(cluster.border.join(' ')) ?? [], cluster.centre);
    return { cluster, nearest, name: nearest ? withoutPair(nearest.point.name) : cluster.border.join('–') };
  });
  const numbers = new Map<FoundCluster, number>();
  const namesakes = new Map<string, number>();
  for (const { cluster, name } of named.toSorted((a, b) => elderFirst(a.cluster.anchor, b.cluster.anchor))) {
    const number = (namesakes.get(name) ?? 0) + 1;
    namesakes.set(name, number);
    numbers.set(cluster, number);
  }
  return named.map(({ cluster, nearest, name }) => {
    const { border, centre, outline, places, watched, anchor, stability } = cluster;
    const number = numbers.get(cluster);
    return Object.assign(new CrossingCluster(), {
      id: scopedId(viewer, 'crossing cluster', `${border.join(' ')}\n${anchor.mark}`),
      name: number === 1 ? name : `${name} ${number}`,
      border,
      centre: { longitude: centre[0], latitude: centre[1] },
      hull: { type: 'MultiPolygon', coordinates: outline },
      ...figuresOf(cluster),
      members: places.map(memberOf),
      stability,
      nearestCrossingPoint: nearest ? placeOf(nearest.point) : null,
      distanceKm: nearest?.km ?? null,
      detectionsPerStaffMonth:
        noRate === null ? detectionRate(watched, watched.staffMonths) : withoutRate('NOT_AVAILABLE', noRate),
      allIncidentIds: cluster.incidentIds,
    });
  });
}

function nearestPoint(
  points: readonly PlaceColumns[],
  centre: Position,
): { readonly point: PlaceColumns; readonly km: number } | null {
  const ranked = points
    .map((point) => ({ point, km: greatCircleKm(positionOf(point), centre) }))
    .filter(({ km }) => km <= NAMED_WITHIN_KM)
    .sort((a, b) => Number(a.point.derived) - Number(b.point.derived) || a.km - b.km);
  return ranked[0] ?? null;
}

function byBorder(points: readonly PlaceColumns[]): ReadonlyMap<string, readonly PlaceColumns[]> {
  const groups = new Map<string, PlaceColumns[]>();
  for (const point of points) {
    const border = point.border_countries?.join(' ') ?? '';
    const group = groups.get(border) ?? [];
    groups.set(border, group);
    group.push(point);
  }
  return groups;
}

function unmonitored(points: readonly PlaceColumns[], stations: readonly StationRow[]) {
  const open = stations.filter(({ closed }) => closed === null);
  return points
    .filter(({ derived }) => !derived)
    .filter(
      (point) =>
        !open.some((station) => greatCircleKm(positionOf(point), positionOf(station)) <= MONITORED_WITHIN_KM),
    )
    .map(placeOf);
}

function positionOf(row: { readonly longitude: number; readonly latitude: number }): Position {
  return [row.longitude, row.latitude];
}

function figuresOf(evidence: CrossingEvidence) {
  const { incidents, personEvents, independentOrigins, monthsActive, firstMonth, lastMonth } = evidence;
  return { incidents, persons: personEvents, independentOrigins, monthsActive, firstMonth, lastMonth };
}

function memberOf({ position, role, incidents, personEvents }: CrossingPlace): CrossingMember {
  return {
    position: { longitude: position[0], latitude: position[1] },
    role,
    incidents,
    persons: personEvents,
  };
}
