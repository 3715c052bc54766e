/** How far cases got, and how long it took them from stage to stage. */
import { CASE_STAGES, type CaseStage } from '../../kernel/case-words.ts';

/** Days as "2024-03-01"; null where a case did not reach the stage or the day is not known. */
export type CaseDays = Readonly<Record<CaseStage, string | null>> & { readonly has_incident: boolean };

export interface FunnelStep {
  readonly stage: CaseStage;
  readonly cases: number;
  /** Since the stage before. */
  readonly medianDays: number | null;
  /** Cases the median is of. */
  readonly timed: number;
}

const DAY_MS = 86_400_000;

export function funnelOf(cases: readonly CaseDays[]): readonly FunnelStep[] {
  return CASE_STAGES.map((stage, at) => {
    const reached = cases.filter((days) => (stage === 'incident' ? days.has_incident : days[stage] !== null));
    const before = CASE_STAGES[at - 1];
    const spans = before === undefined ? [] : cases.flatMap((days) => daysBetween(days[before], days[stage]));
    return { stage, cases: reached.length, medianDays: median(spans), timed: spans.length };
  });
}

/** What came before its own cause was written down wrongly, or belongs to something else. */
function daysBetween(from: string | null, to: string | null): readonly number[] {
  if (from === null || to === null || to < from) return [];
  return [Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)];
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.floor(sorted.length / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
