/** Answering for corridors: movements read as the viewer sees them, derived, named, and keyed to the viewer. */
import type { ViewerReader } from '../../access/reader.ts';
import { scopeKey } from '../../access/viewer.ts';
import { greatCircleKm } from '../../geo/sphere.ts';
import { sightOf } from '../../graphql/kept-answers.ts';
import { stableText } from '../../kernel/stable-text.ts';
import type { UnderWay } from '../../platform/background.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { refuseToDerive } from '../derivation.ts';
import { coarsenedUnknowns, refusalOf } from '../derived.type.ts';
import { namesNear } from '../stage-names.ts';
import { type Corridor, CorridorAnswer, type CorridorSeason, type CorridorStage } from './corridor.type.ts';
import type { CorridorBundle } from './corridor-bundle.type.ts';
import { deriveFrom } from './corridor-derivation.service.ts';
import type { NextStage } from './corridor-forecast.type.ts';
import { type CorridorQuestion, checkCorridorQuestion } from './corridor-question.ts';
import { type CorridorSeasonFound, seasonsOf } from './corridor-season.ts';
import { type CorridorWork, corridorIdIn, type FoundBundle, type FoundCorridor } from './corridor-work.ts';
import { CORRIDORS } from './corridors.ts';
import type { KeptTravel } from './kept-travel.ts';
import { NEXT_STAGES } from './next-stages.ts';
import type { PlaceNode } from './place-graph.ts';

export async function answerCorridors(
  reader: ViewerReader,
  asked: AskedMovements,
  question: CorridorQuestion,
  kept?: KeptTravel,
  underWay?: UnderWay,
): Promise<CorridorAnswer> {
  checkCorridorQuestion(question);
  // The past does not change, and is seldom asked for twice.
  if (kept === undefined || asked.asKnown.at !== null)
    return answerOf(reader, question, (await deriveFrom(reader, asked, question, null, underWay)).work);
  const key = stableText([sightOf(reader.viewer), reader.viewer.now.toISOString().slice(0, 10), asked]);
  const work = await kept.through(key, async (held) => {
    underWay?.signal.throwIfAborted();
    const derived = await deriveFrom(reader, asked, question, held, underWay);
    return { next: derived.next, answer: derived.work };
  });
  return answerOf(reader, question, work);
}

async function answerOf(
  reader: ViewerReader,
  question: CorridorQuestion,
  { corridors, parallels, bundles, counts, total, unknowns, window, forecastTest }: CorridorWork,
): Promise<CorridorAnswer> {
  const { supportAtLeast, originsAtLeast, nodeResolution, gatherKm, parallelWithin } = question;
  const scope = scopeKey(reader.viewer);
  const ids = corridors.map(({ key }) => corridorIdIn(scope, key));
  const isAsked = (number: number): boolean => question.ids?.includes(ids[number]!) ?? true;
  const bundlesAsked = bundles.filter(({ members }) => members.some(isAsked));
  // Naming asks the gazetteer for each place: what nobody sees keeps its label.
  const isNamed = new Set(bundlesAsked.map(({ members }) => members[0]!));
  const places = new Map(
    corridors
      .filter((_, number) => isAsked(number) || isNamed.has(number))
      .flatMap(({ stages, following }) =>
        [...stages, ...(following?.next ?? [])].map(({ place }) => [place.key, place] as const),
      ),
  );
  const unnamed = [...places.values()].flatMap(({ key, position, country }) =>
    position !== null && !key.startsWith('place:') ? [{ key, position, country }] : [],
  );
  const names = await namesNear(reader, unnamed);
  const seasons = seasonsOf(corridors, window);
  const shown = corridors.map((corridor, number) => ({
    ...corridorOf(ids[number]!, corridor, names),
    seasonality: seasonOf(seasons[number] ?? null),
  }));
  const parallelIds = (number: number): readonly string[] =>
    parallels[number]!.map((other) => shown[other]!.id);
  const all = withAlternatives(corridors, shown).map((corridor, number) => ({
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
    nodes: all.filter((_, number) => isAsked(number)),
    totalCount: total,
    bundles: bundlesAsked.map((bundle) => bundleOf(bundle, all)),
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
  id: string,
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
    id,
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
