/** An agreement of a test: drafted by one party and signed by all, at once. */
import type { Viewer } from '../../src/access/viewer.ts';
import { answer, type TestHub } from './test-hub.ts';

const DONE = '... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } }';
const DRAFT = `mutation ($agreement: AgreementInput!, $key: String!) { act: draftAgreement(agreement: $agreement, idempotencyKey: $key) { ${DONE} } }`;
const READ = 'query ($id: String!) { agreement(id: $id) { version digest } }';
const SIGN = `mutation ($id: String!, $version: Int!, $digest: String!, $key: String!) {
  act: signAgreement(id: $id, version: $version, digest: $digest, idempotencyKey: $key) { ${DONE} } }`;

interface Act {
  readonly id?: string;
  readonly reasons?: readonly object[];
}

let serial = 0;

/** `officers`: data officers of each party, the one who drafts first. Returns its id. */
export async function agree(
  hub: TestHub,
  officers: readonly [Viewer, ...Viewer[]],
  terms: {
    readonly template: string;
    readonly purposes: readonly string[];
    readonly [term: string]: unknown;
  },
): Promise<string> {
  const act = async (viewer: Viewer, text: string, variables: object): Promise<string> => {
    serial += 1;
    const { act: done } = await answer<{ act: Act }>(hub, viewer, text, {
      key: `agreement-${serial}`,
      ...variables,
    });
    if (done.id === undefined) throw new Error(JSON.stringify(done.reasons));
    return done.id;
  };
  const agreement = {
    name: `${terms.template} of a test`,
    parties: officers.map(({ organisationSlug }) => organisationSlug),
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2027-10-01T00:00:00Z',
    reviewOn: '2027-04-01',
    ...terms,
  };
  const id = await act(officers[0], DRAFT, { agreement });
  for (const viewer of officers) {
    const read = await answer<{ agreement: { version: number; digest: string } }>(hub, viewer, READ, { id });
    await act(viewer, SIGN, { id, ...read.agreement });
  }
  return id;
}
