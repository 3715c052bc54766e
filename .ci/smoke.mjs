/** `npm start` as a newcomer meets it: from no data folder to answers, commands beside it, and a clean end. Argument: a folder that does not exist yet. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

const folder = process.argv[2];
if (folder === undefined) throw new Error('wanted a folder for the data');
mkdirSync(folder, { recursive: true });
const port = await freePort();
const env = { ...process.env, PORT: String(port), HEADWATER_DATA_DIR: path.join(folder, 'data') };
const address = `http://127.0.0.1:${port}`;
let bad = 0;

for (const start of ['first', 'second']) {
  const began = performance.now();
  const hub = spawn('npm', ['start'], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [hub.stdout, hub.stderr]) stream.on('data', (text) => (printed += text));
  const ended = new Promise((resolve) => hub.once('exit', (code, signal) => resolve({ code, signal })));
  try {
    const ready = await until(() => /^ +-d '.+'$/m.test(printed), 120_000);
    say(ready, `${start} start is ready after ${((performance.now() - began) / 1000).toFixed(1)} s`, printed);
    if (!ready) break;
    await ask(printed);
    if (start === 'first') commands();
    const open = listening(hub.pid).filter((at) => !at.startsWith('127.') && at !== '::1');
    say(open.length === 0, 'listens on no address but this machine', open.join(', '));
  } finally {
    process.kill(hub.pid, 'SIGTERM');
    const end = await Promise.race([ended, wait(20_000)]);
    say(end?.code === 0 || end?.code === 143 || end?.signal === 'SIGTERM', `${start} start ends when told to`, JSON.stringify(end));
    const gone = await until(() => groupOf(hub.pid).length === 0, 15_000);
    say(gone, 'leaves no process behind', groupOf(hub.pid).join(' '));
    if (!gone) process.kill(-hub.pid, 'SIGKILL');
    say(/stopping/.test(printed), 'says that it stops', printed.slice(-400));
  }
}
process.exitCode = bad === 0 ? 0 : 1;

async function ask(printed) {
  const alive = await fetch(`${address}/healthz`);
  say(alive.status === 200, '/healthz answers', alive.status);
  const key = /analyst\s+(hw_\S+)/.exec(printed)?.[1];
  say(key !== undefined, 'prints demo keys', printed.slice(-600));
  const query = '{ flows(groupBy: [ORIGIN_COUNTRY, DESTINATION_COUNTRY]) { originCountry destinationCountry incidents } }';
  const post = (headers) =>
    fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
  const answer = await (await post({ authorization: `Bearer ${key}` })).json();
  say(answer.data?.flows?.length > 0, `GraphQL answers with ${answer.data?.flows?.length} flows`, JSON.stringify(answer).slice(0, 400));
  const refused = await post({});
  say(refused.status === 401, 'a request without a key is refused', refused.status);
}

function commands() {
  const doctor = spawnSync('npx', ['headwater', 'doctor'], { env, encoding: 'utf8' });
  say(doctor.status === 0, 'npx headwater doctor goes through the running hub', doctor.stdout + doctor.stderr);
  const began = performance.now();
  const second = spawnSync('node', ['bin/headwater.js', 'serve'], { env: { ...env, PORT: '0' }, encoding: 'utf8' });
  const holder = /held by process \d+/.test(second.stdout + second.stderr);
  say(second.status !== 0 && holder, `a second server is refused after ${((performance.now() - began) / 1000).toFixed(2)} s, naming the holder`, second.stdout + second.stderr);
}

/** Addresses on which any process of the group listens, as Linux's /proc tells. */
function listening(group) {
  const sockets = new Set(
    groupOf(group).flatMap((pid) => {
      try {
        return readdirSync(`/proc/${pid}/fd`).map((fd) => /socket:\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1]);
      } catch {
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && sockets.has(fields[9]))
      .map((fields) => addressOf(fields[1].split(':')[0])),
  );
}

function addressOf(hex) {
  if (hex.length === 8) return hex.match(/../g).reverse().map((byte) => Number.parseInt(byte, 16)).join('.');
  return hex === '00000000000000000000000001000000' ? '::1' : hex;
}

function groupOf(group) {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [state, , itsGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return state !== 'Z' && Number(itsGroup) === group;
    } catch {
      return false;
    }
  });
}

async function until(condition, milliseconds) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    if (condition()) return true;
    await wait(50);
  }
  return condition();
}

function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}

function say(good, what, found) {
  if (!good) bad += 1;
  console.log(good ? `ok: ${what}` : `NOT ok: ${what}; found ${found}`);
}
