/** Answering for corridors: movements read as the viewer sees them, derived, named, and keyed to the viewer. */
import type { ViewerReader } from '../../access/reader.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { runInBackground, type UnderWay } from '../../platform/background.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { refuseToDerive } from '../derivation.ts';
import { coarsenedUnknowns, refusalOf } from '../derived.type.ts';
import { checkBounds } from '../question-bounds.ts';
import { scopedId } from '../scoped-id.ts';
import { namesNear, withoutPair } from '../stage-names.ts';
import { MOST_EVIDENCE } from '../tell-how-known.service.ts';
import { type Corridor, CorridorAnswer, type CorridorSeason, type CorridorStage } from './corridor.type.ts';
import { readStagePlaces, readTravelBlocks } from './corridor.view.ts';
import type { CorridorBundle } from './corridor-bundle.type.ts';
import type { NextStage } from './corridor-forecast.type.ts';
import { type CorridorSeasonFound, seasonsOf } from './corridor-season.ts';
import { CORRIDOR_WORK, type CorridorWork, type FoundBundle, type FoundCorridor } from './corridor-work.ts';
import { CORRIDORS, DEFAULT_CORRIDOR_PARAMETERS } from './corridors.ts';
import { NEXT_STAGES } from './next-stages.ts';
import type { PlaceNode } from './place-graph.ts';
import type { KnownPlace } from './place-nodes.ts';
import { readSites, type TravelBlock } from './travel-blocks.ts';

export interface CorridorQuestion {
  readonly supportAtLeast: number;
  readonly originsAtLeast: number;
  readonly nodeResolution: number;
  readonly gatherKm: number;
  readonly parallelWithin: number;
  readonly first: number;
  /** Whether ids of movements and incidents are asked for. */
  readonly withEvidence: boolean;
  /** Whether it is asked where those who travel it go on to. */
  readonly withForecast: boolean;
}

/** Characters that about 2,500 movements take: above this, deriving would hold up other answers for more than a tenth of a second. */
const LONG_TEXT = 500_000;

export async function answerCorridors(
  reader: ViewerReader,
  asked: AskedMovements,
  question: CorridorQuestion,
  underWay?: UnderWay,
): Promise<CorridorAnswer> {
  checkQuestion(question);
  const blocks = await readTravelBlocks(reader, asked);
  const work = await runInBackground(
    CORRIDOR_WORK,
    {
      blocks,
      places: await stagePlaces(reader, blocks),
      nodes: { nodeResolution: question.nodeResolution, gatherKm: question.gatherKm },
      corridors: {
        ...DEFAULT_CORRIDOR_PARAMETERS,
        minIncidents: question.supportAtLeast,
        minOrigins: question.originsAtLeast,
      },
      first: question.first,
      parallelWithin: question.parallelWithin,
      evidence: question.withEvidence ? MOST_EVIDENCE : 0,
      forecast: question.withForecast,
    },
    blocks.reduce((sum, { block }) => sum + block.length, 0) > LONG_TEXT,
    underWay,
  );
  return answerOf(reader, question, work);
}

function checkQuestion(question: CorridorQuestion): void {
  checkBounds(question, {
    supportAtLeast: [2, 1_000_000],
    originsAtLeast: [1, 1_000_000],
    nodeResolution: [1, 7],
    gatherKm: [0, 100],
    parallelWithin: [0, 2],
    first: [1, 500],
  });
}

async function stagePlaces(
  reader: ViewerReader,
  blocks: readonly TravelBlock[],
): Promise<readonly KnownPlace[]> {
  const named = new Set(readSites(blocks).flatMap(({ placeId }) => placeId ?? []));
  if (named.size === 0) return [];
  return (await readStagePlaces(reader, [...named])).map((row) => ({
    id: row.id,
    kind: row.kind,
    name: withoutPair(row.name),
    country: row.country,
    position: [row.longitude, row.latitude],
    footprintRadiusKm: row.footprint_radius_km,
    joins: row.border_countries,
  }));
}

async function answerOf(
  reader: ViewerReader,
  question: CorridorQuestion,
  { corridors, parallels, bundles, counts, total, unknowns, window, forecastTest }: CorridorWork,
): Promise<CorridorAnswer> {
  const { supportAtLeast, originsAtLeast, nodeResolution, gatherKm, parallelWithin } = question;
  const places = new Map(
    corridors.flatMap(({ stages, following }) =>
      [...stages, ...(following?.next ?? [])].map(({ place }) => [place.key, place] as const),
    ),
  );
  const unnamed = [...places.values()].flatMap(({ key, position, country }) =>
    position !== null && !key.startsWith('place:') ? [{ key, position, country }] : [],
  );
  const names = await namesNear(reader, unnamed);
  const seasons = seasonsOf(corridors, window);
  const shown = corridors.map((corridor, number) => ({
    ...corridorOf(reader, corridor, names),
    seasonality: seasonOf(seasons[number] ?? null),
  }));
  const parallelIds = (number: number): readonly string[] =>
    parallels[number]!.map((other) => shown[other]!.id);
  const nodes = withAlternatives(corridors, shown).map((corridor, number) => ({
    ...corridor,
    parallelIds: parallelIds(number),
  }));
  return Object.assign(new CorridorAnswer(), {
    ...CORRIDORS,
    parameters: { supportAtLeast, originsAtLeast, nodeResolution, gatherKm, parallelWithin },
    counts: { records: counts.movements, incidents: counts.incidents, owners: counts.owners },
    dataWindow: window,
    unknowns: [...unknowns, ...coarsenedUnknowns(reader.viewer)],
    refusal:
      counts.incidents < supportAtLeast
        ? refusalOf(
            refuseToDerive('not enough data', `${counts.incidents} incidents`, `${supportAtLeast} or more`),
          )
        : null,
    nodes,
    totalCount: total,
    bundles: bundles.map((bundle) => bundleOf(bundle, nodes)),
    forecast: forecastTest && { ...NEXT_STAGES, ...forecastTest },
  });
}

/** Others that begin and end where this one does. */
function withAlternatives(
  found: readonly FoundCorridor[],
  shown: readonly Omit<Corridor, 'alternativeIds' | 'parallelIds'>[],
): readonly Omit<Corridor, 'parallelIds'>[] {
  const ends = found.map(({ stages }) => `${stages[0]?.place.key}\n${stages[stages.length - 1]?.place.key}`);
  const idsOf = new Map<string, string[]>();
  for (const [number, { id }] of shown.entries()) {
    const ids = idsOf.get(ends[number]!) ?? [];
    idsOf.set(ends[number]!, ids);
    ids.push(id);
  }
  return shown.map((corridor, number) => ({
    ...corridor,
    alternativeIds: (idsOf.get(ends[number]!) ?? []).filter((id) => id !== corridor.id),
  }));
}

/** Named and drawn by its leader: a line between several would be one that nobody travelled. */
function bundleOf(
  { members, incidents, independentOrigins, incidentIds }: FoundBundle,
  nodes: readonly Corridor[],
): CorridorBundle {
  const leader = nodes[members[0]!]!;
  return {
    ids: members.map((number) => nodes[number]!.id),
    name: leader.name,
    incidents,
    independentOrigins,
    geometry: leader.geometry,
    allIncidentIds: incidentIds,
  };
}

function seasonOf(found: CorridorSeasonFound | null): CorridorSeason {
  return found === null
    ? { status: 'NOT_ENOUGH_DATA', peakMonth: null, strength: null, p: null, q: null }
    : { status: 'TESTED', ...found };
}

function corridorOf(
  { viewer }: ViewerReader,
  found: FoundCorridor,
  names: ReadonlyMap<string, string>,
): Omit<Corridor, 'alternativeIds' | 'parallelIds' | 'seasonality'> {
  const placed = ({ key, label, position }: PlaceNode): NextStagePlace => ({
    name: names.get(key) ?? label,
    position: position && { longitude: position[0], latitude: position[1] },
    placeId: key.startsWith('place:') ? key.slice('place:'.length) : null,
  });
  const stages = found.stages.map(
    ({ place, country, role }): CorridorStage => ({
      ...placed(place),
      country,
      role: role.toUpperCase(),
      uncertaintyKm: place.radiusKm,
      level: place.level,
    }),
  );
  const { line, months, trend, persons } = found;
  return {
    id: scopedId(viewer, 'corridor', found.key),
    name: stages.map(({ name }) => name).join(' → '),
    stages,
    support: {
      incidents: found.incidents,
      independentOrigins: found.independentOrigins,
      movements: found.movements,
      owners: found.owners,
    },
    persons,
    trend: trend.refused
      ? { status: 'NOT_ENOUGH_DATA', slopePerMonth: null }
      : { status: 'TREND', slopePerMonth: trend.incidentsPerMonthPerMonth },
    months,
    share: found.legShare,
    widthKm: found.widthKm,
    lengthKm: lengthKm(line),
    geometry: line.length === 0 ? null : { type: 'MultiLineString', coordinates: line },
    firstMonth: months[0]?.month ?? null,
    lastMonth: months[months.length - 1]?.month ?? null,
    unknowns: found.unknowns,
    next: (found.following?.next ?? []).map(({ place, probability }) => ({
      ...placed(place),
      country: place.country,
      probability,
    })),
    nextNotKnown: found.following?.notKnown ?? 0,
    allMovementIds: found.movementIds,
    allIncidentIds: found.incidentIds,
  };
}

type NextStagePlace = Pick<NextStage, 'name' | 'position' | 'placeId'>;

function lengthKm(line: FoundCorridor['line']): number {
  let km = 0;
  for (const piece of line)
    for (let at = 1; at < piece.length; at += 1) km += greatCircleKm(piece[at - 1]!, piece[at]!);
  return km;
}
