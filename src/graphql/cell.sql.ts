/** H3 by bit arithmetic in SQL, as geo/cells.ts does it in JavaScript: both databases, no extension. */

/** The ancestor at a resolution of `alias.cell`, or the cell itself where that is coarser already. `resolution`: 0–15, checked by the caller. */
export function cellAtMost(alias: string, resolution: number): string {
  const finerDigits = 3 * (15 - resolution);
  return (
    `case when ${alias}.cell_resolution > ${resolution} then (${alias}.cell & ~(15::bigint << 52)) ` +
    `| (${resolution}::bigint << 52) | ((1::bigint << ${finerDigits}) - 1) else ${alias}.cell end`
  );
}

/** One text of many lines, fields between tabs: what a driver reads many times faster than rows. Fields must not be null. */
export function linesOf(...fields: string[]): string {
  return `string_agg(concat_ws(e'\\t', ${fields.join(', ')}), e'\\n')`;
}
