/** What can be exported: how each collection is asked for, what it stands on, and its rows page by page. */
import type { GraphQLSchema } from 'graphql';
import type { RequestContext } from '../../graphql/context.ts';
import type { Handling } from '../../kernel/vocabulary.ts';
import type { Marked, Pages } from './layer.ts';
import type { ClassCount } from './record-pages.view.ts';

export interface Asking {
  readonly context: RequestContext;
  readonly schema: GraphQLSchema;
  /** As a resolver of the list would be given it; null: everything. */
  readonly filter: unknown;
}

/** What the rows of a class are marked as, and who its owner is. */
export interface Marks {
  handlingOf(classId: number): Handling;
  slugOf(ownerId: string): string;
}

export interface Method {
  readonly method: string;
  readonly version: number;
  readonly parameters: unknown;
  readonly unknowns: readonly string[];
  readonly refusal: unknown;
  /** How many records, incidents and organisations stand behind it, and the months they are of. */
  readonly counts: unknown;
  readonly dataWindow: unknown;
}

export interface Opened<Row extends Marked> {
  /** The records it stands on, by class. */
  readonly classes: readonly ClassCount[];
  /** Of what is derived; told before the first page. */
  readonly methods: readonly Method[];
  /** Of what is derived; of records there are as many rows as they are. */
  readonly rows?: number;
  pages(marks: Marks): Pages<Row>;
}

export interface Collection<Row extends Marked> {
  readonly name: string;
  /** The GraphQL input that its filter is. */
  readonly filter: string;
  open(asking: Asking): Promise<Opened<Row>>;
}
