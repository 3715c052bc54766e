/** The only reader of the environment: settings are parsed once, and a bad one stops the start with a sentence. */
import path from 'node:path';
import { HeadwaterError } from './kernel/errors.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
  /** Keys live outside the data folder and its backups. */
  readonly keysFolder: string;
  readonly database:
    | { readonly mode: 'embedded' }
    | { readonly mode: 'server'; readonly url: string; readonly ownerUrl: string; readonly poolSize: number };
  readonly loadDemo: boolean;
  readonly allowPublicEmbedded: boolean;
  readonly corsOrigins: readonly string[];
  readonly trustProxy: boolean;
  /** The largest request that brings a file, which in base64 is a third larger than the file. */
  readonly uploadMegabytes: number;
  /** Whether npm started this process through a shell, which keeps npm's signals to itself: then the shell's end is the signal. */
  readonly endsWithParent: boolean;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws BAD_CONFIGURATION naming the variable, what was found and what was wanted. */
export function readConfig(environment: Environment = process.env, folder: string = process.cwd()): Config {
  const dataFolder = path.resolve(folder, environment.HEADWATER_DATA_DIR ?? '.headwater/data');
  const url = databaseUrl(environment, 'DATABASE_URL');
  const ownerUrl = databaseUrl(environment, 'DATABASE_OWNER_URL');
  if (ownerUrl !== undefined && url === undefined) {
    throw complaint('DATABASE_URL', undefined, 'a postgres:// address beside DATABASE_OWNER_URL');
  }
  const poolSize = wholeNumber(environment, 'DATABASE_POOL', 10, 1, 500);
  const host = environment.HOST ?? '127.0.0.1';
  const allowPublicEmbedded = flag(environment, 'HEADWATER_ALLOW_PUBLIC_EMBEDDED', false);
  if (url === undefined && !isLoopback(host) && !allowPublicEmbedded) {
    throw complaint(
      'HOST',
      host,
      'a loopback address, since the embedded database is for one machine (set DATABASE_URL, or HEADWATER_ALLOW_PUBLIC_EMBEDDED=yes to insist)',
    );
  }
  return {
    host,
    port: wholeNumber(environment, 'PORT', 4000, 0, 65_535),
    dataFolder,
    keysFolder: keysFolder(environment, folder, dataFolder),
    database:
      url === undefined
        ? { mode: 'embedded' }
        : {
            mode: 'server',
            url,
            ownerUrl: ownerUrl ?? url,
            poolSize,
          },
    loadDemo: flag(environment, 'HEADWATER_DEMO', url === undefined),
    allowPublicEmbedded,
    corsOrigins: origins(environment),
    trustProxy: flag(environment, 'HEADWATER_TRUST_PROXY', false),
    uploadMegabytes: wholeNumber(environment, 'HEADWATER_UPLOAD_MB', 10, 1, 200),
    endsWithParent: environment.npm_lifecycle_event === 'start',
    logLevel: oneOf(environment, 'LOG_LEVEL', ['silent', 'error', 'warn', 'info', 'debug'], 'info'),
  };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function complaint(variable: string, found: string | undefined, wanted: string): HeadwaterError {
  const shown = found === undefined ? 'nothing' : JSON.stringify(found);
  return new HeadwaterError('BAD_CONFIGURATION', `${variable}: found ${shown}, wanted ${wanted}`);
}

function wholeNumber(
  environment: Environment,
  variable: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const text = environment[variable];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw complaint(variable, text, `a whole number from ${least} to ${most}`);
  }
  return value;
}

function flag(environment: Environment, variable: string, otherwise: boolean): boolean {
  return oneOf(environment, variable, ['yes', 'no'], otherwise ? 'yes' : 'no') === 'yes';
}

function oneOf<const T extends string>(
  environment: Environment,
  variable: string,
  words: readonly T[],
  otherwise: T,
): T {
  const text = environment[variable];
  if (text === undefined || text === '') return otherwise;
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw complaint(variable, text, `one of ${words.join(', ')}`);
  return word;
}

/** The address may hold a password, so a wrong one is described, not shown. */
function databaseUrl(environment: Environment, variable: string): string | undefined {
  const text = environment[variable];
  if (text === undefined || text === '') return undefined;
  if (!/^postgres(ql)?:\/\/\S+$/.test(text)) {
    throw new HeadwaterError(
      'BAD_CONFIGURATION',
      `${variable}: found a text of ${text.length} characters that does not begin with postgres://, wanted postgres://user:password@host:port/database`,
    );
  }
  return text;
}

function keysFolder(environment: Environment, folder: string, dataFolder: string): string {
  const keys = path.resolve(
    folder,
    environment.HEADWATER_KEYS_DIR ?? path.join(path.dirname(dataFolder), 'keys'),
  );
  if (keys === dataFolder || keys.startsWith(dataFolder + path.sep)) {
    throw complaint(
      'HEADWATER_KEYS_DIR',
      keys,
      'a folder outside the data folder, so that no backup of the data holds its keys',
    );
  }
  return keys;
}

function origins(environment: Environment): readonly string[] {
  const text = environment.HEADWATER_CORS_ORIGINS ?? '';
  const list = text
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
  for (const origin of list) {
    if (!/^https?:\/\/[^/*\s]+$/.test(origin)) {
      throw complaint(
        'HEADWATER_CORS_ORIGINS',
        origin,
        'origins like https://map.example.org, separated by commas, without * or a path',
      );
    }
  }
  return list;
}
