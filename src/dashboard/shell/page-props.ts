/** What every page is given. */
import type { Me } from '../hub/session.ts';
import type { Address, Go } from '../view/address.ts';
import type { Theme } from './theme.ts';

export interface PageProps {
  readonly me: Me;
  readonly address: Address;
  readonly go: Go;
  readonly theme: Theme;
}
