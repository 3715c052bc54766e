/** Which parties of a report's other versions are the one to be erased: versions name their persons anew, and only names tell them apart. */

export interface Party {
  readonly id: string;
  /** Row of the version it stands in. */
  readonly version_row: string;
  /** What is sealed of it, opened; null when nothing is or its key is gone. */
  readonly personal: string | null;
}

/**
 * The party itself and, in every other version, whoever bears its name. In a version where nobody does, everybody: a name that was
 * corrected must not stay behind because it was wrong.
 */
export function samePartyIn(parties: readonly Party[], id: string): readonly string[] {
  const own = parties.find((party) => party.id === id);
  if (own === undefined) return [];
  const name = nameIn(own.personal);
  const versions = new Map<string, Party[]>();
  for (const party of parties) {
    const version = versions.get(party.version_row);
    if (version === undefined) versions.set(party.version_row, [party]);
    else version.push(party);
  }
  return [...versions].flatMap(([version, all]) => {
    if (version === own.version_row) return [id];
    const named = name === null ? [] : all.filter(({ personal }) => nameIn(personal) === name);
    return (named.length > 0 ? named : all).map((party) => party.id);
  });
}

interface Sealed {
  readonly fullName?: string;
  readonly phone?: string;
  readonly selectors?: readonly { readonly value: string }[];
}

function nameIn(personal: string | null): string | null {
  if (personal === null) return null;
  const { fullName } = JSON.parse(personal) as Sealed;
  return fullName === undefined ? null : foldText(fullName);
}

/** Words by which a row is known to speak of the party, folded; shorter ones would be found in rows of anybody. */
export function tellingWords(personal: string | null): readonly string[] {
  if (personal === null) return [];
  const { fullName, phone, selectors = [] } = JSON.parse(personal) as Sealed;
  return [fullName, phone, ...selectors.map(({ value }) => value)]
    .flatMap((text) => (text === undefined ? [] : [foldText(text)]))
    .filter((text) => text.length >= LEAST_TELLING);
}

const LEAST_TELLING = 5;

export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
