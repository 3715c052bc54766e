/** What a request was shown of persons, and what it was refused, is in the log before the answer leaves: without the trace there is no answer. */
import type { ApolloServerPlugin } from '@apollo/server';
import { type FieldNode, Kind, type OperationDefinitionNode } from 'graphql';
import type { NewAuditEvent } from '../audit/audit.store.ts';
import { keepEvents } from '../audit/keep-events.service.ts';
import { personEvents } from '../audit/person-events.ts';
import type { RequestContext } from '../graphql/context.ts';
import { personsRead } from '../graphql/persons-read.ts';
import type { HttpServices } from './http-services.ts';

/** As many refused fields of one request as are named. */
const MOST_FIELDS = 20;

export function traceReads({
  hub,
  now,
}: Pick<HttpServices, 'hub' | 'now'>): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response, contextValue, operation }) {
          const errors = response.body.kind === 'single' ? (response.body.singleResult.errors ?? []) : [];
          const refused = errors
            .filter(({ extensions }) => extensions?.code === 'FORBIDDEN')
            .map(({ path }) => rootField(operation, path?.[0]));
          const events = [...readEvents(contextValue), ...refusals(contextValue, refused)];
          if (events.length === 0) return;
          await keepEvents(hub.database, events, now());
        },
      };
    },
  };
}

/** By its name in the schema: what a client calls it may say anything. */
function rootField(operation: OperationDefinitionNode | undefined, responseKey: unknown): string {
  const field = operation?.selectionSet.selections.find(
    (selection): selection is FieldNode =>
      selection.kind === Kind.FIELD && (selection.alias ?? selection.name).value === responseKey,
  );
  return field?.name.value ?? 'request';
}

function readEvents({ reader }: RequestContext): readonly NewAuditEvent[] {
  const persons = personsRead(reader);
  if (persons.size === 0) return [];
  const { organisationId, keyId, purposes } = reader.viewer;
  const [purpose = null, ...more] = purposes ?? [];
  // Where there are several, nobody said which.
  return personEvents(
    { organisationId, keyId, purpose: more.length === 0 ? purpose : null, detail: {} },
    persons,
  );
}

function refusals({ reader }: RequestContext, fields: readonly string[]): readonly NewAuditEvent[] {
  if (fields.length === 0) return [];
  const { organisationId, keyId } = reader.viewer;
  const named = [...new Set(fields)].sort().slice(0, MOST_FIELDS);
  return [
    {
      organisationId,
      keyId,
      action: 'denied',
      objectKind: 'operation',
      objectIds: [],
      purpose: null,
      detail: { fields: named.join(',') },
    },
  ];
}
