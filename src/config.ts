/** The only reader of the environment: settings are parsed once, and a bad one stops the start with a sentence. */
import { readFileSync } from 'node:fs';
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
  /** Where people sign in, if not with a passphrase here. */
  readonly oidc: OidcConfig | null;
  /** The largest request that brings a file, which in base64 is a third larger than the file. */
  readonly uploadMegabytes: number;
  /** Whether npm started this process through a shell, which keeps npm's signals to itself: then the shell's end is the signal. */
  readonly endsWithParent: boolean;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly publicUrl: string;
  readonly algorithm: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws BAD_CONFIGURATION naming the variable, what was found and what was wanted. */
export function readConfig(environment: Environment = process.env, folder: string = process.cwd()): Config {
  const dataFolder = path.resolve(folder, said(environment, 'HEADWATER_DATA_DIR') ?? '.headwater/data');
  const url = databaseUrl(environment, 'DATABASE_URL');
  const ownerUrl = databaseUrl(environment, 'DATABASE_OWNER_URL');
  if (ownerUrl !== undefined && url === undefined) {
    throw complaint('DATABASE_URL', undefined, 'a postgres:// address beside DATABASE_OWNER_URL');
  }
  const poolSize = wholeNumber(environment, 'DATABASE_POOL', 10, 1, 500);
  const host = said(environment, 'HOST') ?? '127.0.0.1';
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
    oidc: oidc(environment, folder),
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

/** A variable set to nothing is one that is not set: an empty folder name would be the current folder. */
function said(environment: Environment, variable: string): string | undefined {
  const text = environment[variable]?.trim();
  return text === '' ? undefined : text;
}

function wholeNumber(
  environment: Environment,
  variable: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const text = said(environment, variable);
  if (text === undefined) return otherwise;
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
  const text = said(environment, variable);
  if (text === undefined) return otherwise;
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

/** The provider is asked over TLS, unless it is on this machine. The secret lies in a file, so that no listing of processes shows it. */
function oidc(environment: Environment, folder: string): OidcConfig | null {
  const issuer = environment.HEADWATER_OIDC_ISSUER ?? '';
  if (issuer === '') return null;
  const clientId = environment.HEADWATER_OIDC_CLIENT_ID ?? '';
  if (clientId === '')
    throw complaint('HEADWATER_OIDC_CLIENT_ID', undefined, 'what the provider calls this hub');
  const file = environment.HEADWATER_OIDC_CLIENT_SECRET_FILE ?? '';
  return {
    issuer: address('HEADWATER_OIDC_ISSUER', issuer),
    clientId,
    clientSecret:
      file === '' ? null : secretIn('HEADWATER_OIDC_CLIENT_SECRET_FILE', path.resolve(folder, file)),
    publicUrl: address('HEADWATER_PUBLIC_URL', environment.HEADWATER_PUBLIC_URL ?? ''),
    algorithm: oneOf(environment, 'HEADWATER_OIDC_ALGORITHM', ['RS256', 'PS256', 'ES256', 'EdDSA'], 'RS256'),
  };
}

function address(variable: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && url.search === '' && url.hash === '' && url.username === '' && url.password === '')
    if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return text;
  const found = text === '' ? undefined : text;
  throw complaint(variable, found, 'an address like https://login.example.org (http on this machine only)');
}

function secretIn(variable: string, file: string): string {
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret !== '') return secret;
  } catch {
    // Said below, without what the file system says of it.
  }
  throw complaint(variable, file, 'a file that holds the secret');
}

function keysFolder(environment: Environment, folder: string, dataFolder: string): string {
  const keys = path.resolve(
    folder,
    said(environment, 'HEADWATER_KEYS_DIR') ?? path.join(path.dirname(dataFolder), 'keys'),
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
