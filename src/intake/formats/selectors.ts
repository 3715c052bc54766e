/** Identifiers in one spelling, so that equal ones are equal, and what may be shown of them. */
import { foldName } from '../../places/normalise-name.ts';
import { asciiDigits } from './ascii-digits.ts';

export interface NormalisedSelector {
  readonly kind: string;
  readonly value: string;
  /** Shown instead of the value; whole where the identifier names no person. */
  readonly hint: string;
}

/** Two figures at least, and no longer than any plate or registration: a name typed in their place is not shown as one. */
const PLATE = /^(?=(?:.*\d){2}).{3,24}$/s;
/** Shorter ones would be shown whole by their end. */
const LEAST_HINTED = 8;

/**
 * null when nothing usable is left. Figures of every script are the same. A phone without a country prefix keeps its digits: it matches
 * only its like. The name of a person is never shown; that of an agency or establishment is.
 */
export function normaliseSelector(
  kind: string,
  written: string,
  ofPerson: boolean,
): NormalisedSelector | null {
  // Marks of writing direction stand unseen before the "+" of numbers that were copied from right-to-left text.
  const text = asciiDigits(written.normalize('NFKC').replace(/\p{Cf}/gu, '')).trim();
  if (kind === 'phone') {
    const digits = text.replace(/\D/g, '');
    if (digits.length < 6 || digits.length > 15) return null;
    const international = text.startsWith('+') || text.startsWith('00');
    const value = international ? `+${digits.replace(/^00/, '')}` : digits;
    return { kind, value, hint: `…${digits.slice(-4)}` };
  }
  if (kind === 'plate' || kind === 'registration') {
    const value = text.toUpperCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');
    return PLATE.test(value) ? { kind, value, hint: text } : null;
  }
  if (kind === 'agency' || kind === 'establishment' || kind === 'name') {
    const value = foldName(text);
    return value === '' ? null : { kind, value, hint: kind === 'name' && ofPerson ? '…' : text };
  }
  const value = text.toUpperCase().replace(/\s/g, '');
  const shown = value.length < LEAST_HINTED || !/\d/.test(value) ? '' : value.slice(-3);
  return value === '' ? null : { kind, value, hint: `…${shown}` };
}

/** What a note asks for where `normaliseSelector` finds nothing. */
export function wantedSelector(kind: string): string {
  if (kind === 'phone') return 'a telephone number of 6 to 15 digits';
  if (kind === 'plate' || kind === 'registration') return `a ${kind} with figures`;
  return `a ${kind} with letters or figures`;
}
