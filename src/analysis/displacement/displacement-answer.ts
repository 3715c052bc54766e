/** A displacement as it is shown: figures, crossings in order, and points and lines to draw. */
import { type PlaceColumns, placeOf } from '../../places/place.type.ts';
import type { Refusal } from '../derivation.ts';
import { refusalOf } from '../derived.type.ts';
import { monthName } from '../month-number.ts';
import { DisplacementAnswer, type DisplacementCrossing } from './displacement.type.ts';
import type { DisplacementWork } from './displacement-work.ts';
import type { ZoneParameters, ZonePlace } from './displacement-zones.ts';
import type { Closing } from './find-closing.service.ts';

export const DISPLACEMENT = { method: 'same-ends-alternatives/wdd-wdq', version: 1 } as const;

export interface SharedParts {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly unknowns: readonly string[];
}

export function emptyAnswer(
  shared: SharedParts,
  refusal: Refusal,
  closing: Closing | null,
): DisplacementAnswer {
  return Object.assign(new DisplacementAnswer(), {
    ...DISPLACEMENT,
    ...shared,
    counts: { records: 0, incidents: 0, owners: 0 },
    dataWindow: null,
    refusal: refusalOf(refusal),
    interdiction: closing?.interdiction ?? null,
    closed: (closing?.places ?? []).map(placeOf),
    before: null,
    after: null,
    ...NO_ESTIMATE,
    zones: [],
    crossings: [],
    features: { type: 'FeatureCollection', features: [] },
  });
}

const NO_ESTIMATE = {
  finding: null,
  difference: null,
  local: null,
  displaced: null,
  quotient: null,
  p: null,
  pLocal: null,
  pDisplaced: null,
  lagMonths: null,
} as const;

export function showDisplacement(
  shared: SharedParts,
  closing: Closing,
  { months, beforeEnds, afterBegins }: ZoneParameters,
  { story, places, counts }: DisplacementWork,
  points: readonly PlaceColumns[],
): DisplacementAnswer {
  const { estimate, displaced, pLocal, pDisplaced, finding, lagMonths } = story;
  const byId = new Map(points.map((point) => [point.id, point]));
  const crossings = [...places].sort(byImportance);
  return Object.assign(new DisplacementAnswer(), {
    ...DISPLACEMENT,
    parameters: shared.parameters,
    unknowns: [...shared.unknowns, ...story.unknowns, ...ALWAYS_UNKNOWN],
    counts,
    dataWindow: {
      first: monthName(beforeEnds - months),
      last: monthName(afterBegins + months - 1),
    },
    refusal: story.refusal === null ? null : refusalOf(story.refusal),
    interdiction: closing.interdiction,
    closed: closing.places.map(placeOf),
    before: { first: monthName(beforeEnds - months), last: monthName(beforeEnds - 1) },
    after: { first: monthName(afterBegins), last: monthName(afterBegins + months - 1) },
    ...(estimate === null
      ? NO_ESTIMATE
      : {
          finding,
          difference: estimate.difference,
          local: estimate.local,
          displaced,
          quotient: estimate.quotient && {
            estimate: estimate.quotient.estimate,
            low: estimate.quotient.interval?.[0] ?? null,
            high: estimate.quotient.interval?.[1] ?? null,
          },
          p: estimate.p,
          pLocal,
          pDisplaced,
          lagMonths,
        }),
    zones: story.zones.map(({ incidentIds, ...zone }) => ({ ...zone, allIncidentIds: incidentIds })),
    crossings: crossings.map((place) => crossingOf(place, byId)),
    features: featuresOf(closing, crossings, byId),
  });
}

const ALWAYS_UNKNOWN = [
  'Journeys that nobody saw cross are in no zone: an alternative that nobody watches is not here.',
  'The controls stand for what would have happened anyway; nothing proves that they do.',
];

const ORDER = ['treated', 'displacement', 'control', 'displacementControl'];

function byImportance(a: ZonePlace, b: ZonePlace): number {
  return (
    ORDER.indexOf(a.zone) - ORDER.indexOf(b.zone) ||
    b.after - b.before - (a.after - a.before) ||
    b.after - a.after ||
    (a.placeId < b.placeId ? -1 : 1)
  );
}

function crossingOf(place: ZonePlace, byId: ReadonlyMap<string, PlaceColumns>): DisplacementCrossing {
  const { placeId, zone, why, before, after, distanceKm, unlikeness } = place;
  const row = byId.get(placeId);
  return {
    crossingPoint: row ? placeOf(row) : null,
    zone,
    reason: why,
    before,
    after,
    distanceKm,
    unlikeness,
  };
}

function featuresOf(
  { places: closed }: Closing,
  crossings: readonly ZonePlace[],
  byId: ReadonlyMap<string, PlaceColumns>,
): unknown {
  const points = crossings.flatMap(({ placeId, ...place }) => {
    const row = byId.get(placeId);
    if (!row) return [];
    const properties = { name: row.name, ...propertiesOf(place) };
    const point = { type: 'Point', coordinates: [row.longitude, row.latitude] };
    return [{ type: 'Feature', id: `${place.why} ${placeId}`, geometry: point, properties }];
  });
  const [from] = closed;
  const lines = crossings.flatMap(({ placeId, ...place }) => {
    const to = byId.get(placeId);
    if (place.zone !== 'displacement' || !from || !to || to.id === from.id) return [];
    const ends = [from, to].map(({ longitude, latitude }) => [longitude, latitude]);
    return [
      {
        type: 'Feature',
        id: `line ${place.why} ${placeId}`,
        geometry: { type: 'LineString', coordinates: ends },
        properties: { from: from.name, to: to.name, ...propertiesOf(place) },
      },
    ];
  });
  return { type: 'FeatureCollection', features: [...points, ...lines] };
}

function propertiesOf({ zone, why, before, after }: Omit<ZonePlace, 'placeId'>) {
  return { zone, reason: why, before, after, change: after - before };
}
