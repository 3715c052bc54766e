/** What whoever typed a command is told when it fails, wherever it ran. */
import { HeadwaterError } from '../kernel/errors.ts';

export interface CommandFailure {
  readonly sentence: string;
  /** 1 failed, 2 wrongly asked. */
  readonly exit: 1 | 2;
  /** A mistake of ours: its stack is worth keeping. */
  readonly unexpected: boolean;
}

export function failureOf(error: unknown): CommandFailure {
  const { code, path: file } = (error ?? {}) as { readonly code?: unknown; readonly path?: unknown };
  if (error instanceof HeadwaterError)
    return { sentence: error.message, exit: error.code === 'BAD_INPUT' ? 2 : 1, unexpected: false };
  const message = error instanceof Error ? error.message : String(error);
  if (String(code).startsWith('ERR_PARSE_ARGS')) return { sentence: message, exit: 2, unexpected: false };
  // A file that cannot be read or written is for the caller to mend.
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code) && typeof file === 'string')
    return { sentence: `found ${file}, which cannot be used (${code})`, exit: 1, unexpected: false };
  return { sentence: `the command failed: ${message}`, exit: 1, unexpected: true };
}
