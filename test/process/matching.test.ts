/** A partner finds which of its own list an organisation of a running hub knows, with a key and without the hub's database. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hubFolder, post, type RunningHub, runHeadwater, startHub } from '../support/hub-process.ts';

const folder = hubFolder();
const partner = hubFolder();
const beside = (name: string): string => path.join(path.dirname(partner.data), name);
const KNOWN = ['+977 980 000 7001', '+977 980 000 7002'];
let hub: RunningHub;
let agreementId: string;
let publicKey: string;
let serial = 0;

interface Done {
  readonly done: { readonly id: string; readonly version: number };
}

async function act(key: string, call: string, types: string, variables: object): Promise<Done['done']> {
  serial += 1;
  const document = `mutation (${types}, $key: String!) { done: ${call} { __typename ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } } } }`;
  const { done } = await post<Done>(hub, key, document, { key: `process-${serial}`, ...variables });
  expect(done).toMatchObject({ __typename: 'RecordDone' });
  return done;
}

beforeAll(async () => {
  hub = await startHub(folder);
  const owner = hub.key('terai-watch', 'data_officer');
  const asker = hub.key('lantern-line', 'data_officer');
  const report = {
    kind: 'INVESTIGATION',
    origin: { kind: 'STAFF', reference: 'Staff Sample', reliability: 'B', credibility: 2 },
    incident: {
      kind: 'INTERCEPTION',
      occurred: { text: '2026-09-03', zone: 'Asia/Kathmandu' },
      place: { country: 'NPL' },
    },
    entities: KNOWN.map((value) => ({
      kind: 'INDIVIDUAL',
      role: 'RECRUITER',
      selectors: [{ kind: 'phone', value }],
    })),
  };
  await post(
    hub,
    owner,
    'mutation ($report: HandReportInput!) { recordReport(report: $report, idempotencyKey: "process-report") { __typename } }',
    { report },
  );
  const year = (more: number): string => `${new Date().getUTCFullYear() + more}-01-01`;
  const agreement = {
    name: 'Hit or no hit',
    template: 'AGGREGATE_ONLY',
    parties: ['lantern-line', 'terai-watch'],
    purposes: ['INVESTIGATION'],
    startsAt: `${year(0)}T00:00:00Z`,
    endsAt: `${year(2)}T00:00:00Z`,
    reviewOn: year(1),
  };
  const drafted = await act(
    owner,
    'draftAgreement(agreement: $agreement, idempotencyKey: $key)',
    '$agreement: AgreementInput!',
    { agreement },
  );
  agreementId = drafted.id;
  for (const key of [owner, asker]) {
    const text = 'query ($id: String!) { agreement(id: $id) { version digest } }';
    const terms = (await post<{ agreement: object }>(hub, key, text, { id: agreementId })).agreement;
    const sign = 'signAgreement(id: $id, version: $version, digest: $digest, idempotencyKey: $key)';
    await act(key, sign, '$id: String!, $version: Int!, $digest: String!', { id: agreementId, ...terms });
  }
  const matching = {
    agreementId,
    asker: 'lantern-line',
    kinds: ['PHONE'],
    minimumBatch: 20,
    dailyQuota: 70,
    contact: 'the duty desk',
  };
  await act(
    owner,
    'openMatching(matching: $matching, idempotencyKey: $key)',
    '$matching: OpenMatchingInput!',
    { matching },
  );
  const shown = await post<{ matchingArrangements: { publicKey: string }[] }>(
    hub,
    asker,
    '{ matchingArrangements { publicKey } }',
  );
  publicKey = shown.matchingArrangements[0]?.publicKey ?? '';
  writeFileSync(beside('key'), `${hub.key('lantern-line', 'analyst')}\n`);
});
afterAll(async () => {
  await hub.end('SIGKILL');
  folder.remove();
  partner.remove();
});

const list = (count: number, ...known: readonly string[]): string => {
  const others = Array.from({ length: count - known.length }, (_, at) => `+977 981 555 1${at + 100}`);
  writeFileSync(
    beside('list.csv'),
    ['kind,value', ...[...known, ...others].map((value) => `phone,${value}`)]
      .map((line) => `${line}\n`)
      .join(''),
  );
  return beside('list.csv');
};
const match = (file: string, ...more: readonly string[]) =>
  runHeadwater(
    partner,
    'match',
    '--hub',
    hub.address,
    '--key-file',
    beside('key'),
    '--owner',
    'terai-watch',
    '--agreement',
    agreementId,
    '--purpose',
    'investigation',
    '--case-reference',
    'CASE-9',
    '--tell',
    'investigator',
    ...more,
    file,
  );

describe('a partner', () => {
  it('finds what both know and nothing else, and whom to call', () => {
    const run = match(list(30, KNOWN[0] ?? ''), '--public-key', publicKey, '--follow-up');
    expect(run.err).toBe('');
    expect(run.out.trim().split('\n')).toEqual([
      `phone,${KNOWN[0]}`,
      '1 of 30 are known to terai-watch',
      'call the duty desk',
    ]);
    expect(run.code).toBe(0);
  });

  it('uses nothing that was not made with the key it was told', () => {
    const other = `${publicKey.startsWith('A') ? 'B' : 'A'}${publicKey.slice(1)}`;
    const run = match(list(20, ...KNOWN), '--public-key', other);
    expect(run).toMatchObject({ code: 3, out: expect.stringContaining('answers under another key') });
    expect(run.out).not.toContain(KNOWN[0]);
  });

  it('is told what is wrong with its list, by the line and never by what stands there', () => {
    writeFileSync(beside('wrong.csv'), 'kind,value\nphone,Maya Example\nshoe,44\n');
    const run = match(beside('wrong.csv'));
    expect(run.code).toBe(2);
    expect(run.out).toContain('line 2: found what is no phone');
    expect(run.out).toContain('line 3: found no such kind');
    expect(run.err).toContain('found a list of 0, wanted 20 at least');
    expect(`${run.out}${run.err}`).not.toContain('Maya');
    expect(match(list(40)).err).toContain('found a list of 40, wanted 20 at most');
    writeFileSync(beside('columns.csv'), 'phone\n+977 980 000 7001\n');
    expect(match(beside('columns.csv')).err).toContain('wanted both');
    expect(match(list(20), '--agreement', 'another').err).toContain('found nothing open to you now');
    expect(runHeadwater(partner, 'match', 'list.csv').err).toContain('found no --owner');
  });
});
