/** The events that contributors let be counted, read by a viewer that belongs to nobody. */
import { readerFor } from '../../access/reader.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Database } from '../../platform/database.ts';
import { type CountableRow, readCountable } from './countable.view.ts';
import { confirmedLinks, countableClasses } from './shared-view.store.ts';

/** Of these organisations and nobody else, before `until`, a day. */
export async function readCountedEvents(
  database: Database,
  organisationIds: readonly string[],
  until: string,
  now: Date,
): Promise<readonly CountableRow[]> {
  const classes = await database.unrestricted('find what may be counted', (connection) =>
    countableClasses(connection, organisationIds),
  );
  const rows = await readCountable(readerFor(database, serviceViewer(classes, now)), until);
  const links = await database.unrestricted('find which incidents are one', confirmedLinks);
  return asEvents(rows, links);
}

/** Incidents that are one by way of somebody who lets nothing be counted are one all the same: the largest party speaks for them. */
function asEvents(
  rows: readonly CountableRow[],
  links: readonly (readonly [string, string])[],
): readonly CountableRow[] {
  const leads = new Map<string, string>();
  const leadOf = (id: string): string => {
    const lead = leads.get(id);
    if (lead === undefined || lead === id) return id;
    const found = leadOf(lead);
    leads.set(id, found);
    return found;
  };
  const join = (a: string, b: string): void => {
    const [low, high] = [leadOf(a), leadOf(b)].sort() as [string, string];
    if (low !== high) leads.set(high, low);
  };
  for (const [a, b] of links) join(a, b);
  for (const { incidents } of rows) for (const id of incidents) join(incidents[0]!, id);
  const events = new Map<string, CountableRow>();
  for (const row of rows) {
    const lead = leadOf(row.incidents[0]!);
    const other = events.get(lead);
    events.set(lead, other === undefined ? { ...row, event_id: lead } : together(lead, other, row));
  }
  return [...events.values()].sort((a, b) => (a.event_id < b.event_id ? -1 : 1));
}

function together(event: string, a: CountableRow, b: CountableRow): CountableRow {
  const larger = b.persons > a.persons ? b : a;
  return {
    ...larger,
    event_id: event,
    incidents: [...new Set([...a.incidents, ...b.incidents])].sort(),
    owners: [...new Set([...a.owners, ...b.owners])].sort(),
    month: a.month < b.month ? a.month : b.month,
  };
}

/** Holds what the contributors' officers approved and nothing else; belongs to nobody. */
function serviceViewer(fullClasses: readonly number[], now: Date): Viewer {
  return {
    keyId: '00000000-0000-4000-8000-000000000000',
    organisationId: null,
    organisationSlug: null,
    role: 'analyst',
    vaultPermission: false,
    fullClasses,
    partial: [],
    now,
  };
}
