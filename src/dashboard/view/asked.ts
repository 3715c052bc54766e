/** A filter as the inputs of the schema have it. */
import type { Filter } from './map-view.ts';

export type AskedFilter = Readonly<Record<string, unknown>>;

const VERIFIED = { verified: ['EVIDENCE', 'HIGH_RISK'], unverified: ['UNVERIFIED'], counted: null } as const;

/** MovementFilter: only what was said. */
export function movementFilter(filter: Filter): AskedFilter {
  const countries = [
    { country: filter.source, role: 'SOURCE' },
    { country: filter.transit, role: 'TRANSIT' },
    { country: filter.destination, role: 'DESTINATION' },
  ].filter(({ country }) => country !== null);
  return said({
    ...timeFilter(filter),
    countries: countries.length > 0 ? countries : null,
    modes: filter.mode === null ? null : [filter.mode],
    verifications: VERIFIED[filter.verification],
  });
}

/** What layers take that are narrowed by time alone. */
export function timeFilter({ from, to }: Filter): AskedFilter {
  if (from === null && to === null) return {};
  return {
    occurred: said({
      from: from === null ? null : `${from}-01T00:00:00Z`,
      to: to === null ? null : `${monthAfter(to)}-01T00:00:00Z`,
    }),
  };
}

/** Like 2026-04. */
export function monthAfter(month: string, by = 1): string {
  const [year = 0, which = 1] = month.split('-').map(Number);
  const count = year * 12 + which - 1 + by;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

function said(values: AskedFilter): AskedFilter {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  );
}
