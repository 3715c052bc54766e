/** The limit: node:http and nothing else around the very statement that the hub runs, in the same secured transaction. No key is looked up, nothing is parsed. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'graphql';
import { readerFor } from '../src/access/reader.ts';
import { rowScope } from '../src/access/viewer.ts';
import { readViewer } from '../src/access/viewer.view.ts';
import { answerFast } from '../src/graphql/fast-path/fast-path.ts';
import type { Answers, Statement } from '../src/platform/database.ts';
import { buildHubSchema } from '../src/schema.ts';
import { keyOf } from './fast-path-hub.ts';
import type { PeerSettings, StartedPeer } from './fast-path-peer.ts';
import { QUESTIONS } from './fast-path-questions.ts';
import { openFilledHub } from './filled-hub.ts';

export async function startPeer(settings: PeerSettings): Promise<StartedPeer> {
  const filled = await openFilledHub(settings.server, settings.name, settings.size, settings.poolSize);
  const { database } = filled.hub;
  const viewer = await readViewer(database, await keyOf(filled), new Date());
  const schema = buildHubSchema();
  const scope = rowScope(viewer);
  const statements = new Map<string, readonly Statement[]>();
  const roots = new Map<string, string>();
  for (const { query, root } of Object.values(QUESTIONS)) {
    const document = parse(query);
    const [operation] = document.definitions;
    if (operation?.kind !== 'OperationDefinition') throw new Error('found no operation in a question');
    const reader = {
      ...readerFor(database, viewer),
      readAtOnce: async <Row>(asked: readonly Statement[]): Promise<Answers<Row>> => {
        statements.set(query, asked);
        roots.set(query, root);
        return [];
      },
    };
    const context = { reader, now: new Date(), slugs: async () => new Map<string, string>() };
    await answerFast(context, { schema, document, operation, variables: {} });
  }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { query } = JSON.parse(await bodyOf(request)) as { query: string };
    const [rows] = await database.securedAtOnce<{ json: string }>(scope, statements.get(query) ?? []);
    const body = `{"data":{"${roots.get(query)}":${rows?.[0]?.json}}}\n`;
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  };
  return {
    headers: {},
    listener: (request, response) => void answer(request, response),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk as string;
  return body;
}
