/** PostGraphile 5 over the same tables, as the same weak role under the same row security. */
import { createServer } from 'node:http';
import pg from 'pg';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { rowScope } from '../src/access/viewer.ts';
import type { PeerSettings, StartedPeer } from './fast-path-peer.ts';
import { openFilledHub } from './filled-hub.ts';

/** A box is no filter of PostGraphile's own: a function of the database is how its users ask for one. The indexes are in the order it sorts by. */
const FOR_POSTGRAPHILE = `
  create schema if not exists bench;
  grant usage on schema bench to headwater_app;
  create or replace function bench.incidents_in_box(west float8, south float8, east float8, north float8) returns setof public.incident
    language sql stable as $$ select * from public.incident where longitude between west and east and latitude between south and north
      and known_to is null order by occurred_from desc nulls last, id desc $$;
  create index if not exists bench_movement_page on public.movement (occurred_from desc nulls last, id desc nulls last);
  create index if not exists bench_incident_page on public.incident (occurred_from desc nulls last, id desc)`;

export async function startPeer({ server, name, size, poolSize }: PeerSettings): Promise<StartedPeer> {
  const { hub, url, viewer } = await openFilledHub(server, name, size, 1);
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query(FOR_POSTGRAPHILE);
  await owner.end();
  await hub.close();
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    options: '-c jit=off -c max_parallel_workers_per_gather=0',
  });
  const pgSettings = {
    role: 'headwater_app',
    'headwater.classes': `{${rowScope(viewer).classes.join(',')}}`,
  };
  const instance = postgraphile({
    extends: [PostGraphileAmberPreset],
    pgServices: [makePgService({ pool, schemas: ['public', 'bench'], pgSettings: () => pgSettings })],
    schema: { pgOrderByNullsLast: true },
    grafserv: { graphqlPath: '/graphql', graphiql: false },
    grafast: { explain: false },
  });
  const serving = instance.createServ(grafserv);
  // Grafserv adds itself to a server; what it adds is what listens here.
  const own = createServer();
  await serving.addTo(own);
  const [listener] = own.listeners('request') as StartedPeer['listener'][];
  if (listener === undefined) throw new Error('found no listener of PostGraphile');
  return { listener, headers: {} };
}
