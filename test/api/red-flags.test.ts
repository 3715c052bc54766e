/** Weights of red flags by file and by hand, and an incident's totals by them beside the one that was reported. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { home, intercept, maya } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let owner: Viewer;
let serial = 0;
let clock = Date.parse('2026-10-01T00:00:00Z');

const OUTCOME = '{ ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } } }';
const DOCUMENTS = {
  recordRedFlagWeight: `mutation ($weight: RedFlagWeightInput!, $key: String!) { done: recordRedFlagWeight(weight: $weight, idempotencyKey: $key) ${OUTCOME} }`,
  correctRedFlagWeight: `mutation ($id: String!, $version: Int!, $weight: RedFlagWeightInput!, $key: String!) { done: correctRedFlagWeight(id: $id, version: $version, reason: ENTRY_ERROR, weight: $weight, idempotencyKey: $key) ${OUTCOME} }`,
  withdrawRedFlagWeight: `mutation ($id: String!, $version: Int!, $key: String!) { done: withdrawRedFlagWeight(id: $id, version: $version, reason: OTHER, idempotencyKey: $key) ${OUTCOME} }`,
} as const;
interface Outcome {
  readonly id?: string;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string }[];
}
async function act(
  name: keyof typeof DOCUMENTS,
  variables: Readonly<Record<string, unknown>>,
  key = `weight-number-${(serial += 1)}`,
): Promise<Outcome> {
  clock += 3_600_000;
  const now = new Date(clock);
  const then = { ...hub, imports: { ...hub.imports, now: () => now } };
  return (await answer<{ done: Outcome }>(then, owner, DOCUMENTS[name], { ...variables, key })).done;
}

interface Seen {
  readonly redFlagTotal: number | null;
  readonly redFlagTotals: readonly Readonly<Record<string, unknown>>[];
}
async function incident(args = '', viewer = owner): Promise<Seen> {
  const document = `{ incidents { nodes { redFlagTotal redFlagTotals${args} { form points unweighted reported difference differs } } } }`;
  const found = await answer<{ incidents: { nodes: Seen[] } }>(hub, viewer, document);
  return found.incidents.nodes[0] as Seen;
}

beforeAll(async () => {
  hub = await openTestHub('base');
  const row: Readonly<Record<string, string>> = {
    ...intercept,
    ...maya,
    address: home,
    evade_caught_in_lie: 'True',
    control_owes_debt: 'True',
    computed_total_red_flags: '11',
  };
  const cells = Object.values(row).map((cell) => `"${cell}"`);
  await importText(
    hub,
    'weighers',
    'border-intercept',
    `${Object.keys(row).join(',')}\n${cells.join(',')}\n`,
  );
  owner = await viewerFor(hub, 'weighers', 'analyst');
});
afterAll(() => hub.close());

const csv = (...rows: readonly string[]): string => ['form,code,points,valid_from', ...rows].join('\n');

it('leaves the reported total as all there is while nothing is weighed', async () => {
  expect(await incident()).toEqual({ redFlagTotal: 11, redFlagTotals: [] });
});

it('takes weights by file, once, and flags a total that differs from the one reported', async () => {
  const rows = [
    'border-intercept/1,evade_caught_in_lie,4,2020-01-01',
    'border-intercept/1,control_owes_debt,6,2020-01-01',
    'border-intercept/2,evade_caught_in_lie,5,2020-01-01',
    'border-intercept/1,evade_no_bags_long_trip,11,2020-01-01',
    'border-intercept,evade_no_bags_long_trip,3,2020-01-01',
    'border-intercept/1,Caught in a lie,3,2020-01-01',
  ];
  const first = await importText(hub, 'weighers', 'red-flag-weights', csv(...rows));
  expect(first.counts).toMatchObject({ accepted: 3, quarantined: 3 });
  const again = await importText(
    hub,
    'weighers',
    'red-flag-weights',
    csv(rows[1] as string, rows[0] as string),
    'b.csv',
  );
  expect(again.counts).toMatchObject({ unchanged: 2 });
  const total = { form: 'border-intercept/1', reported: 11 };
  const [weighed, ...others] = (await incident()).redFlagTotals;
  expect(others).toEqual([]);
  expect(weighed).toMatchObject({ ...total, differs: true });
  const left = weighed?.unweighted as string[];
  expect(left).not.toContain('evade_caught_in_lie');
  expect([weighed?.points, weighed?.difference]).toEqual([10, -1]);
  expect((await incident('(form: "border-intercept/2")')).redFlagTotals).toMatchObject([
    { form: 'border-intercept/2', points: 5, unweighted: expect.arrayContaining(['control_owes_debt']) },
  ]);
  expect((await incident('(asOf: "2019-12-31")')).redFlagTotals).toEqual([]);
});

it('takes them by hand, from a day on, each once, and counts none that was withdrawn', async () => {
  const weight = {
    form: 'border-intercept/1',
    code: 'evade_caught_in_lie',
    points: 5,
    validFrom: '2026-12-01',
  };
  const done = await act('recordRedFlagWeight', { weight }, 'the-same-weight');
  expect(await act('recordRedFlagWeight', { weight }, 'the-same-weight')).toEqual(done);
  expect((await act('recordRedFlagWeight', { weight })).reasons).toMatchObject([
    { where: 'form, code, validFrom' },
  ]);
  const points = async (args = ''): Promise<unknown> => (await incident(args)).redFlagTotals[0]?.points;
  expect([await points(), await points('(asOf: "2026-12-01")')]).toEqual([10, 11]);
  const { id } = done;
  expect(await act('correctRedFlagWeight', { id, version: 1, weight: { ...weight, points: 9 } })).toEqual({
    id,
    version: 2,
  });
  expect(await points('(asOf: "2026-12-01")')).toBe(15);
  expect((await act('withdrawRedFlagWeight', { id, version: 1 })).reasons).toMatchObject([
    { where: 'version' },
  ]);
  await act('withdrawRedFlagWeight', { id, version: 2 });
  expect(await points('(asOf: "2026-12-01")')).toBe(10);
  const bad = { form: 'x', code: 'X', points: 0, validFrom: '2026-02-30' };
  expect((await act('recordRedFlagWeight', { weight: bad })).reasons?.map(({ where }) => where)).toEqual([
    'form',
    'code',
    'points',
    'validFrom',
  ]);
});

it('weighs nothing for who sees no weights', async () => {
  const stranger = await viewerFor(hub, 'no-weighers', 'analyst');
  const found = await answer<{ redFlagWeights: { totalCount: number } }>(
    hub,
    stranger,
    '{ redFlagWeights { totalCount } }',
  );
  expect(found.redFlagWeights.totalCount).toBe(0);
  const own = await answer<{ redFlagWeights: { totalCount: number; nodes: unknown[] } }>(
    hub,
    owner,
    '{ redFlagWeights(filter: { codes: ["evade_caught_in_lie"], forms: ["border-intercept/1"] }) { totalCount nodes { points validFrom owner } } }',
  );
  expect(own.redFlagWeights).toEqual({
    totalCount: 1,
    nodes: [{ points: 4, validFrom: '2020-01-01', owner: 'weighers' }],
  });
});
