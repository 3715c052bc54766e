/** Statuses, kinds of exploitation and roles of the case data standard, each as its words and as its code, in the hub's words. */
import type { Exploitation, PersonStatus } from '../../../kernel/vocabulary.ts';

export const STATUSES = withCodes<PersonStatus>({
  'Possible victim of trafficking': 'possible_victim',
  'Actual victim of trafficking': 'victim',
  'Not a victim of trafficking': 'not_a_victim',
});

export const EXPLOITATIONS_OF_TYPES = withCodes<Exploitation>({
  'Forced labour': 'labour',
  'Child labour': 'labour',
  'Sexual exploitation': 'sexual',
  'Forced marriage': 'forced_marriage',
  Servitude: 'domestic_servitude',
  'Organ removal': 'organ_removal',
  'Forced begging': 'begging',
  'Forced military (by non-state actors)': 'other',
  'Forced military by non state actors': 'other',
  'Forced adoption': 'other',
  Surrogacy: 'other',
  Other: 'other',
});

/** What somebody did. */
export const ROLES = withCodes<string>({
  'Travelling Partner': 'travelling_partner',
  Transporter: 'transporter',
  'Recruiter Or Intermediary': 'recruiter',
  'Broker Travel Agent': 'broker',
  Smuggler: 'smuggler',
  Abuser: 'abuser',
  Kidnapper: 'kidnapper',
  Exploiter: 'exploiter',
});

/** What was done to somebody stands in the same list: such a person is no suspect. */
export const SUFFERED: readonly string[] = [
  'Transferred',
  'Harboured',
  'Sold',
  'Bought',
  'Received',
  'Controlled',
].flatMap((word) => [`${word}Individual`, `${word} Individual`]);

/** A code is the words run together, each with a capital. */
function withCodes<Word>(words: Readonly<Record<string, Word>>): Record<string, Word> {
  const code = (text: string): string =>
    text.replace(/(?:^| )(\p{L})/gu, (_, letter: string) => letter.toUpperCase());
  return { ...words, ...Object.fromEntries(Object.entries(words).map(([text, word]) => [code(text), word])) };
}
