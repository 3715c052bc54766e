/** The screen: one changing line for progress on a terminal, plain lines now and then elsewhere. */

export interface Screen {
  say(line: string): void;
  progress(line: string): void;
  error(line: string): void;
  close(): void;
}

/** Where lines pile up in a file, one every few seconds is enough. */
const PLAIN_EVERY_MS = 5_000;

export function terminal(
  out: NodeJS.WriteStream = process.stdout,
  clock: () => number = () => performance.now(),
): Screen {
  let showing = false;
  let lastPlain = Number.NEGATIVE_INFINITY;
  let lastHead = '';
  const clear = (): void => {
    if (showing) out.write('\r\u001b[2K');
    showing = false;
  };
  return {
    say: (line) => {
      clear();
      out.write(`${line}\n`);
    },
    progress: (line) => {
      if (out.isTTY) {
        clear();
        out.write(line.slice(0, Math.max(20, out.columns - 1)));
        showing = true;
        return;
      }
      // A new step is always told; the same step's numbers only now and then.
      const head = line.replace(/[\d,.█░]+/g, '');
      if (head === lastHead && clock() - lastPlain < PLAIN_EVERY_MS) return;
      lastHead = head;
      lastPlain = clock();
      out.write(`${line}\n`);
    },
    error: (line) => {
      clear();
      process.stderr.write(`${line}\n`);
    },
    close: clear,
  };
}
