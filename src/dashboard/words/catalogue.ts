/** The shape of a catalogue: words by key, with plural forms where a sentence turns on `{count}`. */

export type Catalogue = Readonly<Record<string, string | PluralForms>>;
/** Of the words of another catalogue: nothing that is not there, and with no key required, so that what is missing is told by its test. */
export type Translated<Words extends Catalogue> = Readonly<
  Partial<Record<keyof Words, string | PluralForms>>
>;
type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };
