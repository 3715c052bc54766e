/** What is new at a place after a recovery, in a part that something had which is gone since: leads, for people to look at. */
import { type DaySpan, least } from '../methods/resupply.ts';
import type { RaidedPlace, Recovery } from './raided-places.ts';
import type { Thing } from './read-lines.ts';
import { groupByTokens } from './same-thing.ts';

export interface Replacement {
  readonly kind: string;
  readonly role: string;
  readonly label: string;
  readonly entityIds: readonly string[];
  /** Days from the recovery to when it was first seen here. */
  readonly days: { readonly low: number; readonly high: number };
  /** Of what had its part before, and was not seen here since. */
  readonly goneEntityIds: readonly string[];
  /** How many came new into this part in as many days before the recovery. */
  readonly newcomersBefore: number;
  readonly incidentIds: readonly string[];
}

export const MOST_REPLACEMENTS = 20;
const MOST_IDS = 100;

/** One thing at one place: a phone, an agency … and when it was seen there. */
interface Seen {
  readonly kind: string;
  readonly members: readonly Thing[];
  readonly first: DaySpan;
  readonly roles: ReadonlySet<string>;
}

/**
 * For each recovery of a place, in their order. Something without a date anywhere here is left out: it may have been there all the time. A newcomer belongs to the last
 * recovery before it, comes with a journey, and within `days`; what it replaces was there in as many days before, and surely not after.
 */
export function replacementsOf(
  place: RaidedPlace,
  things: readonly Thing[],
  days: number,
): readonly (readonly Replacement[])[] {
  const own = new Set(place.entityIds);
  const here = things.filter(({ entityId }) => !own.has(entityId)).sort(byIds);
  // A vehicle and a phone that a form gives one number are two things still.
  const seen = [...Map.groupBy(here, ({ kind }) => kind).values()]
    .flatMap((ofKind) => groupByTokens(ofKind))
    .flatMap((members) => seenOf(members));
  const brought = new Set(place.arrivals.map(({ key }) => key));
  return place.recoveries.map((recovery) =>
    seen
      .filter(({ first, members }) => {
        const isNew = first.from >= recovery.span.to && first.to - 1 - recovery.span.from <= days;
        const isLater = place.recoveries.some(
          ({ span }) => span.from >= recovery.span.to && span.to <= first.from,
        );
        return isNew && !isLater && members.some(({ event }) => brought.has(event));
      })
      .flatMap((newcomer) => replacementOf(newcomer, seen, recovery, days))
      .sort(
        (a, b) =>
          b.incidentIds.length - a.incidentIds.length ||
          a.days.high - b.days.high ||
          (a.entityIds[0]! < b.entityIds[0]! ? -1 : 1),
      )
      .slice(0, MOST_REPLACEMENTS),
  );
}

/** However the rows came. */
function byIds(a: Thing, b: Thing): number {
  const [one, other] = [a, b].map(({ entityId, incidentId, role }) => `${entityId} ${incidentId} ${role}`);
  return one! < other! ? -1 : one! > other! ? 1 : 0;
}

function replacementOf(
  newcomer: Seen,
  seen: readonly Seen[],
  { span }: Recovery,
  days: number,
): readonly Replacement[] {
  return [...newcomer.roles].sort().flatMap((role) => {
    const peers = seen.filter((one) => one !== newcomer && one.kind === newcomer.kind && one.roles.has(role));
    const gone = peers.filter(({ members }) => {
      const lasts = members.map((one) => one.span!);
      return lasts.every(({ to }) => to <= span.to) && lasts.some(({ to }) => to > span.from - days);
    });
    if (gone.length === 0) return [];
    const { members, first, kind } = newcomer;
    return [
      {
        kind,
        role,
        label: members.map(({ label }) => label).sort()[0]!,
        entityIds: idsOf(members.map(({ entityId }) => entityId)),
        days: { low: first.from - (span.to - 1), high: first.to - 1 - span.from },
        goneEntityIds: idsOf(gone.flatMap((one) => one.members.map(({ entityId }) => entityId))),
        newcomersBefore: peers.filter(
          (one) => one.first.from >= span.from - days && one.first.to <= span.from,
        ).length,
        incidentIds: idsOf(members.map(({ incidentId }) => incidentId)),
      },
    ];
  });
}

function seenOf(members: readonly Thing[]): readonly Seen[] {
  const spans = members.map(({ span }) => span);
  if (spans.some((span) => span === null)) return [];
  const dated = spans as readonly DaySpan[];
  return [
    {
      kind: members[0]!.kind,
      members,
      first: {
        from: least(dated.map(({ from }) => from)),
        to: least(dated.map(({ to }) => to)),
      },
      roles: new Set(members.map(({ role }) => role)),
    },
  ];
}

function idsOf(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort().slice(0, MOST_IDS);
}
