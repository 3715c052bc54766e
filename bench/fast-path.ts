/**
 * The fast path beside its limit and its peers, in one run over the same tables on a server: raw node:http around the same statement, this hub, this hub by
 * ordinary execution, PostGraphile 5, and type-graphql with DataLoader and knex. Run: npm run bench:fast-path [movements] [rounds] [connections].
 */
import { type ChildProcess, fork } from 'node:child_process';
import pg from 'pg';
import type { PeerSettings } from './fast-path-peer.ts';
import { contentOf, QUESTIONS } from './fast-path-questions.ts';
import { keepAsking } from './keep-asking.ts';
import { backendsCpu, spentSince } from './postgres-cpu.ts';

const PEERS = ['raw', 'hub', 'ordinary', 'postgraphile', 'usual'] as const;
type Peer = (typeof PEERS)[number];

const TITLES: Readonly<Record<Peer, string>> = {
  raw: 'raw node:http, same statement',
  hub: 'Headwater, fast path',
  ordinary: 'Headwater, ordinary execution',
  postgraphile: 'PostGraphile 5',
  usual: 'type-graphql + DataLoader + knex',
};

/** What is aimed at: at least this share of raw, and so many times the others. */
const GOALS: Readonly<Partial<Record<Peer, number>>> = { raw: 0.85, postgraphile: 2.5, usual: 3 };

const ROUND_MS = 2_500;
const WARM_UP_MS = 3_000;

const [size = 200_000, rounds = 7, connections = 4] = process.argv.slice(2).map(Number);
const server = process.env.DATABASE_URL;
if (server === undefined || server === '')
  throw new Error('DATABASE_URL: found nothing, wanted a server on which databases may be made');

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
}

interface Round {
  readonly perSecond: number;
  /** Of Node, and of the database's backends. */
  readonly nodeMs: number;
  readonly postgresMs: number;
}

const DATABASE = `headwater_fast_${size}`;
const client = new pg.Client({ connectionString: server });
await client.connect();

// One after the other: the first fills the database, and each leaves in it what it needs.
const running = new Map<Peer, Running>();
for (const peer of PEERS) running.set(peer, await start(peer));
console.log(
  `${size.toLocaleString('en')} movements, ${rounds} rounds of ${ROUND_MS / 1000} s, ${connections} connections, Node ${process.version}`,
);
for (const name of ['page', 'box'] as const) await measure(name);
for (const { child } of running.values()) child.disconnect();
await client.end();

async function start(peer: Peer): Promise<Running> {
  const settings: PeerSettings = {
    peer,
    server: server as string,
    name: DATABASE,
    size,
    poolSize: connections,
  };
  const file = new URL(
    import.meta.url.endsWith('.ts') ? 'fast-path-peer.ts' : 'fast-path-peer.js',
    import.meta.url,
  );
  const child = fork(file, [JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, GRAPHILE_ENV: 'production', NODE_ENV: 'production' },
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  });
  const failed = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`${peer} ended with ${code}: ${said}`)));
  });
  failed.catch(() => undefined);
  const { port, headers } = (await Promise.race([nextMessage(child), failed])) as Omit<Running, 'child'>;
  return { child, port, headers };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => {
    child.once('message', resolve);
  });
}

async function measure(name: 'page' | 'box'): Promise<void> {
  const question = (peer: Peer) => {
    const { port, headers } = running.get(peer) as Running;
    const { query, postgraphile } = QUESTIONS[name];
    return { port, headers, body: JSON.stringify({ query: peer === 'postgraphile' ? postgraphile : query }) };
  };
  const contents = await Promise.all(PEERS.map(async (peer) => contentOf(await textOf(question(peer)))));
  for (const [index, content] of contents.entries())
    if (content !== contents[0])
      throw new Error(
        `${PEERS[index]} answers another thing than raw: found ${content.slice(0, 500)}, wanted ${contents[0]?.slice(0, 500)}`,
      );
  const bytes = (await textOf(question('hub'))).length;
  for (const peer of PEERS) await keepAsking(question(peer), connections, WARM_UP_MS);
  const seen = new Map<Peer, Round[]>(PEERS.map((peer) => [peer, []]));
  for (let round = 0; round < rounds; round += 1) {
    // Another order each time: what a machine does beside it takes turns too.
    for (let step = 0; step < PEERS.length; step += 1) {
      const peer = PEERS[(round + step) % PEERS.length] as Peer;
      seen.get(peer)?.push(await oneRound(peer, question(peer)));
    }
  }
  report(name, bytes, seen);
}

async function textOf({ port, headers, body }: Parameters<typeof keepAsking>[0]): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return response.text();
}

async function oneRound(peer: Peer, question: Parameters<typeof keepAsking>[0]): Promise<Round> {
  const [node, backends] = [await cpuOf(peer), await backendsCpu(client, DATABASE)];
  const began = performance.now();
  const answered = await keepAsking(question, connections, ROUND_MS);
  const seconds = (performance.now() - began) / 1_000;
  return {
    perSecond: answered / seconds,
    nodeMs: ((await cpuOf(peer)) - node) / answered,
    postgresMs: spentSince(backends, await backendsCpu(client, DATABASE)) / answered,
  };
}

async function cpuOf(peer: Peer): Promise<number> {
  const { child } = running.get(peer) as Running;
  const told = nextMessage(child);
  child.send('cpu');
  return ((await told) as { cpuMs: number }).cpuMs;
}

function report(name: string, bytes: number, seen: ReadonlyMap<Peer, readonly Round[]>): void {
  const of = (peer: Peer, what: (round: Round) => number): number => median((seen.get(peer) ?? []).map(what));
  const spent = ({ nodeMs, postgresMs }: Round): number => nodeMs + postgresMs;
  console.log(
    `\n${name} (${(bytes / 1024).toFixed(0)} kB, the same content from all): requests a second; processor a request, Node + Postgres; how many times it the hub is, in requests and in processor`,
  );
  for (const peer of PEERS) {
    const rounds = seen.get(peer) ?? [];
    const hub = seen.get('hub') ?? [];
    const times = (ratio: (ours: Round, theirs: Round) => number): string =>
      median(hub.map((ours, round) => ratio(ours, rounds[round] ?? ours))).toFixed(2);
    const goal = GOALS[peer];
    console.log(
      `  ${TITLES[peer].padEnd(34)} ${of(peer, ({ perSecond }) => perSecond)
        .toFixed(0)
        .padStart(5)} req/s   ` +
        `${of(peer, ({ nodeMs }) => nodeMs)
          .toFixed(2)
          .padStart(5)} + ${of(peer, ({ postgresMs }) => postgresMs)
          .toFixed(2)
          .padStart(4)} ms` +
        (peer === 'hub'
          ? ''
          : `   ${times((ours, theirs) => ours.perSecond / theirs.perSecond)} and ${times((ours, theirs) => spent(theirs) / spent(ours))}`) +
        (goal === undefined ? '' : ` (goal ${goal})`),
    );
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
