/** The shape of a catalogue: words by key, with plural forms where a sentence turns on `{count}`. */

export type Catalogue = Readonly<Record<string, string | PluralForms>>;
type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };
