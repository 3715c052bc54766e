/** What every part of the officer's page is given. */

export interface OfficerPartProps {
  /** Slug of the officer's own. */
  readonly organisation: string;
  /** Opaque id of what is open; it stands in the address. */
  readonly open: string | null;
  readonly openItem: (id: string | null) => void;
}
