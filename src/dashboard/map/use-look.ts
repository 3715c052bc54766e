/** The colours of the map, as the page is drawn now and when that changes. */
import { useEffect, useState } from 'react';
import { type Look, readLook } from './look.ts';

/** Read again when the colours of the page change. */
export function useLook(theme: string): Look {
  const [look, setLook] = useState(readLook);
  useEffect(() => {
    const read = (): void => setLook(readLook());
    read();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', read);
    return () => dark.removeEventListener('change', read);
    // biome-ignore lint: the theme changes what is read
  }, [theme]);
  return look;
}
