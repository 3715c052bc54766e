/** The demo's agreements: drafted and signed by data officers of its organisations, as any are. */
import { DEMO_AGREEMENTS, type DemoAgreement } from '../../seeds/organisations.ts';
import { addKey } from '../access/key.store.ts';
import { readSlugs } from '../access/organisation.view.ts';
import type { Viewer } from '../access/viewer.ts';
import { readViewer } from '../access/viewer.view.ts';
import { HeadwaterError, type Outcome } from '../kernel/errors.ts';
import { randomIds } from '../kernel/ids.ts';
import { signAgreement } from '../sharing/agreements/agreement.service.ts';
import { inPart, type Terms } from '../sharing/agreements/agreement.ts';
import { draftAgreement } from '../sharing/agreements/draft-agreement.service.ts';
import { readAgreements } from '../sharing/agreements/read-agreements.service.ts';
import type { Hub } from './hub.ts';

/** What an agreement of the demo shows: travel and facilitators with what is said of them; reports, effort and names stay at home. */
const SHARED = ['incident', 'movement', 'statement', 'entity', 'flow'] as const;
/** As long as an agreement may run: the demo is looked at years after it was made. */
const [BEGINS, ENDS, REVIEW] = ['2026-01-01T00:00:00Z', '2030-12-31T00:00:00Z', '2028-06-30'] as const;

export async function agreeDemo(
  hub: Hub,
  organisations: ReadonlyMap<string, { readonly id: string }>,
): Promise<void> {
  const now = new Date(BEGINS);
  const tools = { ...hub.imports, database: hub.database, now: () => now };
  for (const agreement of DEMO_AGREEMENTS) {
    const parties = [...agreement.givers, agreement.receiver];
    const officers: Viewer[] = [];
    for (const slug of parties) officers.push(await officerOf(hub, organisations.get(slug)?.id ?? '', now));
    const [drafter] = officers;
    if (drafter === undefined) throw new Error(`found no party of "${agreement.name}"`);
    const request = (viewer: Viewer, act: string) => ({
      viewer,
      idempotencyKey: `demo-${act}-${agreement.name}`,
    });
    const id = done(await draftAgreement(tools, request(drafter, 'draft'), termsOf(agreement, parties)));
    const [{ digest, version } = { digest: '', version: 0 }] = await readAgreements(
      tools,
      drafter,
      await readSlugs(hub.database),
      id,
    );
    for (const officer of officers)
      done(await signAgreement(tools, request(officer, 'sign'), { id, version }, digest));
  }
}

/** By a key that is shown to nobody and good for no request: it ends with the moment it is made for. */
export async function officerOf(hub: Hub, organisationId: string, now: Date): Promise<Viewer> {
  const key = await hub.database.unrestricted('make a key that signs for the demo', (connection) =>
    addKey(connection, randomIds, {
      organisationId,
      role: 'data_officer',
      label: 'signed for the demo',
      vaultPermission: false,
      expiresAt: new Date(now.getTime() + 1),
    }),
  );
  return readViewer(hub.database, key.text, now);
}

function termsOf({ name, template, givers, receiver }: DemoAgreement, parties: readonly string[]): Terms {
  const sight = inPart(template === 'full_record' ? 'full' : 'coarse');
  return {
    name,
    template,
    parties,
    purposes: ['investigation', 'safeguarding', 'victim_support'],
    terms: givers.flatMap((giver) =>
      SHARED.map((recordClass) => ({
        giver,
        receiver,
        recordClass,
        ...sight,
        handlingCeiling: 'amber' as const,
      })),
    ),
    onward: 'none',
    suppressionK: 11,
    startsAt: BEGINS,
    endsAt: ENDS,
    reviewOn: REVIEW,
    replaces: null,
  };
}

function done(outcome: Outcome<{ readonly recordId: string }>): string {
  if (outcome.accepted) return outcome.value.recordId;
  throw new HeadwaterError('BAD_INPUT', JSON.stringify(outcome.reasons));
}
