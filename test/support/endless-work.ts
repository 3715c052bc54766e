/** Work for tests that never ends by itself, holding memory and a processor, and tells how far it says it is. */
import type { Tell } from '../../src/platform/background.ts';

export interface EndlessTask {
  readonly megabytes: number;
  /** 'no': it answers with the number of megabytes at once. */
  readonly endless: 'yes' | 'no';
}

export function work({ megabytes, endless }: EndlessTask, tell?: Tell): number {
  const held = new Uint8Array(megabytes * 1_048_576).fill(1);
  for (let step = 1; endless === 'yes'; step += 1) {
    held[step % held.length] = step % 256;
    if (step % 1_000_000 === 0) tell?.(0.25);
  }
  return megabytes;
}
