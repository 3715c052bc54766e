/** The address of a view, behind the `#`: it never reaches the hub or a log, and holds opaque ids, codes and months only. */
export interface Address {
  /** Like `map`; then whatever the page makes of the rest. */
  readonly path: readonly string[];
  readonly params: Readonly<Record<string, string>>;
}

export function readAddress(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  return {
    path: path.split('/').filter((part) => /^[\w-]{1,64}$/.test(part)),
    params: Object.fromEntries(new URLSearchParams(query)),
  };
}

export function writeAddress({ path, params }: Address): string {
  const query = new URLSearchParams(params).toString().replaceAll('%2C', ',');
  return `#/${path.join('/')}${query === '' ? '' : `?${query}`}`;
}

export type Go = (to: Address, how?: 'push' | 'replace') => void;
