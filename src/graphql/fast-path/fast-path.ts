/** Answers an operation without executing it, where every root field knows how to write its own JSON. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { ViewerReader } from '../../access/reader.ts';
import { scopeKey, type Viewer } from '../../access/viewer.ts';
import { HeadwaterError } from '../../kernel/errors.ts';
import type { Statement } from '../../platform/database.ts';
import type { RequestContext } from '../context.ts';
import { UNPRINTABLE } from './json-text.sql.ts';
import { KeptPreparations } from './kept-preparations.ts';
import { LeftToExecution, type Selected, type Selecting, selectedBelow } from './selected.ts';

/** A statement that answers with one row of one text named `json`, or the text itself. */
export type Prepared =
  | {
      readonly statement: Statement;
      /** Whether it is the same for the same document, variables and sight, whatever was written meanwhile. */
      readonly lasts: boolean;
    }
  | { readonly json: string };

/** As `extensions.fastPath` of a root field. Throws for what it leaves to ordinary execution, errors of the caller included. */
export type FastRoot = (
  context: RequestContext,
  field: Selected,
  fragments: Selecting['fragments'],
) => Promise<Prepared>;

export interface AskedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** As many problems with variables as graphql-js names; one is enough to leave them to it. */
const ANY_PROBLEM = { maxErrors: 1 };

/** The JSON of `data`; null where ordinary execution is to answer, and to tell what is wrong. The document was validated. */
export async function answerFast(context: RequestContext, asked: AskedOperation): Promise<string | null> {
  try {
    const prepared = await preparedFor(context, asked);
    return prepared === null ? null : await answerPrepared(prepared, context.reader);
  } catch (error) {
    // Whatever it is, ordinary execution meets it again and says it as it always does; what was ended or ran out of time is not begun again for that.
    if (isOver(error)) context.reader.endWith?.(error);
    return null;
  }
}

/** What was prepared for an operation that was answered before, for whoever sees the same; undefined where nothing was, or is kept no more. */
export function preparedBefore(asked: AskedOperation, viewer: Viewer): readonly PreparedMember[] | undefined {
  return kept.get(asked.document, keyOf(asked, viewer));
}

/** The JSON of `data`. Throws where it is left to execution, and what the database throws. */
export async function answerPrepared(
  prepared: readonly PreparedMember[],
  { readAtOnce }: Pick<ViewerReader, 'readAtOnce'>,
): Promise<string> {
  const statements = prepared.flatMap(({ prepared: one }) => ('statement' in one ? [one.statement] : []));
  const answers = statements.length === 0 ? [] : await readAtOnce<{ json: string }>(statements);
  let next = 0;
  const members = prepared.map(({ key, prepared: one }) => {
    const json = 'json' in one ? one.json : answers[next++]?.[0]?.json;
    if (json === undefined || json.includes(UNPRINTABLE)) throw new LeftToExecution(key);
    return `${JSON.stringify(key)}:${json}`;
  });
  return `{${members.join(',')}}`;
}

/** SQLSTATE of a statement that ran out of time. */
const TIMED_OUT = '57014';

export function isOver(error: unknown): error is HeadwaterError {
  if (!(error instanceof HeadwaterError)) return false;
  return error.code === 'CANCELLED' || (error.cause as { code?: unknown } | undefined)?.code === TIMED_OUT;
}

export interface PreparedMember {
  readonly key: string;
  readonly prepared: Prepared;
}

const kept = new KeptPreparations<readonly PreparedMember[]>();

async function preparedFor(
  context: RequestContext,
  asked: AskedOperation,
): Promise<readonly PreparedMember[] | null> {
  const key = keyOf(asked, context.reader.viewer);
  const before = kept.get(asked.document, key);
  if (before !== undefined) return before;
  const fragments = fragmentsOf(asked.document);
  const roots = rootsOf(asked, fragments);
  if (roots === null) return null;
  const typename = JSON.stringify(asked.schema.getQueryType()?.name);
  const members = await Promise.all(
    roots.map(async ({ field, fast }) => ({
      key: field.key,
      prepared: fast === null ? { json: typename } : await fast(context, field, fragments),
    })),
  );
  // One without a statement would be answered again without anybody asking whether its asker still may.
  if (members.length > 0 && members.every(({ prepared }) => 'statement' in prepared && prepared.lasts))
    kept.keep(asked.document, key, members, charactersOf(members));
  return members;
}

const spelt = new WeakMap<AskedOperation, string>();

function keyOf(asked: AskedOperation, viewer: Viewer): string {
  const key = spelt.get(asked) ?? JSON.stringify([asked.operation.name?.value, asked.variables]);
  spelt.set(asked, key);
  return `${key} ${scopeKey(viewer)}`;
}

function charactersOf(members: readonly PreparedMember[]): number {
  return members.reduce(
    (sum, { prepared }) =>
      'statement' in prepared
        ? sum + prepared.statement.text.length + JSON.stringify(prepared.statement.values).length
        : sum,
    0,
  );
}

interface Root {
  readonly field: Selected;
  /** Null: `__typename`. */
  readonly fast: FastRoot | null;
}

/** Null where one of the fields is not known: nothing was asked of the database yet. */
function rootsOf(
  { schema, operation, variables }: AskedOperation,
  fragments: Selecting['fragments'],
): readonly Root[] | null {
  const query = schema.getQueryType();
  if (operation.operation !== 'query' || query == null) return null;
  if (!mayBeFast(operation, query.getFields())) return null;
  try {
    const coerced = coercedVariables(schema, operation, variables);
    if (coerced === null) return null;
    const selecting = { schema, fragments, variables: coerced };
    const roots: Root[] = [];
    for (const field of selectedBelow(selecting, query, [operation.selectionSet])) {
      const fast = query.getFields()[field.name]?.extensions.fastPath as FastRoot | undefined;
      if (fast === undefined && field.name !== '__typename') return null;
      roots.push({ field, fast: fast ?? null });
    }
    return roots;
  } catch {
    return null;
  }
}

/** Tells most of what is not at a glance. */
function mayBeFast(
  { selectionSet }: OperationDefinitionNode,
  fields: Readonly<Record<string, { readonly extensions: Readonly<Record<string, unknown>> }>>,
): boolean {
  return selectionSet.selections.every(
    (node) =>
      node.kind !== Kind.FIELD ||
      node.name.value === '__typename' ||
      fields[node.name.value]?.extensions.fastPath !== undefined,
  );
}

const NO_VARIABLES: Readonly<Record<string, unknown>> = {};

function coercedVariables(
  schema: GraphQLSchema,
  { variableDefinitions }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | null {
  if (variableDefinitions === undefined || variableDefinitions.length === 0) return NO_VARIABLES;
  return getVariableValues(schema, variableDefinitions, { ...given }, ANY_PROBLEM).coerced ?? null;
}

function fragmentsOf({ definitions }: DocumentNode): Selecting['fragments'] {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null) as Record<string, never>;
  for (const node of definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
  return fragments;
}
