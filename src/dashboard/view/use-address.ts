/** The address of the page that is open, and the way to another. */
import { useCallback, useSyncExternalStore } from 'react';
import { type Address, type Go, readAddress, writeAddress } from './address.ts';

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
