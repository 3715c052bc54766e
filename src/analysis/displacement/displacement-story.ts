/** The figures of a displacement: each zone before and after, the estimate, when the alternatives changed, and in plain words what was found. */
import type { Random } from '../../kernel/random.ts';
import type { Tell } from '../../platform/background.ts';
import { type Refusal, refuseToDerive } from '../derivation.ts';
import {
  type DisplacementEstimate,
  displacement,
  ZONES,
  type Zone,
  type ZoneEffort,
} from '../methods/displacement.ts';
import { pelt, poissonCost } from '../methods/pelt.ts';
import type { ClosingEvent } from './closing-events.ts';
import { changeOf, displacedOf, type Finding, findingOf, type Interval } from './displacement-finding.ts';
import type { ZoneParameters, Zones } from './displacement-zones.ts';
import {
  effortOf,
  figuresOf,
  hasChanged,
  NAMES,
  SAME_EFFORT,
  type WorkedMonth,
  type ZoneFigures,
} from './zone-figures.ts';

export interface Story {
  readonly zones: readonly ZoneFigures[];
  readonly refusal: Refusal | null;
  readonly estimate: DisplacementEstimate | null;
  /** Of what went to the alternatives, against their control. */
  readonly displaced: Interval | null;
  /** Two-sided, that the zone and its control changed in one proportion: of the closed crossing, and of the alternatives. */
  readonly pLocal: number | null;
  readonly pDisplaced: number | null;
  readonly finding: Finding | null;
  /** Whole months from the first month after to the first in which the alternatives had another level; null when no change of level is found. */
  readonly lagMonths: number | null;
  readonly unknowns: readonly string[];
}

export interface StoryOptions {
  readonly confidence: number;
  readonly replications: number;
  readonly onChangedEffort: 'refuse' | 'offset';
  readonly random: Random;
  /** How many incidents to name for each zone. */
  readonly evidence: number;
  /** Told after each of the three times that periods are dealt again. */
  readonly tell?: Tell | undefined;
}

export function tellStory(
  events: readonly ClosingEvent[],
  { zones, places }: Zones,
  worked: readonly WorkedMonth[],
  parameters: ZoneParameters,
  options: StoryOptions,
): Story {
  const figures = ZONES.map((zone) =>
    figuresOf(
      zone,
      events.filter((_, i) => zones[i] === zone),
      effortOf(
        new Set(places.filter((place) => place.zone === zone).map(({ placeId }) => placeId)),
        worked,
        parameters,
      ),
      parameters,
      options.evidence,
    ),
  );
  const unknowns = unknownsOf(figures);
  const told = (rest: Pick<Story, 'refusal'> & Partial<Story>): Story => ({
    zones: figures,
    estimate: null,
    displaced: null,
    pLocal: null,
    pDisplaced: null,
    finding: null,
    lagMonths: null,
    unknowns,
    ...rest,
  });
  const moved = placeWatchedOnce(places, worked, parameters);
  if (moved !== null)
    return told({
      refusal: refuseToDerive(
        'effort changed',
        `a crossing among ${NAMES[moved]} that somebody watched in one period and not in the other`,
        'the same crossings watched in both periods: what is not watched is not seen to move',
      ),
    });
  const halfSeen = figures.find(
    ({ effort }) => effort !== null && (effort.before === 0 || effort.after === 0),
  );
  if (halfSeen) {
    return told({
      refusal: refuseToDerive(
        'effort changed',
        `${halfSeen.effort!.before} staff-months before and ${halfSeen.effort!.after} after at ${NAMES[halfSeen.zone]}`,
        'somebody watching in both periods: what is not watched is not seen to move',
      ),
    });
  }
  const changed =
    options.onChangedEffort === 'refuse' ? figures.find(({ effort }) => hasChanged(effort)) : undefined;
  if (changed) return told({ refusal: refusalIn('effort changed', changed, 0) });
  // Where it may not decide, staff-time scales nothing: incidents of those whose staff-time is not seen are counted too.
  const effort = options.onChangedEffort === 'offset' ? effortByZone(figures) : null;
  const origins = new Set(
    events.flatMap((event, i) =>
      zones[i] === 'treated' || zones[i] === 'displacement'
        ? event.origins.filter((origin) => origin !== '')
        : [],
    ),
  );
  const found = displacement(
    figures.map(({ zone, before, after }) => ({ zones: [zone], before, after })),
    {
      random: options.random,
      confidence: options.confidence,
      replications: options.replications,
      origins: origins.size,
      onChangedEffort: options.onChangedEffort,
      ...(effort && { effort }),
    },
  );
  options.tell?.(1 / 3);
  if (found.kind === 'refused') {
    const zone = figures.find((candidate) => candidate.zone === found.zone);
    return told({ refusal: refusalIn(found.reason, zone ?? null, origins.size) });
  }
  const localChange = changeOf('treated', figures, effort, options);
  options.tell?.(2 / 3);
  const displacedChange = changeOf('displacement', figures, effort, options);
  return told({
    refusal: null,
    estimate: found,
    displaced: displacedOf(figures, effort, found.displaced, options.confidence),
    pLocal: localChange.p,
    pDisplaced: displacedChange.p,
    finding: findingOf(localChange, displacedChange, 1 - options.confidence),
    lagMonths: lagOf(figures, parameters),
  });
}

/** Of the closed crossings and the alternatives: stations that move within a zone change no sum, and move what is seen. */
function placeWatchedOnce(
  places: Zones['places'],
  worked: readonly WorkedMonth[],
  parameters: ZoneParameters,
): Zone | null {
  for (const { placeId, zone } of places) {
    if (zone !== 'treated' && zone !== 'displacement') continue;
    const effort = effortOf(new Set([placeId]), worked, parameters);
    if (effort !== null && (effort.before === 0 || effort.after === 0)) return zone;
  }
  return null;
}

/** null unless staff-time is seen in every zone that has events: a zone held against effort and one that is not are two kinds of number. */
function effortByZone(figures: readonly ZoneFigures[]): ZoneEffort | null {
  if (figures.some(({ effort, before, after }) => effort === null && before + after > 0)) return null;
  const steady = { before: 1, after: 1 };
  return Object.fromEntries(figures.map(({ zone, effort }) => [zone, effort ?? steady])) as ZoneEffort;
}

function unknownsOf(figures: readonly ZoneFigures[]): string[] {
  const unseen = figures.filter(({ effort, before, after }) => effort === null && before + after > 0);
  return unseen.length === 0
    ? []
    : [
        `No staff-time is seen at ${unseen.map(({ zone }) => NAMES[zone]).join(' and ')}: where people began or ceased to look there, this shows it as movement.`,
      ];
}

function refusalIn(reason: string, zone: ZoneFigures | null, origins: number): Refusal {
  if (reason === 'too few origins')
    return refuseToDerive('not enough data', `${origins} independent origins`, '3 or more');
  if (zone === null) return refuseToDerive(reason, 'nothing', 'a zone');
  return reason === 'effort changed'
    ? refuseToDerive(
        reason,
        `${zone.effort?.before} staff-months before and ${zone.effort?.after} after at ${NAMES[zone.zone]}`,
        `a change of at most ${SAME_EFFORT * 100} %, or onChangedEffort: OFFSET`,
      )
    : refuseToDerive(
        'not enough data',
        `${zone.before + zone.after} incidents at ${NAMES[zone.zone]}`,
        '10 or more, before and after together',
      );
}

/** The first rise to another level that is not before the closing; the alternatives alone, so that quiet controls do not hide it. */
function lagOf(figures: readonly ZoneFigures[], { months }: ZoneParameters): number | null {
  const series = figures
    .find(({ zone }) => zone === 'displacement')!
    .months.map(({ incidents }) => incidents);
  if (series.every((incidents) => incidents === 0)) return null;
  const breaks = [0, ...pelt(series.length, poissonCost(series)), series.length];
  const mean = (from: number, to: number): number =>
    series.slice(from, to).reduce((sum, incidents) => sum + incidents, 0) / (to - from);
  const at = breaks.findIndex(
    (step, i) =>
      i > 0 &&
      i + 1 < breaks.length &&
      step >= months &&
      mean(step, breaks[i + 1]!) > mean(breaks[i - 1]!, step),
  );
  return at < 0 ? null : breaks[at]! - months;
}
