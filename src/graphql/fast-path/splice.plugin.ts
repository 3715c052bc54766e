/** Apollo's way in and out of the fast path: an answer that is text already stands in for execution, and is spliced into the response. */
import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';
import type { RequestContext } from '../context.ts';
import { answerFast } from './fast-path.ts';

/** `data` that is JSON already. */
class WrittenData {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }
}

/** `answered`: told whether an operation took the fast path. */
export function spliceAnswers(
  answered: ((fast: boolean) => void) | 'off' = () => undefined,
): ApolloServerPlugin<RequestContext> {
  if (answered === 'off') return {};
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ schema, document, operation, request, contextValue }) {
          if (operation === undefined) return null;
          const json = await answerFast(contextValue, {
            schema,
            document,
            operation,
            variables: request.variables ?? {},
          });
          answered(json !== null);
          if (json === null) return null;
          const data = new WrittenData(json) as unknown as Record<string, unknown>;
          return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data } } };
        },
      };
    },
  };
}

/** The text of any result, as Apollo writes it: one line, with an end of line. */
export function stringifyResult({ data, errors, extensions }: FormattedExecutionResult): string {
  if (!(data instanceof WrittenData)) return `${JSON.stringify({ errors, data, extensions })}\n`;
  return `{"data":${data.json}}\n`;
}
