/** Which questions the rollups answer: those whose groups, filters and figures one of their grains holds. */
import type { AskedMovements, MovementSearch } from '../movements/movement-search.service.ts';
import type { FlowDimension, FlowMeasureAsked } from './flow.type.ts';
import type { FlowQuestion } from './flow.view.ts';

export interface RollupChoice {
  readonly grain: 'pair' | 'month' | 'pair_month' | 'kind' | 'kind_month';
  /** Its rows are of months: movements of no known month are in none of them. */
  readonly timed: boolean;
  /** First month asked for, and the first one no longer, like 2026-04-01. */
  readonly from: string | null;
  readonly to: string | null;
}

type Part = 'pair' | 'month' | 'kind';

/** What each part of a grain tells apart. Owner and verification are in all of them. */
const PART_OF: Readonly<Partial<Record<FlowDimension, Part | 'always'>>> = {
  owner: 'always',
  origin_country: 'pair',
  destination_country: 'pair',
  month: 'month',
  quarter: 'month',
  year: 'month',
  mode: 'kind',
  purpose: 'kind',
  status: 'kind',
  exploitation: 'kind',
};

/** Distinct origins do not add up, and staff-time is of months and owners that are counted apart. */
const FIGURES: ReadonlySet<FlowMeasureAsked> = new Set(['movements', 'persons', 'incidents']);

/** Filters that cells can apply. Any other, and one that is added later, wants the records. */
const APPLIED: ReadonlySet<string> = new Set([
  'ownerIds',
  'occurred',
  'countries',
  'verifications',
  'modes',
  'purposes',
  'statuses',
  'exploitations',
] satisfies (keyof MovementSearch)[]);

/** The smallest grain that answers, or null where only the records can. */
export function rollupFor({ search, asKnown }: AskedMovements, question: FlowQuestion): RollupChoice | null {
  if (asKnown.at !== null || question.effort !== undefined) return null;
  if ([...question.figures].some((figure) => !FIGURES.has(figure))) return null;
  if (Object.entries(search).some(([name, value]) => value != null && !APPLIED.has(name))) return null;
  const parts = new Set<Part>();
  for (const dimension of question.dimensions) {
    const part = PART_OF[dimension];
    if (part === undefined) return null;
    if (part !== 'always') parts.add(part);
  }
  for (const { role } of search.countries ?? []) {
    if (role !== 'source' && role !== 'destination') return null;
    parts.add('pair');
  }
  for (const words of [search.modes, search.purposes, search.statuses, search.exploitations])
    if (words) parts.add('kind');
  const span = monthSpan(search);
  if (span === null) return null;
  if (span.from !== null || span.to !== null) parts.add('month');
  if (parts.has('pair') && parts.has('kind')) return null;
  const timed = parts.has('month');
  const base = parts.has('kind') ? 'kind' : parts.has('pair') ? 'pair' : null;
  return {
    grain: base === null ? (timed ? 'month' : 'pair') : timed ? `${base}_month` : base,
    timed,
    ...span,
  };
}

/** The first month asked for and the first one no longer, like 2026-04-01; null where rows of months cannot say. */
export function monthSpan({
  occurred,
}: MovementSearch): { readonly from: string | null; readonly to: string | null } | null {
  // An empty span still asks for a known time.
  if (occurred && !occurred.from && !occurred.to) return null;
  const from = occurred?.from ?? null;
  const to = occurred?.to ?? null;
  if (!startsMonth(from) || !startsMonth(to)) return null;
  return { from: from?.toISOString().slice(0, 10) ?? null, to: to?.toISOString().slice(0, 10) ?? null };
}

/** A span that begins or ends within a month of UTC takes a part of that month's movements. */
function startsMonth(moment: Date | null): boolean {
  return moment === null || moment.toISOString().slice(7) === '-01T00:00:00.000Z';
}
