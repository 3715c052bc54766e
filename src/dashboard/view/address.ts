/** The address of a view, behind the `#`: it never reaches the hub or a log, and holds opaque ids, codes and months only. */
import { useCallback, useSyncExternalStore } from 'react';

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

/** Where the reader is, and how to go elsewhere: a new place unless it is to replace this one. */
export function useAddress(): readonly [Address, Go] {
  const hash = useSyncExternalStore(listen, () => location.hash);
  const go = useCallback<Go>((to, how = 'push') => {
    const next = writeAddress(to);
    if (next === location.hash) return;
    if (how === 'push') history.pushState(null, '', next);
    else history.replaceState(null, '', next);
    dispatchEvent(new Event(MOVED));
  }, []);
  return [readAddress(hash), go];
}

/** The browser tells of no change that a script makes. */
const MOVED = 'headwater-moved';

function listen(changed: () => void): () => void {
  const names = ['popstate', 'hashchange', MOVED];
  for (const name of names) addEventListener(name, changed);
  return () => {
    for (const name of names) removeEventListener(name, changed);
  };
}
