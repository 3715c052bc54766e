/** Which country a position lies in. */
import { featuresContaining } from '@rapideditor/country-coder';
import type { Position } from '../geo/position.ts';
import { type BorderPolicy, DEFAULT_BORDER_POLICY } from './border-policy.ts';

/**
 * ISO 3166-1 alpha-3 of the country or territory that has a code of its own (Hong Kong is HKG, Réunion REU),
 * XKX for Kosovo; null at sea and where the policy says no country. Good to some hundreds of metres at land
 * borders; 2 µs.
 *
 * country-coder draws control on the ground: what of it is disputed follows `policy` (see docs/gazetteer.md).
 */
export function countryOf(position: Position, policy: BorderPolicy = DEFAULT_BORDER_POLICY): string | null {
  const code = codedCountry(position, policy);
  for (const { from, to, ring } of policy.rings) if (code === from && isInRing(position, ring)) return to;
  return code;
}

function codedCountry(position: Position, policy: BorderPolicy): string | null {
  // Smallest first: a territory before the country that administers it.
  for (const { properties } of featuresContaining([position[0], position[1]])) {
    const ruled = policy.areas[properties.id];
    if (ruled !== undefined) return ruled;
    // "Exceptionally reserved" codes (Ascension, Canary Islands, …) are no countries of ISO 3166-1.
    if (properties.iso1A3 !== undefined && properties.isoStatus !== 'excRes') return properties.iso1A3;
  }
  return null;
}

/** Even-odd rule on longitude and latitude. Rings of policies do not cross the antimeridian. */
function isInRing([x, y]: Position, ring: readonly Position[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [ax, ay] = ring[i] as Position;
    const [bx, by] = ring[j] as Position;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}
