/** The total of red flags by an organisation's own points, beside the total that was reported. */

export interface Flag {
  /** Code list and version. */
  readonly form: string;
  readonly code: string;
}

export interface Weight extends Flag {
  readonly points: number;
  /** "2024-03-01" */
  readonly validFrom: string;
}

export interface Weighed {
  readonly form: string;
  readonly points: number;
  /** Flags for which the form has no points: with them the total would be higher. */
  readonly unweighted: readonly string[];
}

/**
 * One total for each form of which flags are given and weights held on the day (null: the latest of each). With `asForm`, all flags of
 * that form's versions are weighed as that version weighs them. A form without weights has no total: what was reported stands.
 */
export function weigh(
  flags: readonly Flag[],
  weights: readonly Weight[],
  day: string | null,
  asForm: string | null,
): readonly Weighed[] {
  const held = weights.filter(({ validFrom }) => day === null || validFrom <= day);
  const forms = asForm === null ? [...new Set(flags.map(({ form }) => form))].sort() : [asForm];
  return forms.flatMap((form) => {
    const points = pointsOf(held.filter((weight) => weight.form === form));
    if (points.size === 0) return [];
    const isOf = (flag: Flag): boolean =>
      asForm === null ? flag.form === form : listOf(flag.form) === listOf(form);
    const codes = [...new Set(flags.filter(isOf).map(({ code }) => code))].sort();
    return {
      form,
      points: codes.reduce((sum, code) => sum + (points.get(code) ?? 0), 0),
      unweighted: codes.filter((code) => !points.has(code)),
    };
  });
}

/** By code: of the weights that held, the last to begin. */
function pointsOf(held: readonly Weight[]): ReadonlyMap<string, number> {
  const inOrder = held.toSorted((a, b) =>
    a.validFrom < b.validFrom ? -1 : Number(a.validFrom > b.validFrom),
  );
  return new Map(inOrder.map(({ code, points }) => [code, points]));
}

/** "border-intercept/2" → "border-intercept" */
function listOf(form: string): string {
  return form.slice(0, form.lastIndexOf('/'));
}
