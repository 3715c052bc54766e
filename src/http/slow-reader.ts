/** Whoever takes an answer too slowly loses it: what it holds others wait for. */
import type { ServerResponse } from 'node:http';

export interface Pace {
  /** To be taken in every so many milliseconds, while there is something to take. */
  readonly leastBytes: number;
  readonly everyMs: number;
}

/** 4 KB a second: what a poor satellite link still does. */
export const EXPORT_PACE: Pace = { leastBytes: 131_072, everyMs: 30_000 };

/** Until the answer is closed. What the system's own buffers hold counts as taken. */
export function endSlowReader(response: ServerResponse, { leastBytes, everyMs }: Pace): void {
  const { socket } = response;
  if (socket === null) return;
  const taken = (): number => socket.bytesWritten - socket.writableLength;
  let before = taken();
  const timer = setInterval(() => {
    const now = taken();
    if (socket.writableLength > 0 && now - before < leastBytes) response.destroy();
    before = now;
  }, everyMs);
  timer.unref();
  response.once('close', () => clearInterval(timer));
}
