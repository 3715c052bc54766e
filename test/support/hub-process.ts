/** A hub as its users start it: a process of its own, from the built program, on a data folder of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PACKAGE_FOLDER } from '../../src/cli/hub.ts';

export const PROGRAM = path.join(PACKAGE_FOLDER, 'dist', 'src', 'main.js');

export interface HubFolder {
  readonly environment: NodeJS.ProcessEnv;
  readonly data: string;
  remove(): void;
}

export function hubFolder(settings: Readonly<Record<string, string>> = {}): HubFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'hw-'));
  const data = path.join(folder, 'data');
  const { DATABASE_URL: _url, DATABASE_OWNER_URL: _owner, ...inherited } = process.env;
  return {
    data,
    environment: { ...inherited, HEADWATER_DATA_DIR: data, PORT: '0', LOG_LEVEL: 'warn', ...settings },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface RunningHub {
  readonly process: ChildProcess;
  readonly address: string;
  /** From the start of the process until it said it was ready. */
  readonly seconds: number;
  readonly output: () => string;
  /** The demo key of an organisation and role. */
  key(organisation: string, role: string): string;
  /** Resolves with the exit code or signal. */
  end(signal: NodeJS.Signals): Promise<number | string | null>;
}

export async function startHub(folder: HubFolder): Promise<RunningHub> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', PROGRAM], { env: folder.environment });
  let output = '';
  const ended = new Promise<number | string | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  );
  await new Promise<void>((resolve, reject) => {
    const look = (piece: Buffer): void => {
      output += piece.toString();
      // Lines come in pieces: ready is when the last of them is whole.
      if (/^ +-d '.+'$/m.test(output)) resolve();
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    // After `exit` its last words may still be on their way; `close` comes when they are here.
    child.once('close', (code, signal) =>
      reject(new Error(`the hub ended before it was ready (${code ?? signal}): ${output}`)),
    );
  });
  return {
    process: child,
    address: /ready at (\S+)/.exec(output)?.[1] ?? '',
    seconds: (performance.now() - started) / 1000,
    output: () => output,
    key: (organisation, role) =>
      new RegExp(`${organisation}\\s+${role}\\s+(hw_\\S+)`).exec(output)?.[1] ?? '',
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** One command, as typed in a shell; the answer's text and exit code. */
export function runHeadwater(
  folder: HubFolder,
  ...args: readonly string[]
): { readonly code: number | null; readonly out: string; readonly err: string; readonly seconds: number } {
  const started = performance.now();
  const run = spawnSync(process.execPath, [PROGRAM, ...args], {
    env: folder.environment,
    encoding: 'utf8',
    timeout: 120_000,
  });
  return {
    code: run.status,
    out: run.stdout,
    err: run.stderr,
    seconds: (performance.now() - started) / 1000,
  };
}

export async function post<T>(
  hub: RunningHub,
  key: string,
  query: string,
  variables: object = {},
): Promise<T> {
  const response = await fetch(`${hub.address}/graphql`, {
    method: 'POST',
    // A command between two requests holds this process for longer than the hub keeps a connection.
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data?: T; errors?: { message: string }[] };
  if (answer.data === undefined || answer.errors !== undefined)
    throw new Error(answer.errors?.[0]?.message ?? `status ${response.status}`);
  return answer.data;
}
