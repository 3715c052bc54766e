/** What a hub says when it is ready: where it is, with which keys, and a query to paste. */
import type { DemoKey } from './demo.service.ts';

export interface Welcome {
  readonly host: string;
  readonly port: number;
  readonly demoKeys: readonly DemoKey[];
  readonly seconds: number;
}

const QUERY =
  '{ flows(groupBy: [ORIGIN_COUNTRY, DESTINATION_COUNTRY]) { originCountry destinationCountry incidents persons { min max } } }';

export function welcomeLines({ host, port, demoKeys, seconds }: Welcome): readonly string[] {
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const example =
    demoKeys.find(({ role, organisation }) => role === 'analyst' && organisation === 'terai-watch') ??
    demoKeys[0];
  return [
    '',
    `Headwater is ready at ${address} after ${seconds.toFixed(1)} s`,
    `  GraphQL ${address}/graphql   in the browser ${address}/graphiql   health ${address}/healthz`,
    ...(demoKeys.length === 0
      ? []
      : ['', 'Demo keys (fictional organisations and people):', ...keyLines(demoKeys)]),
    ...(example === undefined
      ? []
      : [
          '',
          'A query to paste:',
          `  curl ${address}/graphql -H 'authorization: Bearer ${example.key}' -H 'content-type: application/json' \\`,
          `    -d '${JSON.stringify({ query: QUERY })}'`,
        ]),
    '',
  ];
}

function keyLines(keys: readonly DemoKey[]): string[] {
  return keys.map(
    ({ organisation, role, key }) => `  ${(organisation ?? 'operator').padEnd(14)} ${role.padEnd(13)} ${key}`,
  );
}
