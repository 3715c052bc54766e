/** Identifiers in one spelling, so that equal ones are equal, and what may be shown of them. */
import { foldName } from '../../places/normalise-name.ts';

export interface NormalisedSelector {
  readonly kind: string;
  readonly value: string;
  /** Shown instead of the value; whole where the identifier names no person. */
  readonly hint: string;
}

/**
 * null when nothing usable is left. A phone without a country prefix keeps its digits: it matches only its like. The name of a person is
 * never shown; that of an agency or establishment is.
 */
export function normaliseSelector(
  kind: string,
  written: string,
  ofPerson: boolean,
): NormalisedSelector | null {
  const text = written.normalize('NFKC').trim();
  if (kind === 'phone') {
    const digits = text.replace(/\D/g, '');
    if (digits.length < 6 || digits.length > 15) return null;
    const international = text.startsWith('+') || text.startsWith('00');
    const value = international ? `+${digits.replace(/^00/, '')}` : digits;
    return { kind, value, hint: `…${digits.slice(-4)}` };
  }
  if (kind === 'plate' || kind === 'registration') {
    const value = text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
    return value === '' ? null : { kind, value, hint: text };
  }
  if (kind === 'agency' || kind === 'establishment' || kind === 'name') {
    const value = foldName(text);
    return value === '' ? null : { kind, value, hint: kind === 'name' && ofPerson ? '…' : text };
  }
  const value = text.toUpperCase().replace(/\s/g, '');
  return value === '' ? null : { kind, value, hint: `…${value.slice(-3)}` };
}
