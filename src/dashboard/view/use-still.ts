/** Whether the device asks that nothing moves by itself. */
import { useSyncExternalStore } from 'react';

const ASKED = '(prefers-reduced-motion: reduce)';

export function useStill(): boolean {
  return useSyncExternalStore(listen, () => matchMedia(ASKED).matches);
}

function listen(changed: () => void): () => void {
  const media = matchMedia(ASKED);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}
