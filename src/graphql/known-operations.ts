/** Queries and mutations are what there is: graphql-js finds out that there are no subscriptions only when it runs one. */
import { GraphQLError, type ValidationRule } from 'graphql';

export const knownOperations: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation) != null) return;
    context.reportError(
      new GraphQLError(
        `There are no ${node.operation}s here: found "${node.operation}", wanted "query" or "mutation".`,
        { nodes: node },
      ),
    );
  },
});
