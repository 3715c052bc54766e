/** Acts by hand in a test, each an hour after the one before and under a key of its own. */
import type { Viewer } from '../../src/access/viewer.ts';
import { answer, type TestHub } from './test-hub.ts';

export interface ActAnswer {
  readonly __typename: string;
  readonly id?: string;
  readonly version?: number;
  readonly reasons?: readonly { readonly where: string; readonly found: string; readonly wanted: string }[];
}

const OUTCOME =
  '{ __typename ... on RecordDone { id version } ... on ActRefused { reasons { where found wanted } } }';

export class HandActs {
  readonly #hub: TestHub;
  #clock: number;
  #serial = 0;

  constructor(hub: TestHub, from = '2026-10-01T00:00:00Z') {
    this.#hub = hub;
    this.#clock = Date.parse(from);
  }

  /** After what was done last, and before what is done next. */
  moment(): string {
    return new Date(this.#clock + 60_000).toISOString();
  }

  now(): Date {
    return new Date(this.#clock);
  }

  /** The hub an hour later. */
  later(): TestHub {
    this.#clock += 3_600_000;
    const now = new Date(this.#clock);
    return { ...this.#hub, imports: { ...this.#hub.imports, now: () => now } };
  }

  /** `call`: a mutation with its arguments from `$…`; `types`: their declarations. */
  async act(
    viewer: Viewer,
    call: string,
    types: string,
    variables: Readonly<Record<string, unknown>>,
    key = `by-hand-${(this.#serial += 1)}`,
  ): Promise<ActAnswer> {
    const document = `mutation (${types}, $key: String!) { done: ${call} ${OUTCOME} }`;
    const all = { ...variables, key };
    return (await answer<{ done: ActAnswer }>(this.later(), viewer, document, all)).done;
  }
}
