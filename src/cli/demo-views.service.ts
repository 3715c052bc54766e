/** The demo's shared views: proposed by one of its organisations, approved by each that was imported, and told. */
import type { Viewer } from '../access/viewer.ts';
import { HeadwaterError, type Outcome } from '../kernel/errors.ts';
import { publishEpoch } from '../serving/views/publish-epoch.service.ts';
import { approveSharedView, proposeView } from '../serving/views/shared-view.service.ts';
import { officerOf } from './demo-agreements.service.ts';
import type { Hub } from './hub.ts';

const VIEWS = [
  {
    name: 'pairs-by-quarter',
    title: 'Country pairs by quarter',
    query:
      '{ flows(groupBy: [ORIGIN_COUNTRY, DESTINATION_COUNTRY, QUARTER]) { originCountry destinationCountry period persons { min } incidents } }',
    layer: null,
  },
  {
    name: 'crossings-by-year',
    title: 'Where borders were crossed, by year',
    query:
      '{ flows(groupBy: [CROSSING_CELL, YEAR], cellResolution: 4) { cell period persons { min } incidents } }',
    layer: null,
  },
  {
    name: 'flows-of-the-year',
    title: 'Country pairs of the latest year, with their trend',
    query:
      '{ flows(groupBy: [ORIGIN_COUNTRY, DESTINATION_COUNTRY, QUARTER]) { originCountry destinationCountry period persons { min } incidents } }',
    layer: 'flows',
  },
  {
    name: 'corridors-of-the-year',
    title: 'From country to country by way of border areas',
    query:
      '{ flows(groupBy: [ORIGIN_COUNTRY, CROSSING_CELL, DESTINATION_COUNTRY, QUARTER], cellResolution: 2) { originCountry cell destinationCountry period persons { min } incidents } }',
    layer: 'corridors',
  },
] as const;

/** `day`: the demo's own today. */
export async function shareDemo(
  hub: Hub,
  organisations: ReadonlyMap<string, { readonly id: string }>,
  day: string,
): Promise<void> {
  const now = new Date(`${day}T00:00:00Z`);
  const tools = { ...hub.imports, database: hub.database, now: () => now };
  const officers: Viewer[] = [];
  for (const { id } of organisations.values()) officers.push(await officerOf(hub, id, now));
  for (const view of VIEWS) {
    const [proposer] = officers;
    if (proposer === undefined) return;
    const asked = (viewer: Viewer, act: string) => ({ viewer, idempotencyKey: `demo-${act}-${view.name}` });
    const target = done(await proposeView(tools, asked(proposer, 'propose'), view));
    for (const officer of officers) done(await approveSharedView(tools, asked(officer, 'approve'), target));
  }
  await publishEpoch({ database: hub.database, atlas: hub.atlas, ids: hub.imports.ids, now: () => now });
}

function done(outcome: Outcome<{ readonly recordId: string; readonly version: number }>): {
  readonly id: string;
  readonly version: number;
} {
  if (outcome.accepted) return { id: outcome.value.recordId, version: outcome.value.version };
  throw new HeadwaterError('BAD_INPUT', JSON.stringify(outcome.reasons));
}
