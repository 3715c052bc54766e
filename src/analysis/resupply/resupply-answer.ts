/** Re-supply as it is shown: recoveries with what followed, the figures of all of them, and points and lines to draw. */
import type { Viewer } from '../../access/viewer.ts';
import { centreOf, toIndex } from '../../geo/cells.ts';
import { type Refusal, refuseToDerive } from '../derivation.ts';
import { refusalOf } from '../derived.type.ts';
import { type DaySpan, least, most } from '../methods/resupply.ts';
import { scopedId } from '../scoped-id.ts';
import { MOST_EVIDENCE } from '../tell-how-known.service.ts';
import { dayName } from './day-span.ts';
import type { ArrivedEvent, RaidedPlace } from './raided-places.ts';
import type { ResupplyEstablishment, ResupplyRecovery } from './recovery.type.ts';
import { ResupplyAnswer } from './resupply.type.ts';
import { changeOf, MONTH_DAYS } from './resupply-change.ts';
import { featuresOf } from './resupply-features.ts';
import type { ResupplyQuestion } from './resupply-question.ts';
import type { ResupplyWork, ShownPlace } from './resupply-work.ts';

export const RESUPPLY = { method: 'next-arrival/product-limit-turnbull', version: 2 } as const;

const MOST_ENTITY_IDS = 100;

export function showResupply(
  viewer: Viewer,
  question: ResupplyQuestion,
  found: ResupplyWork,
  unknowns: readonly string[],
): ResupplyAnswer {
  const { pooled, told, places } = found;
  const { first: _most, establishmentId: _asked, ...parameters } = question;
  const refusal = refusalTo(question, found);
  const curve = refusal === null ? pooled.curve : null;
  return Object.assign(new ResupplyAnswer(), {
    ...RESUPPLY,
    parameters: { ...parameters, monthDays: MONTH_DAYS },
    counts: found.counts,
    dataWindow:
      told === null
        ? null
        : { first: dayName(told.from).slice(0, 7), last: dayName(told.to - 1).slice(0, 7) },
    unknowns: [...unknowns, ...unknownsOf(found)],
    refusal: refusal === null ? null : refusalOf(refusal),
    establishmentCount: found.establishments,
    recoveryCount: pooled.recoveries,
    endedCount: pooled.ended,
    medianDays:
      curve === null ? null : { value: curve.median.days, low: curve.median.low, high: curve.median.high },
    curve: curve?.points ?? [],
    change: changeOf(found.change),
    establishments: places.map((one) => establishmentOf(viewer, one)),
    features: featuresOf(places.map(({ place }) => place)),
  });
}

function refusalTo({ establishmentId }: ResupplyQuestion, found: ResupplyWork): Refusal | null {
  if (establishmentId !== null && !found.isKnown)
    return refuseToDerive(
      'no such establishment',
      'none with that id where people are brought',
      'the id of an entity of kind ESTABLISHMENT that you see',
    );
  return found.pooled.refusal;
}

function unknownsOf({
  undated,
  change,
  pooled,
  places,
  establishments,
  strata,
}: ResupplyWork): readonly string[] {
  const hasWide = places.some(({ place }) => place.recoveries.some(({ span }) => span.to - span.from > 1));
  return [
    'Whom nobody reported is not here: an establishment without a later arrival is one at which none was found.',
    'Whether an establishment closed is not recorded: a wait ends with the records, not with the house.',
    'An arrival is dated as its journey is: where that is the day it was found out, people may have been there for long.',
    'Establishments are one where a name or number is the same in one neighbourhood: two of one name may be told as one, and one that changed its name as two.',
    'Persons are not followed from report to report: replacements are things, agencies and houses, and they are leads.',
    ...(undated === 0 ? [] : [`${undated} recoveries have no date, and are in no figure.`]),
    ...(change.straddling === 0
      ? []
      : [`${change.straddling} arrivals are dated too widely to lie before or after a recovery.`]),
    ...(change.ofTaken === 0
      ? []
      : [
          `${change.ofTaken} arrivals are known from a recovery there, so before it by their nature: they are in no figure of before and after.`,
        ]),
    ...(strata === establishments
      ? []
      : [
          `${establishments} establishments are ${strata} in the figures of all: those that one event names are one there, so that it counts once.`,
        ]),
    ...(hasWide ? ['Some recoveries are known to within a span of days: so are the waits after them.'] : []),
    ...(pooled.curve?.interval === 'bootstrap'
      ? [
          'Intervals of the curve are of whole establishments drawn again: few of them, and they are too narrow.',
        ]
      : pooled.curve?.interval === 'none'
        ? ['The curve has no interval: too few establishments, with dates that are too wide.']
        : []),
  ];
}

function establishmentOf(viewer: Viewer, { place, next, replacements }: ShownPlace): ResupplyEstablishment {
  const centre = place.cell === '' ? null : centreOf(BigInt(place.cell));
  return {
    id: scopedId(viewer, 'resupply-establishment', place.entityIds.join(' ')),
    entityIds: place.entityIds.slice(0, MOST_ENTITY_IDS),
    label: place.label,
    country: place.country === '' ? null : place.country,
    cell: place.cell === '' ? null : toIndex(BigInt(place.cell)),
    centre: centre && { longitude: centre[0], latitude: centre[1] },
    arrivals: place.arrivals.length,
    recoveries: place.recoveries.map((_, i) => recoveryOf(place, i, next[i]!, replacements[i]!)),
  };
}

function recoveryOf(
  place: RaidedPlace,
  number: number,
  { days, ended, candidates }: ShownPlace['next'][number],
  replacements: ShownPlace['replacements'][number],
): ResupplyRecovery {
  const { action, span, interdictionId, incidentIds } = place.recoveries[number]!;
  const events = new Set(candidates.map(({ key }) => key));
  const arrived = place.arrivals.filter(({ key }) => events.has(key));
  const arrivedIds = idsOf(arrived.flatMap((one) => one.incidentIds));
  return {
    action,
    ...shownSpan(span),
    interdictionId,
    ended,
    next:
      days === null
        ? null
        : {
            days,
            ...shownSpan(spanOfNext(span, arrived)),
            isSure: days.high !== null,
            candidates: candidates.length,
            statuses: [...new Set(arrived.flatMap(({ statuses }) => statuses))].sort(),
            allIncidentIds: arrivedIds,
          },
    replacements,
    recoveryIncidentIds: incidentIds,
    allIncidentIds: idsOf([...incidentIds, ...arrivedIds]),
  };
}

/** From the first day on which any of them can have come to the day by which one of those that surely came after the recovery had. */
function spanOfNext(recovery: DaySpan, arrived: readonly ArrivedEvent[]): DaySpan {
  const spans = arrived.map(({ span }) => span);
  const sure = spans.filter(({ from }) => from >= recovery.to).map(({ to }) => to);
  return {
    from: Math.max(recovery.from + 1, least(spans.map(({ from }) => from))),
    to: sure.length > 0 ? least(sure) : most(spans.map(({ to }) => to)),
  };
}

function shownSpan({ from, to }: DaySpan): { readonly earliest: string; readonly latest: string } {
  return { earliest: dayName(from), latest: dayName(to - 1) };
}

function idsOf(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort().slice(0, MOST_EVIDENCE);
}
