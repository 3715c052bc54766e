/** Asking the hub over its published schema, with the session of this browser: no key is ever here after signing in. */

export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export class HubError extends Error {
  /** As in docs/api.md; OFFLINE where nothing answered. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly code?: string };
  }[];
}

/** Throws HubError; an aborted question throws what `fetch` throws. */
export async function ask<Answer>(question: Question, signal?: AbortSignal): Promise<Answer> {
  const answered = await askWhole(question, signal);
  const [error] = answered.errors ?? [];
  if (error !== undefined) throw new HubError(error.extensions?.code ?? 'INTERNAL', error.message);
  if (answered.data == null) throw new HubError('INTERNAL', '');
  return answered.data as Answer;
}

/** The answer as it came, with what is wrong beside what is not. Throws as `ask` does where there is none. */
export async function askWhole(question: Question, signal?: AbortSignal): Promise<Answered> {
  const response = await send('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(question),
    ...(signal === undefined ? {} : { signal }),
  });
  return (await response.json().catch(() => ({}))) as Answered;
}

/** To the hub that served this page, with its cookie. Throws OFFLINE. */
export async function send(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...request, credentials: 'same-origin', redirect: 'error' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new HubError('OFFLINE', '');
  }
}
