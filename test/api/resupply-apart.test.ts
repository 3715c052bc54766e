/** Whose things re-supply never names: what a report protects, what is theirs who are suspected no more, and what nobody says whose it is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import { type SharedDetail, sightOf } from '../../src/access/sight.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { HandActs } from '../support/hand-acts.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

type Selectors = Readonly<Record<string, string>>;

const entity = (kind: string, role: string, selectors: Selectors) => ({
  kind,
  role,
  selectors: Object.entries(selectors).map(([name, value]) => ({ kind: name, value })),
});
const phone = (end: string): string => `+91 98000 0${end}`;
const INN = entity('ESTABLISHMENT', 'PLACE_OF_EXPLOITATION', { name: 'Fictional Lantern Inn' });

const report = (
  kind: string,
  day: string,
  entities: readonly unknown[],
  places: { readonly at?: unknown; readonly to?: unknown } = {},
) => ({
  kind: 'INVESTIGATION',
  origin: { kind: 'STAFF', reference: 'Staff Sample', reliability: 'B', credibility: 2 },
  incident: { kind, occurred: { text: day, zone: 'Asia/Kolkata' }, place: places.at ?? { country: 'IND' } },
  movement: {
    purpose: 'TRAFFICKING',
    status: 'COMPLETED',
    waypoints: [
      { place: { country: 'NPL' }, kind: 'STATED', basis: 'RESIDENCE' },
      { place: places.to ?? { country: 'IND' }, kind: 'STATED', basis: 'DESTINATION' },
    ],
  },
  entities,
});

const TOLD = [
  report('EXPLOITATION', '2024-08-05', [
    INN,
    entity('INDIVIDUAL', 'RECRUITER', { phone: phone('1101') }),
    entity('PHONE', 'OTHER', { phone: phone('1505') }),
    entity('SUPPORT_STRUCTURE', 'RECRUITMENT_AGENCY', { name: 'Fictional Old Road' }),
  ]),
  report('RECOVERY', '2025-02-10', [INN]),
  report('EXPLOITATION', '2025-05-20', [
    INN,
    entity('INDIVIDUAL', 'CONTACT', { phone: phone('1202') }),
    entity('INDIVIDUAL', 'RECRUITER', { phone: phone('1303') }),
    // Of somebody protected, told here as if it were anybody's.
    entity('PHONE', 'OTHER', { phone: phone('1404') }),
    entity('PHONE', 'OTHER', { phone: phone('1202') }),
    entity('PHONE', 'OTHER', { phone: phone('1606') }),
    entity('SUPPORT_STRUCTURE', 'RECRUITMENT_AGENCY', { agency: 'Fictional Golden Road' }),
    entity('SUPPORT_STRUCTURE', 'RECRUITMENT_AGENCY', { name: 'Fictional New Road' }),
  ]),
  report('OTHER', '2025-06-01', [
    entity('PHONE', 'CONTACT', { phone: phone('1404') }),
    entity('SUPPORT_STRUCTURE', 'CONTACT', { name: 'Fictional Golden Road' }),
    entity('INDIVIDUAL', 'CONTACT', { phone: phone('1202') }),
  ]),
];

interface House {
  readonly label: string;
  readonly country: string | null;
  readonly cell: string | null;
  readonly recoveries: readonly {
    readonly replacements: readonly {
      readonly role: string;
      readonly label: string;
      readonly entityIds: readonly string[];
    }[];
  }[];
}
const ASKED =
  '{ resupply(replacementDays: 730) { establishments { label country cell recoveries { replacements { role label entityIds } } } } }';

let hub: TestHub;
let acts: HandActs;
beforeAll(async () => {
  hub = await openTestHub('base');
  acts = new HandActs(hub);
});
afterAll(() => hub.close());

async function houses(viewer: Viewer): Promise<readonly House[]> {
  return (await answer<{ resupply: { establishments: House[] } }>(hub, viewer, ASKED)).resupply
    .establishments;
}

/** Sorted by role and label. */
async function leads(viewer: Viewer): Promise<readonly string[]> {
  const found = await houses(viewer);
  return found
    .flatMap(({ recoveries }) => recoveries.flatMap(({ replacements }) => replacements))
    .map(({ role, label }) => `${role}: ${label}`)
    .sort();
}

async function record(slug: string, reports: readonly unknown[]): Promise<void> {
  const investigator = await viewerFor(hub, slug, 'investigator');
  for (const said of reports) {
    const document = `mutation ($report: HandReportInput!, $key: String!) {
      done: recordReport(report: $report, idempotencyKey: $key) { ... on ActDone { reportId } ... on ActRefused { reasons { where found wanted } } } }`;
    const { done } = await answer<{ done: { reportId?: string } }>(acts.later(), investigator, document, {
      report: said,
      key: `${slug}-${reports.indexOf(said)}-told`,
    });
    expect(done).toEqual({ reportId: expect.any(String) });
  }
}

async function grantee(owner: string, slug: string, details: readonly SharedDetail[]): Promise<Viewer> {
  const { organisationId: ownerId } = await viewerFor(hub, owner, 'analyst');
  const { organisationId } = await viewerFor(hub, slug, 'analyst');
  await hub.database.unrestricted('grant for a test', async (connection) => {
    for (const recordClass of ['report', 'incident', 'movement', 'statement', 'entity'] as const)
      await addGrant(connection, randomIds, {
        ownerId: ownerId!,
        granteeId: organisationId!,
        recordClass,
        handlingCeiling: 'amber_strict',
        projection: 'coarse',
        sight: sightOf('area', 'quarter', details),
        validFrom: new Date('2020-01-01'),
        validTo: null,
      });
  });
  return viewerFor(hub, slug, 'analyst');
}

describe('what came after a recovery', () => {
  it('never names what a report protects, by its record, its identifier or its name', async () => {
    await record('keeps-apart', TOLD);
    expect(await leads(await viewerFor(hub, 'keeps-apart', 'analyst'))).toEqual([
      'other: phone …1606',
      'recruitment_agency: Fictional New Road',
      'used: phone …1303',
    ]);
  });

  it('names nobody’s own things to whoever is not shown whose they are, as nothing else does', async () => {
    const all = await grantee('keeps-apart', 'shown-whose', ['participations', 'identifiers', 'links']);
    // Without names nobody can tell that an agency of another identifier is called as one that is left out.
    expect(await leads(all)).toEqual([
      'other: phone',
      'recruitment_agency: support_structure',
      'recruitment_agency: support_structure',
      'used: phone',
    ]);
    const some = await grantee('keeps-apart', 'not-shown-whose', ['participations', 'identifiers']);
    expect((await leads(some)).filter((lead) => lead.startsWith('used'))).toEqual([]);
    expect(await leads(some)).toContain('recruitment_agency: support_structure');
    const shared = '{ sharedFacilitators(incidentsAtLeast: 2) { kind hint incidents } }';
    await record('keeps-apart-too', [...TOLD.slice(0, 1), { ...TOLD[0]!, externalReference: 'again' }]);
    const [whole, part] = [
      await grantee('keeps-apart-too', 'shown-whose', ['participations', 'identifiers', 'links']),
      await grantee('keeps-apart-too', 'not-shown-whose', ['participations', 'identifiers']),
    ];
    const found = async (viewer: Viewer): Promise<unknown[]> =>
      (await answer<{ sharedFacilitators: { hint: string }[] }>(hub, viewer, shared)).sharedFacilitators
        .map(({ hint }) => hint)
        .sort();
    expect(await found(whole)).toContain('…1101');
    expect(await found(part)).not.toContain('…1101');
    expect(await found(part)).toContain('…1505');
  });

  it('puts a house where its journeys end, whole, and where the incident was only if that is the house', async () => {
    const gate = { text: 'Birgunj', country: 'NPL' };
    const villa = entity('ESTABLISHMENT', 'EMPLOYER', { name: 'Fictional Palm Villa' });
    const hut = entity('ESTABLISHMENT', 'EMPLOYER', { name: 'Fictional Hut' });
    const { movement: _none, ...still } = report('RECOVERY', '2025-03-01', [hut], { at: gate });
    await record('tells-places', [
      report('RECOVERY', '2025-02-10', [villa], { at: gate, to: { country: 'ARE' } }),
      still,
    ]);
    const found = await houses(await viewerFor(hub, 'tells-places', 'analyst'));
    const placed = found.map(({ label, country, cell }) => [label, country, cell]);
    expect(placed).toContainEqual(['Fictional Palm Villa', 'ARE', null]);
    expect(placed).toContainEqual(['Fictional Hut', 'NPL', expect.any(String)]);
  });
});
