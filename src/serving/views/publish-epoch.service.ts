/** Telling the counts of all approved views: what is new is gathered into atoms, what was told stands or falls as a whole. */
import { recordEvent } from '../../audit/audit.store.ts';
import type { AtlasSource } from '../../places/gazetteer.service.ts';
import type { Database, Queryable } from '../../platform/database.ts';
import { leastPersonsOfParties } from '../../sharing/agreements/agreement-standing.service.ts';
import {
  type AtomRow,
  endAtoms,
  everyMember,
  insertAtoms,
  type MemberRow,
  standingAtoms,
  tellSmaller,
} from './atom.store.ts';
import { ATOM_RULES, type CountableEvent, gatherAtoms, type LeastPersonsOf, standingOf } from './atoms.ts';
import { keysOf } from './count-levels.ts';
import type { CountableRow } from './countable.view.ts';
import { readCountedEvents } from './counted-events.service.ts';
import { countedUntil, quarterOf } from './epochs.ts';
import { listViews } from './shared-view.store.ts';
import { tellView } from './tell-view.service.ts';
import { insertEpoch, latestEpoch, toldEpochs } from './told-epoch.store.ts';
import { areaOf } from './view-definition.ts';

export interface PublishTools {
  readonly database: Database;
  readonly atlas: AtlasSource;
  readonly ids: () => string;
  readonly now: () => Date;
}

export interface PublishedEpoch {
  readonly epoch: number;
  readonly until: string;
  readonly views: number;
}

/** Null where nothing is due: no quarter more is over, and every view stands as it is approved. Fails where somebody else publishes at the same time. */
export async function publishEpoch(tools: PublishTools): Promise<PublishedEpoch | null> {
  const now = tools.now();
  const until = countedUntil(now);
  const due = await tools.database.unrestricted('see what is to be told', async (connection) => {
    const views = (await listViews(connection)).filter(({ approvers }) => approvers.length > 0);
    const last = await latestEpoch(connection);
    let isAsApproved = true;
    for (const { id } of views) isAsApproved &&= await isToldAsApproved(connection, id, last?.number ?? 0);
    if (last !== null && last.until >= until && isAsApproved) return null;
    const contributors = [...new Set(views.flatMap(({ approvers }) => approvers))].sort();
    const leastPersonsOf = await leastPersonsOfParties(connection, contributors, now);
    return { views, contributors, epoch: (last?.number ?? 0) + 1, leastPersonsOf };
  });
  if (due === null || due.views.length === 0) return null;
  // A layer's border has a name by the gazetteer, which is opened only where a layer is told.
  const borders = due.views.some(({ layer }) => layer !== null) ? (await tools.atlas()).borders : null;
  const events = await readCountedEvents(tools.database, due.contributors, until, now);
  return tools.database.unrestricted('tell counts to partner apps', async (connection) => {
    await insertEpoch(connection, { number: due.epoch, published_at: now, until });
    const atoms = [
      ...(await reviseStanding(connection, events, due)),
      ...(await gatherNew(connection, events, due, tools.ids)),
    ];
    for (const view of due.views)
      await tellView(connection, view, atoms, { epoch: due.epoch, until, borders });
    await recordEvent(connection, now, {
      organisationId: null,
      keyId: null,
      action: 'shared_views_told',
      objectKind: 'shared_view',
      objectIds: due.views.map(({ id }) => id),
      purpose: null,
      aboutOwnerIds: due.contributors,
      detail: {},
    });
    return { epoch: due.epoch, until, views: due.views.length };
  });
}

/** At the latest epoch, and by nobody who took it back since. */
async function isToldAsApproved(connection: Queryable, viewId: string, epoch: number): Promise<boolean> {
  const [told] = await toldEpochs(connection, viewId);
  return told !== undefined && told.epoch === epoch;
}

interface Telling {
  readonly epoch: number;
  readonly leastPersonsOf: LeastPersonsOf;
}

interface StandingMember {
  readonly persons: number;
  /** Whose it is by what is seen now. */
  readonly contributors: readonly string[];
  /** Whose it was when it was counted: the number is theirs, and is told where they all approve. */
  readonly counted: readonly string[];
}

/** Atoms that were told before, as they are told now; those that fell are ended. */
async function reviseStanding(
  connection: Queryable,
  events: readonly CountableRow[],
  { epoch, leastPersonsOf }: Telling,
): Promise<readonly AtomRow[]> {
  const byIncident = new Map(events.flatMap((event) => event.incidents.map((id) => [id, event] as const)));
  const membersOf = new Map<string, Map<string, StandingMember>>();
  for (const {
    atom_id: atom,
    incident_id: incident,
    event_id: event,
    persons,
    contributors: counted,
  } of await everyMember(connection)) {
    const found = byIncident.get(incident);
    if (found === undefined) continue;
    const members = membersOf.get(atom) ?? new Map<string, StandingMember>();
    membersOf.set(atom, members);
    // As many as were counted: a number that was corrected since tells of one event.
    members.set(event, { persons, contributors: found.owners, counted });
  }
  const ended: string[] = [];
  const standing: AtomRow[] = [];
  for (const atom of await standingAtoms(connection)) {
    const members = [...(membersOf.get(atom.id)?.values() ?? [])];
    const now = standingOf({ ...atom, members }, ATOM_RULES, leastPersonsOf);
    if (now === null) ended.push(atom.id);
    else if (now.persons === atom.persons) standing.push(atom);
    else {
      const contributors = [...new Set(members.flatMap((member) => member.counted))].sort();
      const smaller = { ...atom, ...now, contributors };
      await tellSmaller(connection, smaller);
      standing.push(smaller);
    }
  }
  await endAtoms(connection, ended, epoch);
  return standing;
}

async function gatherNew(
  connection: Queryable,
  events: readonly CountableRow[],
  { epoch, leastPersonsOf }: Telling,
  ids: () => string,
): Promise<readonly AtomRow[]> {
  const counted = new Set((await everyMember(connection)).map((member) => member.incident_id));
  const fresh = new Map(
    events.flatMap((event) =>
      event.incidents.some((id) => counted.has(id)) ? [] : [[event.event_id, event] as const],
    ),
  );
  const { atoms } = gatherAtoms([...fresh.values()].map(countableEvent), ATOM_RULES, leastPersonsOf);
  const rows: AtomRow[] = [];
  const members: MemberRow[] = [];
  for (const atom of atoms) {
    const contributors = [...new Set(atom.events.flatMap((event) => event.contributors))].sort();
    const row = {
      id: ids(),
      level: atom.level,
      key: atom.key,
      persons: atom.persons,
      events: atom.events.length,
      contributors,
    };
    rows.push(row);
    for (const event of atom.events)
      for (const incident of fresh.get(event.id)!.incidents)
        members.push({
          incident_id: incident,
          atom_id: row.id,
          event_id: event.id,
          persons: event.persons,
          contributors: event.contributors,
        });
  }
  await insertAtoms(connection, epoch, rows, members);
  return rows;
}

function countableEvent({
  event_id: id,
  persons,
  owners,
  origin,
  destination,
  place,
  month,
}: CountableRow): CountableEvent {
  const quarter = quarterOf(month);
  return {
    id,
    persons,
    contributors: owners,
    keys: keysOf({
      origin,
      destination,
      place,
      area: place === null ? null : areaOf(place),
      quarter,
      year: quarter.slice(0, 4),
    }),
  };
}
