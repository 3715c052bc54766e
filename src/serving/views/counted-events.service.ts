/** The events that contributors let be counted, read by a viewer that belongs to nobody. */
import { readerFor } from '../../access/reader.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { Database } from '../../platform/database.ts';
import { type CountableRow, readCountable } from './countable.view.ts';
import { countableClasses } from './shared-view.store.ts';

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
  return readCountable(readerFor(database, serviceViewer(classes, now)), until);
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
