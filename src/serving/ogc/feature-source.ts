/** What a collection of features is to OGC API – Features, whatever its features are made from. */
import type { GraphQLSchema } from 'graphql';
import type { BoundingBox } from '../../geo/position.ts';
import type { RequestContext } from '../../graphql/context.ts';
import type { Handling, Purpose } from '../../kernel/vocabulary.ts';
import type { Database } from '../../platform/database.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import type { Geometry } from '../exports/geometry.ts';
import type { Column, Value } from '../exports/layer.ts';

export interface OgcTools {
  readonly database: Database;
  readonly keys: KeyStore;
  readonly schema: GraphQLSchema;
  readonly now: () => Date;
}

/** Who asks, and what was said with the request. */
export interface Asker {
  readonly context: RequestContext;
  readonly purpose: Purpose | null;
  readonly caseReference: string | null;
}

/** Half-open; an end that is open is null. */
export interface Span {
  readonly from: Date | null;
  readonly to: Date | null;
}

export interface FeatureQuestion {
  readonly limit: number;
  /** As it came: what it is, the collection knows. */
  readonly after: string | null;
  readonly box: BoundingBox | null;
  readonly span: Span | null;
}

export interface Feature {
  readonly type: 'Feature';
  readonly id: string;
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, Value>>;
}

export interface FeaturePage {
  readonly features: readonly Feature[];
  /** Of all that the question means and the viewer sees. */
  readonly matched: number;
  /** Token of the next page; null on the last one. */
  readonly next: string | null;
  /** The highest among them; null of what bears no marking. */
  readonly handling: Handling | null;
}

/** One feature, with its marking. */
export type FoundFeature = Pick<FeaturePage, 'handling'> & { readonly feature: Feature };

export interface FeatureSource {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly columns: readonly Column[];
  /** Types of GeoJSON that its features may have, besides none. */
  readonly geometries: readonly Geometry['type'][];
  /** Whether a purpose and a case have to be said to read it. */
  readonly isOfRecords: boolean;
  /** Changes where what it shows may have changed. Throws where more has to be said to read it: a purpose, a case. */
  state(tools: OgcTools, asker: Asker): Promise<string>;
  /** Throws BAD_INPUT for a token that is none. */
  page(tools: OgcTools, asker: Asker, question: FeatureQuestion): Promise<FeaturePage>;
  /** Null of one that is not there, or that the viewer does not see. */
  one(tools: OgcTools, asker: Asker, id: string): Promise<FoundFeature | null>;
}
