/** The demo's targets: what recurs across its reports and a suspect, opened and planned as any are. */

import { addKey } from '../access/key.store.ts';
import { readerFor } from '../access/reader.ts';
import { readViewer } from '../access/viewer.view.ts';
import { HeadwaterError, type Outcome } from '../kernel/errors.ts';
import { randomIds } from '../kernel/ids.ts';
import type { OpenStage, TargetAction } from '../kernel/target-words.ts';
import { findSharedFacilitators } from '../records/entities/shared-facilitators.service.ts';
import { openTarget, planTarget } from '../records/targets/target.service.ts';
import { latestOf } from './demo-leads.view.ts';
import { firstSuspect } from './demo-suspects.view.ts';
import type { Hub } from './hub.ts';

const SLUG = 'terai-watch';
const DAY = 86_400_000;
const MOST_RECORDS = 50;

interface Plan {
  readonly stage: OpenStage;
  readonly action: TargetAction;
  /** From the demo's today; what lies before it is overdue. */
  readonly dueInDays: number;
  /** Whether its last record came in after it was opened, and is not added yet. */
  readonly isBehind?: true;
}

/** What is followed, the most surprising first. */
const PLANS: readonly Plan[] = [
  { stage: 'ready', action: 'prepare_referral', dueInDays: 12 },
  { stage: 'developing', action: 'seek_second_source', dueInDays: -6 },
  { stage: 'lead', action: 'check_records', dueInDays: 26, isBehind: true },
];
const OF_A_PERSON: Plan = { stage: 'developing', action: 'review_suspicion', dueInDays: 40 };

/** `today`: the demo's own, "2026-11-01". */
export async function followDemo(
  hub: Hub,
  organisations: ReadonlyMap<string, { readonly id: string }>,
  today: string,
): Promise<void> {
  const now = new Date(`${today}T00:00:00Z`);
  // What was planned a while ago may be overdue by now.
  const then = new Date(now.getTime() - 20 * DAY);
  const key = await hub.database.unrestricted('make a key that follows targets in the demo', (connection) =>
    addKey(connection, randomIds, {
      organisationId: organisations.get(SLUG)?.id ?? '',
      role: 'investigator',
      label: 'investigator of the demo',
      vaultPermission: false,
      expiresAt: new Date(now.getTime() + 1),
    }),
  );
  const viewer = await readViewer(hub.database, key.text, then);
  const reader = readerFor(hub.database, viewer);
  // The class of targets comes with the first one.
  const again = async () => readerFor(hub.database, await readViewer(hub.database, key.text, then));
  const tools = { ...hub.imports, now: () => then };
  const follow = async (entityIds: readonly string[], { stage, action, dueInDays }: Plan): Promise<void> => {
    const dueOn = new Date(now.getTime() + dueInDays * DAY).toISOString().slice(0, 10);
    const request = (act: string) => ({ viewer, idempotencyKey: `demo-${act}-${entityIds[0]}` });
    const ids = entityIds.slice(0, MOST_RECORDS);
    const id = done(await openTarget(tools, request('open'), reader, { entityIds: ids, action, dueOn }));
    if (stage !== 'lead')
      done(
        await planTarget(tools, request('plan'), await again(), { id, version: 1 }, { stage, action, dueOn }),
      );
  };
  const recurring = await findSharedFacilitators(reader, {
    kinds: ['establishment', 'support_structure'],
    incidentsAtLeast: 3,
    ownersAtLeast: 1,
    standsWithoutVictim: false,
    asKnown: { at: null },
    first: PLANS.length,
  });
  for (const [at, { entityIds }] of recurring.entries()) {
    const plan = PLANS[at];
    if (plan === undefined) continue;
    const later = plan.isBehind === true ? await latestOf(reader, entityIds) : null;
    await follow(
      entityIds.filter((id) => id !== later),
      plan,
    );
  }
  const suspect = await firstSuspect(reader);
  if (suspect !== null) await follow([suspect], OF_A_PERSON);
}

function done(outcome: Outcome<{ readonly recordId: string }>): string {
  if (outcome.accepted) return outcome.value.recordId;
  throw new HeadwaterError(
    'BAD_INPUT',
    `a target of the demo is refused: ${JSON.stringify(outcome.reasons)}`,
  );
}
