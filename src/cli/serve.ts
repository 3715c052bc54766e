/** `headwater serve`: opens the hub, says how to use it, answers until it is told to stop. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import pino, { type Logger } from 'pino';
import { readOrganisationCount } from '../access/organisation.view.ts';
import type { Config } from '../config.ts';
import { createApp } from '../http/app.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { foldCounts } from '../records/flows/fold-counts.service.ts';
import { publishEpoch } from '../serving/views/publish-epoch.service.ts';
import { openControl } from './control.ts';
import { type DemoKey, loadDemo, makeDemoKeys } from './demo.service.ts';
import { readLoginWarnings } from './health.view.ts';
import type { Hub } from './hub.ts';
import { openConfiguredHub } from './open-hub.ts';
import type { Screen } from './terminal.ts';
import { welcomeLines } from './welcome.ts';

/** A request that is under way when the hub is told to stop may take this long to end. */
const GRACE_MS = 10_000;

const FOLD_MS = 5 * 60_000;
const TELL_MS = 60 * 60_000;

/** How often a hub under npm looks whether npm's shell is still there. */
const PARENT_LOOK_MS = 500;

export async function serve(config: Config, screen: Screen): Promise<number> {
  const began = performance.now();
  const log = pino({ level: config.logLevel === 'info' ? 'warn' : config.logLevel });
  const { hub, demoLoaded, close } = await openConfiguredHub(
    config,
    `headwater serve on port ${config.port}`,
    (message) => screen.progress(message),
  );
  try {
    const demoKeys = config.loadDemo ? await readyDemo(config, hub, demoLoaded, screen) : [];
    const app = await createApp({
      hub,
      corsOrigins: config.corsOrigins,
      trustProxy: config.trustProxy,
      oidc: config.oidc,
      uploadMegabytes: config.uploadMegabytes,
      log,
      now: () => new Date(),
    });
    const server = createServer(app.handler);
    server.headersTimeout = 15_000;
    server.requestTimeout = 60_000;
    const port = await listen(server, config);
    const control =
      config.database.mode === 'embedded' ? await openControl(config.dataFolder, hub, log) : null;
    for (const line of welcomeLines({
      host: config.host,
      port,
      demoKeys,
      seconds: (performance.now() - began) / 1000,
    }))
      screen.say(line);
    for (const line of await readLoginWarnings(hub.database)) screen.say(`warning: ${line}`);
    const folding = foldNowAndThen(hub, log);
    const telling = tellNowAndThen(hub, log);
    await toldToStop(config.endsWithParent);
    clearInterval(folding);
    clearInterval(telling);
    screen.say('stopping: no new requests, waiting for those under way');
    control?.close();
    await app.close();
    await stop(server);
    return 0;
  } finally {
    await close();
  }
}

/** The demo's keys are random for each hub; their texts lie beside its data folder (on a server: in the key folder), so that every start can print them. */
async function readyDemo(
  config: Config,
  hub: Hub,
  demoLoaded: boolean,
  screen: Screen,
): Promise<readonly DemoKey[]> {
  const file =
    config.database.mode === 'server'
      ? path.join(config.keysFolder, 'demo-keys.json')
      : `${config.dataFolder}.demo-keys.json`;
  if (!demoLoaded && (await readOrganisationCount(hub.database)) === 0)
    await loadDemo(hub, (message) => screen.progress(message));
  if (existsSync(file) && !demoLoaded) return JSON.parse(readFileSync(file, 'utf8')) as DemoKey[];
  if (!demoLoaded && !(await readOrganisationCount(hub.database, true))) return [];
  const keys = await makeDemoKeys(hub, new Date());
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}

async function listen(server: Server, config: Config): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? new HeadwaterError(
              'BAD_CONFIGURATION',
              `PORT: found ${config.port} in use on ${config.host}, wanted a free port`,
            )
          : error,
      );
    });
    server.listen(config.port, config.host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function toldToStop(endsWithParent: boolean): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
    if (!endsWithParent) return;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      resolve();
    }, PARENT_LOOK_MS);
    watch.unref();
  });
}

/** Every row that is handed in adds to what is counted; a sum of thousands of rows would be felt by whoever reads it. */
function foldNowAndThen(hub: Hub, log: Logger): NodeJS.Timeout {
  const fold = (): void => {
    foldCounts(hub.database).catch((error: unknown) => log.warn({ error }, 'counts were not folded'));
  };
  return setInterval(fold, FOLD_MS).unref();
}

/** Views for partner apps, when a quarter more is over or an officer decided something. */
function tellNowAndThen(hub: Hub, log: Logger): NodeJS.Timeout {
  const tell = (): void => {
    const { database, atlas, imports } = hub;
    publishEpoch({ database, atlas, ids: imports.ids, now: () => new Date() }).catch((error: unknown) =>
      log.warn({ error }, 'views for partner apps were not told'),
    );
  };
  return setInterval(tell, TELL_MS).unref();
}

async function stop(server: Server): Promise<void> {
  server.closeIdleConnections();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearTimeout(timer);
}
