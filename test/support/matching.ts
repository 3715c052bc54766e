/** Organisations with an agreement and selectors, and the acts of matching between them, as the tests of matching need them. */
import { expect } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import type { AnsweredBatch } from '../../src/sharing/matching/asking-side.ts';
import { answer, type TestHub } from './test-hub.ts';

interface Refusal {
  readonly where: string;
  readonly found: string;
  readonly wanted: string;
}
export interface Acted {
  readonly id?: string;
  readonly version?: number;
  readonly reasons?: readonly Refusal[];
}
export interface Matched {
  readonly verdict?: 'HIT' | 'NO_HIT';
  readonly contact?: string | null;
  readonly reasons?: readonly Refusal[];
}

const REFUSED = '... on ActRefused { reasons { where found wanted } }';
const DONE = `... on RecordDone { id version } ${REFUSED}`;
const ANSWER = `... on MatchAnswer { verdict contact } ${REFUSED}`;
const ASK = '$ask: MatchAskInput!';

/** `clock` is the hub's time for the acts that follow. */
export class Matching {
  clock: Date;
  readonly #hub: TestHub;
  #serial = 0;

  constructor(hub: TestHub, clock: Date) {
    this.#hub = hub;
    this.clock = clock;
  }

  hub(): TestHub {
    const now = this.clock;
    return { ...this.#hub, imports: { ...this.#hub.imports, now: () => now } };
  }

  key(): string {
    this.#serial += 1;
    return `matching-${this.#serial}`;
  }

  async ask<T>(viewer: Viewer, document: string, variables: Record<string, unknown>): Promise<T> {
    const all = { key: this.key(), ...variables };
    return (await answer<{ done: T }>(this.hub(), { ...viewer, now: this.clock }, document, all)).done;
  }

  /** `call`: a mutation with its arguments from `$…`; `types`: their declarations. */
  act(viewer: Viewer, call: string, types: string, variables: Record<string, unknown>): Promise<Acted> {
    return this.ask<Acted>(
      viewer,
      `mutation (${types}, $key: String!) { done: ${call} { ${DONE} } }`,
      variables,
    );
  }

  async record(viewer: Viewer, report: Record<string, unknown>): Promise<void> {
    const document = `mutation ($report: HandReportInput!, $key: String!) {
      done: recordReport(report: $report, idempotencyKey: $key) { ... on ActDone { reportId } ${REFUSED} } }`;
    const done = await this.ask<Acted>(viewer, document, { report: told(report) });
    expect(done.reasons).toBeUndefined();
  }

  /** Signed by both; its id. */
  async agree(one: Viewer, other: Viewer, over: Record<string, unknown> = {}): Promise<string> {
    const agreement = {
      name: 'Hit or no hit',
      template: 'AGGREGATE_ONLY',
      parties: [one.organisationSlug, other.organisationSlug],
      purposes: ['INVESTIGATION'],
      startsAt: '2026-10-01T00:00:00Z',
      endsAt: '2027-10-01T00:00:00Z',
      reviewOn: '2027-04-01',
      ...over,
    };
    const draft = 'draftAgreement(agreement: $agreement, idempotencyKey: $key)';
    const { id } = await this.act(one, draft, '$agreement: AgreementInput!', { agreement });
    for (const officer of [one, other]) {
      const read = 'query ($id: String!) { done: agreement(id: $id) { version digest } }';
      const terms = await this.ask<Record<string, unknown>>(officer, read, { id });
      const sign = 'signAgreement(id: $id, version: $version, digest: $digest, idempotencyKey: $key)';
      const types = '$id: String!, $version: Int!, $digest: String!';
      expect((await this.act(officer, sign, types, { id, ...terms })).reasons).toBeUndefined();
    }
    return id as string;
  }

  open(
    owner: Viewer,
    agreementId: string,
    asker: string,
    over: Record<string, unknown> = {},
    version?: number,
  ): Promise<Acted> {
    const matching = {
      agreementId,
      asker,
      kinds: ['PHONE', 'PLATE', 'NAME'],
      minimumBatch: 20,
      dailyQuota: 200,
      dailySingle: 10,
      contact: `the duty desk of ${owner.organisationSlug}`,
      ...over,
    };
    const call = 'openMatching(matching: $matching, version: $version, idempotencyKey: $key)';
    return this.act(owner, call, '$matching: OpenMatchingInput!, $version: Int', { matching, version });
  }

  one(viewer: Viewer, ask: object, kind: string, value: string): Promise<Matched> {
    return this.ask<Matched>(
      viewer,
      `mutation (${ASK}, $kind: MatchKind!, $value: String!, $key: String!) {
        done: matchOne(ask: $ask, kind: $kind, value: $value, idempotencyKey: $key) { ${ANSWER} } }`,
      { ask, kind, value },
    );
  }

  /** `key`: of its own unless given. */
  batch(viewer: Viewer, ask: object, blinded: string, key?: string): Promise<AnsweredBatch & Matched> {
    return this.ask<AnsweredBatch & Matched>(
      viewer,
      `mutation (${ASK}, $blinded: String!, $key: String!) { done: matchBatch(ask: $ask, blinded: $blinded, idempotencyKey: $key) {
        ... on MatchBatch { publicKey evaluated proof salt tokens } ${REFUSED} } }`,
      { ask, blinded, ...(key !== undefined && { key }) },
    );
  }

  contact(viewer: Viewer, ask: object, tokens: readonly string[]): Promise<Matched> {
    return this.ask<Matched>(
      viewer,
      `mutation (${ASK}, $tokens: [String!]!, $key: String!) {
        done: matchContact(ask: $ask, tokens: $tokens, idempotencyKey: $key) { ${ANSWER} } }`,
      { ask, tokens },
    );
  }

  async arrangements(viewer: Viewer): Promise<readonly Record<string, unknown>[]> {
    const fields =
      'id version agreementId owner asker kinds minimumBatch leftToday singlesLeftToday publicKey contact';
    return this.ask(viewer, `{ done: matchingArrangements { ${fields} } }`, {});
  }

  async alerts(
    viewer: Viewer,
  ): Promise<readonly { kind: string; asker: string; tell: string; at: string }[]> {
    return this.ask(viewer, '{ done: matchingAlerts { kind asker tell at purpose arrangementId } }', {});
  }
}

const told = (more: Record<string, unknown>): Record<string, unknown> => ({
  kind: 'INVESTIGATION',
  origin: { kind: 'STAFF', reference: 'Staff Sample', reliability: 'B', credibility: 2 },
  incident: {
    kind: 'INTERCEPTION',
    occurred: { text: '2026-09-03', zone: 'Asia/Kathmandu' },
    place: { country: 'NPL' },
  },
  ...more,
});
