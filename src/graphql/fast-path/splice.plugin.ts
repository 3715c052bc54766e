/** Apollo's way in and out of the fast path: an answer that is text already stands in for execution, and is spliced into the response. */
import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';
import type { RequestContext } from '../context.ts';
import { type AskedOperation, answerFast } from './fast-path.ts';

/** `data` that is JSON already. */
class WrittenData {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }
}

/** `answered`: told whether an operation took the fast path. `learned`: told of each that did. */
export function spliceAnswers(
  answered: ((fast: boolean, short: boolean) => void) | 'off' = () => undefined,
  learned: (context: RequestContext, asked: AskedOperation) => void = () => undefined,
): ApolloServerPlugin<RequestContext> {
  if (answered === 'off') return {};
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ schema, document, operation, request, contextValue }) {
          if (operation === undefined) return null;
          const asked = { schema, document, operation, variables: request.variables ?? {} };
          const json = await answerFast(contextValue, asked);
          answered(json !== null, false);
          if (json === null) return null;
          learned(contextValue, asked);
          const data = new WrittenData(json) as unknown as Record<string, unknown>;
          return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data } } };
        },
      };
    },
  };
}

export function writtenBody(json: string): string {
  return `{"data":${json}}\n`;
}

/** The text of any result, as Apollo writes it: one line, with an end of line. */
export function stringifyResult({ data, errors, extensions }: FormattedExecutionResult): string {
  if (!(data instanceof WrittenData)) return `${JSON.stringify({ errors, data, extensions })}\n`;
  return writtenBody(data.json);
}
