/** One question asked as a viewer asks it, and what a statement of it costs in the database alone. */
import { type GraphQLSchema, graphql } from 'graphql';
import { readSlugs } from '../src/access/organisation.view.ts';
import { readerFor, type ViewerReader } from '../src/access/reader.ts';
import type { Viewer } from '../src/access/viewer.ts';
import type { Services } from '../src/graphql/services.ts';
import type { Database, Queryable } from '../src/platform/database.ts';
import { percentile } from './percentile.ts';

export interface Asker {
  readonly schema: GraphQLSchema;
  readonly database: Database;
  readonly viewer: Viewer;
  readonly services: () => Services;
}

/** Milliseconds. Throws where the answer is an error. */
export async function ask(
  { schema, database, viewer }: Asker,
  source: string,
  services: Services,
  reader: ViewerReader = readerFor(database, viewer),
): Promise<number> {
  const contextValue = { reader, now: new Date(), slugs: () => readSlugs(database), services };
  const began = performance.now();
  const { errors } = await graphql({ schema, source, contextValue });
  if (errors) throw new Error(errors[0]?.message);
  return performance.now() - began;
}

export const FLOWS_BY_PAIR =
  '{ flows(groupBy: [ORIGIN_COUNTRY, DESTINATION_COUNTRY]) { originCountry destinationCountry movements incidents persons { min max } } }';

/** What the statements of flows by pair, read from rollups, cost in the database alone. */
export async function timeInPostgres(asker: Asker): Promise<void> {
  const { database, viewer } = asker;
  const said: { text: string; values: readonly unknown[] }[] = [];
  const reader = readerFor(database, viewer);
  const listening: ViewerReader = {
    viewer,
    readAtOnce: (statements) => reader.readAtOnce(statements),
    read: (run) =>
      reader.read((connection) =>
        run(
          Object.assign(Object.create(connection) as Queryable, {
            query: (text: string, values: readonly unknown[] = []) => {
              if (text.includes('flow_rollup')) said.push({ text, values });
              return connection.query(text, values);
            },
          }),
        ),
      ),
  };
  await ask(asker, FLOWS_BY_PAIR, asker.services(), listening);
  for (const { text, values } of said) {
    const times: number[] = [];
    if (process.env.PLAN === '1')
      for (const { 'QUERY PLAN': line } of await reader.read((connection) =>
        connection.query<{ 'QUERY PLAN': string }>(`explain (analyze, timing on) ${text}`, values),
      ))
        console.log(line);
    for (let run = 0; run < 30; run += 1) {
      const plan = await reader.read((connection) =>
        connection.query<{ 'QUERY PLAN': string }>(`explain (analyze, timing off) ${text}`, values),
      );
      const last = plan.map((row) => row['QUERY PLAN']).find((line) => line.startsWith('Execution Time'));
      times.push(Number(/[\d.]+/.exec(last ?? '')?.[0]));
    }
    console.log(
      `  flows by country pair, in Postgres  least ${Math.min(...times).toFixed(1)} ms   p50 ${percentile(times, 0.5).toFixed(1)} ms   (${times.length} runs)`,
    );
  }
}
