/** Keeping the memory of long work flat: left to itself the runtime lets garbage pile up to several times what is in use. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes of growth, garbage among them, after which it is taken away. A collection takes some 50 ms. */
const GROWTH = 64 * 2 ** 20;

/** To be called again and again between steps of the work. Where the runtime offers no collection nothing happens. */
export function memoryKeeper(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('typeof gc === "function" ? gc : null') as (() => void) | null;
  const used = (): number => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  let least = used();
  return () => {
    const now = used();
    least = Math.min(least, now);
    if (now - least < GROWTH || collect === null) return;
    collect();
    least = used();
  };
}

/** Before much is loaded: where young objects live grows to some 50 MB otherwise, which a server's answers need and a file's rows do not. */
export function keepYoungSpaceSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
