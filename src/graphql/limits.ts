/** How much one query may ask: depth, aliases, directives and tokens by its text, cost by the records it may touch. */
import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';
import type { RequestContext } from './context.ts';
import { costOf, type QueryCost } from './query-cost.ts';

/** Down to a waypoint's place of a movement of an incident of an entity, by way of edges, and no cycle further. */
export const MOST_DEPTH = 14;
export const MOST_ALIASES = 15;
export const MOST_DIRECTIVES = 5;
/** GraphiQL's introspection has 300; ids belong in variables. */
export const MOST_TOKENS = 2_000;
/** Records touched: a page of 500 movements with waypoints, places, crossings and reports comes to 20,000. */
export const MOST_COST = 50_000;

/** `graphql-armor`'s rules, reporting instead of throwing, so that a query hears of all its faults at once. */
export function limitRules(): readonly ValidationRule[] {
  const told = {
    exposeLimits: true,
    propagateOnRejection: false,
    onReject: [reportLimit],
  };
  const { validationRules } = new ApolloArmor({
    maxDepth: { enabled: true, n: MOST_DEPTH, ignoreIntrospection: true, flattenFragments: true, ...told },
    maxAliases: { enabled: true, n: MOST_ALIASES, allowList: [], ...told },
    maxDirectives: { enabled: true, n: MOST_DIRECTIVES, ...told },
    // Tokens are counted by the parser (MOST_TOKENS), cost by `costLimit`; suggestions show nothing that introspection hides.
    maxTokens: { enabled: false },
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  }).protect();
  return validationRules;
}

/** Knows the variables, which a validation rule does not: a `first` hidden in one counts all the same. */
export const costLimit: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request }) {
        if (operation === undefined) return;
        const { records, derived } = costOf(schema, document, operation, request.variables ?? {});
        if (records <= MOST_COST) return;
        throw new GraphQLError(
          `cost: found a query that may touch ${records} records, wanted at most ${MOST_COST}; ask for a smaller \`first\` or fewer nested lists${fewer(derived)}`,
          { extensions: { code: 'TOO_COSTLY', http: { status: 400 } } },
        );
      },
    };
  },
};

function fewer(derived: QueryCost['derived']): string {
  if (derived.size === 0) return '';
  const cheaper = [...derived.values()].flatMap((cost) => cost.cheaper ?? []);
  return [`, for fewer of ${[...derived.keys()].join(', ')} in one query`, ...cheaper].join(', or for ');
}

function reportLimit(context: ValidationContext | null, error: GraphQLError): void {
  const message = error.message.replace(/^Syntax Error: /, '');
  context?.reportError(new GraphQLError(`${message} Split the query, or ask for less of it.`));
}
