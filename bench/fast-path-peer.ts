/** One server of bench/fast-path.ts, in a process of its own: it tells its port, and its processor time when asked. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PeerSettings {
  readonly peer: string;
  readonly server: string;
  readonly name: string;
  readonly size: number;
  /** Connections to the database. */
  readonly poolSize: number;
}

export interface StartedPeer {
  readonly listener: RequestListener;
  /** What every request carries. */
  readonly headers: Readonly<Record<string, string>>;
}

type StartPeer = (settings: PeerSettings) => Promise<StartedPeer>;

const settings = JSON.parse(process.argv[2] ?? '{}') as PeerSettings;
const { startPeer } = (await import(`./fast-path-${settings.peer}.ts`)) as { readonly startPeer: StartPeer };
const { listener, headers } = await startPeer(settings);
const server = createServer({ keepAliveTimeout: 60_000 }, listener).listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port, headers });
});
process.on('message', (message) => {
  if (message === 'cpu') {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1000 });
  }
});
process.on('disconnect', () => process.exit());
