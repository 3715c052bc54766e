/** Establishments from which somebody was taken: their recoveries and arrivals as events, whatever reports tell of them. */
import { resolutionOf } from '../../geo/cells.ts';
import { DisjointSets } from '../../geo/disjoint-sets.ts';
import { type Dated, type DaySpan, least, most } from '../methods/resupply.ts';
import type { Arrival, Mention, ReadLines, ToldArrest } from './read-lines.ts';
import { groupPlaces } from './same-thing.ts';

export const RESUPPLY_ACTIONS = { RECOVERY: 'recovery', ARREST: 'arrest' } as const;
export type ResupplyAction = (typeof RESUPPLY_ACTIONS)[keyof typeof RESUPPLY_ACTIONS];

export interface Recovery extends Dated {
  readonly action: ResupplyAction;
  /** null: an incident; else an arrest recorded as an interdiction. */
  readonly interdictionId: string | null;
  readonly incidentIds: readonly string[];
  readonly ownerIds: readonly string[];
}

export interface ArrivedEvent extends Dated {
  readonly incidentIds: readonly string[];
  readonly ownerIds: readonly string[];
  readonly statuses: readonly string[];
  /** Whether it is known from a recovery or arrest here: then it is dated to before that, whatever people do afterwards. */
  readonly isOfTaken: boolean;
  /** Where the journeys began: country and cell, each '' where it is not seen. */
  readonly from: readonly { readonly country: string; readonly cell: string }[];
}

export interface RaidedPlace {
  /** The least id of its records. */
  readonly key: string;
  readonly entityIds: readonly string[];
  readonly label: string;
  readonly country: string;
  readonly cell: string;
  readonly ownerIds: readonly string[];
  /** All events in which it is named. */
  readonly events: ReadonlySet<string>;
  /** By day. */
  readonly recoveries: readonly Recovery[];
  readonly arrivals: readonly ArrivedEvent[];
  readonly undated: number;
}

const TAKEN: ReadonlySet<string> = new Set(Object.values(RESUPPLY_ACTIONS));

export interface RaidedPlaces {
  /** Those with a recovery of the asked kinds, dated or not, in the order of their keys. */
  readonly places: readonly RaidedPlace[];
  /** The same, but for those that one event names: they are one, and so are their events. What is summed over these sums no event twice. */
  readonly strata: readonly RaidedPlace[];
}

/** `asked`: days that the question's span takes in. `establishmentId`: the place of one record alone; null: all. */
export function raidedPlaces(
  { mentions, arrivals, arrests }: ReadLines,
  actions: readonly ResupplyAction[],
  sameWithinKm: number,
  asked: DaySpan,
  establishmentId: string | null,
): RaidedPlaces {
  const told: Told = {
    actions,
    asked,
    arrivals: Map.groupBy(arrivals, ({ event }) => event),
    arrests: Map.groupBy(actions.includes('arrest') ? arrests : [], ({ entityId }) => entityId),
  };
  const raided = groupPlaces(mentions, sameWithinKm)
    .map((members) => ({ members, place: placeOf(members, told) }))
    .filter(({ place }) => place.recoveries.length + place.undated > 0)
    .filter(({ place }) => establishmentId === null || place.entityIds.includes(establishmentId))
    .sort((a, b) => (a.place.key < b.place.key ? -1 : 1));
  const sets = new DisjointSets(raided.length);
  const first = new Map<string, number>();
  // One arrest recorded as an interdiction may name several of them too.
  for (const [number, { place }] of raided.entries())
    for (const key of [...place.events, ...place.recoveries.map((recovery) => recovery.key)]) {
      sets.join(first.get(key) ?? number, number);
      if (!first.has(key)) first.set(key, number);
    }
  return {
    places: raided.map(({ place }) => place),
    strata: [...Map.groupBy(raided, (_, number) => sets.find(number)).values()].map((joined) =>
      joined.length === 1
        ? joined[0]!.place
        : placeOf(
            joined.flatMap(({ members }) => members),
            told,
          ),
    ),
  };
}

interface Told {
  readonly actions: readonly ResupplyAction[];
  readonly asked: DaySpan;
  readonly arrivals: ReadonlyMap<string, readonly Arrival[]>;
  /** By establishment. */
  readonly arrests: ReadonlyMap<string, readonly ToldArrest[]>;
}

function placeOf(members: readonly Mention[], { actions, asked, arrivals, arrests }: Told): RaidedPlace {
  const entityIds = [...new Set(members.map(({ entityId }) => entityId))].sort();
  const byEvent = Map.groupBy(members, ({ event }) => event);
  const told = [...byEvent].flatMap(([event, of]) => recoveryOf(event, of, actions));
  const named = new Map(
    entityIds.flatMap((id) => arrests.get(id) ?? []).map((arrest) => [arrest.interdictionId, arrest]),
  );
  const arrested = [...named.values()]
    .filter(({ span }) => span.from < asked.to && asked.from < span.to)
    .map(
      ({ interdictionId, ownerId, span }): Recovery => ({
        key: interdictionId,
        action: 'arrest',
        interdictionId,
        span,
        incidentIds: [],
        ownerIds: [ownerId],
      }),
    );
  const dated = told.flatMap(({ span, ...one }) => (span === null ? [] : [{ ...one, span }]));
  return {
    key: entityIds[0]!,
    entityIds,
    ...shownAs(members),
    ownerIds: [...new Set(members.map(({ ownerId }) => ownerId))].sort(),
    events: new Set(byEvent.keys()),
    recoveries: [...dated, ...arrested].sort(byDay),
    arrivals: [...byEvent]
      .flatMap(([event, of]) => arrivedOf(event, of, arrivals.get(event) ?? []))
      .sort(byDay),
    undated: told.length - dated.length,
  };
}

function recoveryOf(
  event: string,
  members: readonly Mention[],
  actions: readonly ResupplyAction[],
): readonly (Omit<Recovery, 'span'> & { readonly span: DaySpan | null })[] {
  const taken = members.filter(({ kind }) => (actions as readonly string[]).includes(kind));
  if (taken.length === 0 || !taken.some(({ isAsked, span }) => isAsked || span === null)) return [];
  return [
    {
      key: event,
      action: taken.some(({ kind }) => kind === 'recovery') ? 'recovery' : 'arrest',
      interdictionId: null,
      span: oneSpan(taken),
      incidentIds: [...new Set(taken.map(({ incidentId }) => incidentId))].sort(),
      ownerIds: [...new Set(taken.map(({ ownerId }) => ownerId))].sort(),
    },
  ];
}

/** Who is recovered was brought at some time before: such a journey counts only where it is dated to before the recovery. */
function arrivedOf(
  event: string,
  members: readonly Mention[],
  told: readonly Arrival[],
): readonly ArrivedEvent[] {
  const taken = members.filter(({ kind }) => TAKEN.has(kind));
  const begins = least(taken.map(({ span }) => span?.from ?? -Infinity));
  const counted = told.filter(({ span }) => span !== null && (taken.length === 0 || span.to <= begins));
  const span = oneSpan(counted);
  if (span === null) return [];
  const from = new Map(counted.map((one) => [`${one.originCountry} ${one.originCell}`, one]));
  return [
    {
      key: event,
      span,
      incidentIds: [...new Set(counted.map(({ incidentId }) => incidentId))].sort(),
      ownerIds: [...new Set(counted.map(({ ownerId }) => ownerId))].sort(),
      statuses: [...new Set(counted.map(({ status }) => status))].sort(),
      isOfTaken: taken.length > 0,
      from: [...from.values()].map(({ originCountry, originCell }) => ({
        country: originCountry,
        cell: originCell,
      })),
    },
  ];
}

/** Of several reports of one event: the days on which all can be right; where they contradict each other, all days that any of them means. */
export function oneSpan(told: readonly { readonly span: DaySpan | null }[]): DaySpan | null {
  const spans = told.flatMap(({ span }) => (span === null ? [] : [span]));
  if (spans.length === 0) return null;
  const [firsts, ends] = [spans.map(({ from }) => from), spans.map(({ to }) => to)];
  const [from, to] = [most(firsts), least(ends)];
  return from < to ? { from, to } : { from: least(firsts), to: most(ends) };
}

/** By the name that most of its records give and the finest cell that any is seen in. */
function shownAs(members: readonly Mention[]): Pick<RaidedPlace, 'label' | 'country' | 'cell'> {
  const labels = Map.groupBy(members, ({ label }) => label);
  // Where the name is not seen, its kind stands in its place.
  const [label] = [...labels].sort(
    ([a, ofA], [b, ofB]) =>
      Number(a === 'establishment') - Number(b === 'establishment') ||
      ofB.length - ofA.length ||
      (a < b ? -1 : 1),
  )[0]!;
  const finest = members
    .filter(({ cell }) => cell !== '')
    .map(({ cell, country }) => ({ cell, country, resolution: resolutionOf(BigInt(cell)) }))
    .sort((a, b) => b.resolution - a.resolution || (a.cell < b.cell ? -1 : 1))[0];
  const countries = members.map(({ country }) => country).filter((country) => country !== '');
  return { label, country: finest?.country ?? countries.sort()[0] ?? '', cell: finest?.cell ?? '' };
}

function byDay(a: Dated, b: Dated): number {
  return a.span.from - b.span.from || a.span.to - b.span.to || (a.key < b.key ? -1 : 1);
}
