/** A target stays with what it was opened on while reports are corrected, corrections undone, and persons cleared or erased. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { undoImport } from '../../src/intake/imports/import.service.ts';
import { suspectFile } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const SLUG = 'by-hand';
const OUTCOME =
  '... on RecordDone { id version } ... on ActDone { reportId version } ... on ActRefused { reasons { where found } }';
const REPORT = {
  kind: 'INTERVIEW',
  origin: { kind: 'STAFF', reference: 'Staff Sample', reliability: 'B', credibility: 2 },
  incident: {
    kind: 'INTERCEPTION',
    occurred: { text: '2026-05-02' },
    place: { text: 'Birgunj', country: 'NPL' },
  },
  entities: [
    { kind: 'INDIVIDUAL', role: 'SUSPECT', selectors: [{ kind: 'phone', value: '+977 000 000 077' }] },
    { kind: 'ESTABLISHMENT', role: 'HOST', selectors: [{ kind: 'name', value: 'Sample Guest House' }] },
    { kind: 'ESTABLISHMENT', role: 'HOST', selectors: [{ kind: 'name', value: 'Another Guest House' }] },
  ],
};

interface Done {
  readonly id?: string;
  readonly reportId?: string;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string; readonly found: string }[];
}
interface Shown {
  readonly entities: readonly { readonly id: string; readonly label: string }[];
  readonly standing: { readonly entities: number; readonly incidents: number };
}

let hub: TestHub;
let serial = 0;
const viewer = (): Promise<Viewer> => viewerFor(hub, SLUG, 'data_officer');

async function act(text: string, variables: Readonly<Record<string, unknown>> = {}): Promise<Done> {
  const key = `followed-${(serial += 1)}`;
  const [head = '', ...call] = text.split(' => ');
  const document = `mutation (${head}$key: String!) { done: ${call.join(' => ')} { ${text.includes('openTarget') || text.includes('reviewSuspicion') || text.includes('planTarget') || text.includes('recordLegalCase') ? OUTCOME.replace(/\.\.\. on ActDone \{[^}]*\}/, '') : OUTCOME.replace(/\.\.\. on RecordDone \{[^}]*\}/, '')} } }`;
  return (await answer<{ done: Done }>(hub, await viewer(), document, { ...variables, key })).done;
}
async function entities(kind: string): Promise<readonly { readonly id: string; readonly label: string }[]> {
  const text = `{ entities(filter: { kinds: [${kind}] }, first: 50) { nodes { id label } } }`;
  return (await answer<{ entities: { nodes: { id: string; label: string }[] } }>(hub, await viewer(), text))
    .entities.nodes;
}
async function shown(id: string): Promise<Shown> {
  const text = `{ targets(filter: { ids: ["${id}"] }) { nodes { entities { id label } standing { entities incidents } } } }`;
  const { targets } = await answer<{ targets: { nodes: Shown[] } }>(hub, await viewer(), text);
  return targets.nodes[0]!;
}
const open = (ids: readonly string[]): Promise<Done> =>
  act(
    '$ids: [String!]!,  => openTarget(entityIds: $ids, action: CHECK_RECORDS, dueOn: "2026-12-24", idempotencyKey: $key)',
    { ids },
  );

beforeAll(async () => {
  hub = await openTestHub('base');
  await importText(hub, SLUG, 'border-intercept', suspectFile('first'), 'first.csv');
});
afterAll(() => hub.close());

describe('a target', () => {
  it('stays with its person and its house when their report is corrected', async () => {
    const { reportId } = await act(
      '$report: HandReportInput!,  => recordReport(report: $report, idempotencyKey: $key)',
      {
        report: REPORT,
      },
    );
    const houses = await entities('ESTABLISHMENT');
    const [sample] = houses.filter(({ label }) => label.includes('Sample'));
    const persons = await entities('INDIVIDUAL');
    const { nodes } = (
      await answer<{ reports: { nodes: { incidents: { entities: { id: string; kind: string }[] }[] }[] } }>(
        hub,
        await viewer(),
        `{ reports(filter: { ids: ["${reportId}"] }) { nodes { incidents { entities { id kind } } } } }`,
      )
    ).reports;
    const person = nodes[0]?.incidents[0]?.entities.find(({ kind }) => kind === 'INDIVIDUAL') ?? {
      id: 'nobody',
    };
    expect(persons.map(({ id }) => id)).toContain(person.id);
    const ofPerson = await open([person.id]);
    const ofHouse = await open([sample!.id]);
    expect([ofPerson.reasons, ofHouse.reasons]).toEqual([undefined, undefined]);
    await act(
      '$report: HandReportInput!, $id: String!,  => correctReport(report: $report, reportId: $id, version: 1, reason: NEW_INFORMATION, idempotencyKey: $key)',
      { report: { ...REPORT, origin: { ...REPORT.origin, credibility: 3 } }, id: reportId },
    );
    for (const [{ id }, before, label] of [
      [ofPerson, person.id, null],
      [ofHouse, sample!.id, sample!.label],
    ] as const) {
      const now = await shown(id!);
      expect(now.standing).toEqual({ entities: 1, incidents: 1 });
      expect(now.entities.map((one) => one.id)).not.toEqual([before]);
      if (label !== null) expect(now.entities.map((one) => one.label)).toEqual([label]);
      // And nobody else opens one on the same.
      expect((await open([now.entities[0]!.id])).reasons?.[0]?.found).toBe(`the open target ${id}`);
    }
  });

  it('goes along with a file that corrects its report, and back when that is undone', async () => {
    const [person] = (await entities('INDIVIDUAL')).toReversed();
    const { id } = await open([person!.id]);
    const second = await importText(hub, SLUG, 'border-intercept', suspectFile('second'), 'second.csv');
    const now = await shown(id!);
    expect(now.standing).toEqual({ entities: 1, incidents: 1 });
    expect(now.entities[0]?.id).not.toBe(person!.id);
    const { organisationId } = await viewer();
    await undoImport(hub.imports, organisationId as string, null, second.batchId);
    expect(await shown(id!)).toMatchObject({ entities: [{ id: person!.id }], standing: { entities: 1 } });
  });

  it('is neither ready nor referred once its person is cleared', async () => {
    const [person] = (await entities('INDIVIDUAL')).toReversed();
    const { targets } = await answer<{ targets: { nodes: { id: string; version: number }[] } }>(
      hub,
      await viewer(),
      `{ targets(filter: { entityIds: ["${person!.id}"] }) { nodes { id version } } }`,
    );
    const [target] = targets.nodes;
    const plan = (stage: string) =>
      act(
        `$id: String!, $version: Int!,  => planTarget(id: $id, version: $version, stage: ${stage}, action: REVIEW_SUSPICION, dueOn: "2026-12-24", idempotencyKey: $key)`,
        { id: target!.id, version: target!.version },
      );
    await act(
      `$id: String!,  => reviewSuspicion(entityId: $id, version: 1, review: { status: CLEARED, basis: COURT, basisOn: "2026-10-01" }, idempotencyKey: $key)`,
      { id: person!.id },
    );
    for (const stage of ['READY', 'REFERRED'])
      expect((await plan(stage)).reasons?.map(({ found }) => found)).toEqual([
        'a target of which nothing is seen that may be held against somebody',
      ]);
    expect((await plan('DEVELOPING')).version).toBe(target!.version + 1);
  });
});

describe('a legal case', () => {
  it('keeps its defendant when the report is corrected, now and as of before, and when that is undone', async () => {
    const [person] = (await entities('INDIVIDUAL')).toReversed();
    const recorded = await act(
      '$ids: [String!]!,  => recordLegalCase(legalCase: { court: "Sample District Court", country: "NPL", status: TRIAL, openedOn: "2026-05-01", defendantIds: $ids, events: [] }, idempotencyKey: $key)',
      { ids: [person!.id] },
    );
    expect(recorded.reasons).toBeUndefined();
    const defendants = async (asKnownAt: string | null = null): Promise<readonly string[]> => {
      const { legalCases } = await answer<{ legalCases: { nodes: { defendants: { id: string }[] }[] } }>(
        hub,
        await viewer(),
        'query ($at: DateTimeISO) { legalCases(filter: { asKnownAt: $at }) { nodes { defendants { id } } } }',
        { at: asKnownAt },
      );
      return legalCases.nodes.flatMap((one) => one.defendants.map(({ id }) => id));
    };
    expect(await defendants()).toEqual([person!.id]);
    const [before, day] = ['2026-11-09T00:00:00Z', new Date('2026-11-10T00:00:00Z')];
    const later = { ...hub, imports: { ...hub.imports, now: () => day } };
    const third = await importText(later, SLUG, 'border-intercept', suspectFile('third'), 'third.csv');
    const [now, ...more] = await defendants();
    expect([now === undefined, now === person!.id, more]).toEqual([false, false, []]);
    expect(await defendants(before)).toEqual([person!.id]);
    const { organisationId } = await viewer();
    await undoImport(hub.imports, organisationId as string, null, third.batchId);
    expect(await defendants()).toEqual([person!.id]);
  });
});
