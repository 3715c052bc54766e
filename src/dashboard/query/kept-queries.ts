/** Queries that somebody keeps in this browser: their texts and names, never an answer, a variable or a key. */

export interface KeptQuery {
  readonly name: string;
  readonly query: string;
}

export interface HandedOver {
  readonly query: string;
  readonly variables: string;
}

const KEPT_AS = 'headwater.queries';
/** What is being written, for this tab. */
const DRAFT_AS = 'headwater.draft';
/** What GraphiQL was asked, to be shown on the map: asked again here, and taken away at once. */
const HANDED_AS = 'headwater.asked';

export function keptQueries(): readonly KeptQuery[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    return [];
  }
}

/** False where the browser keeps nothing. */
export function keepQueries(queries: readonly KeptQuery[]): boolean {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(queries.map(({ name, query }) => ({ name, query }))));
    return true;
  } catch {
    return false;
  }
}

export function draft(): string {
  return sessionStorage.getItem(DRAFT_AS) ?? '';
}

export function keepDraft(query: string): void {
  try {
    sessionStorage.setItem(DRAFT_AS, query);
  } catch {
    // It is lost with the tab, and nothing else is.
  }
}

/** For whoever sits down here next. */
export function forgetDraft(): void {
  sessionStorage.removeItem(DRAFT_AS);
  sessionStorage.removeItem(HANDED_AS);
}

export function takeHandedOver(): HandedOver | null {
  const text = sessionStorage.getItem(HANDED_AS);
  sessionStorage.removeItem(HANDED_AS);
  try {
    const { query, variables } = JSON.parse(text ?? 'null') as Record<string, unknown>;
    return typeof query === 'string'
      ? { query, variables: typeof variables === 'string' ? variables : '' }
      : null;
  } catch {
    return null;
  }
}

function isKept(one: unknown): one is KeptQuery {
  const { name, query } = (one ?? {}) as Record<string, unknown>;
  return typeof name === 'string' && typeof query === 'string';
}
