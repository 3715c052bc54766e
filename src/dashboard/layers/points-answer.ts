/** What is answered of crossings and incidents, one by one: for the layers and for the panel. */

export interface Listed {
  readonly id: string;
  readonly occurred: { readonly from: string } | null;
  readonly persons: { readonly min: number; readonly max: number | null };
  readonly position: { readonly longitude: number; readonly latitude: number } | null;
  readonly kind: string;
  readonly fromCountry?: string;
  readonly toCountry?: string;
  readonly country?: string | null;
  readonly movement?: { readonly id: string } | null;
  readonly movements?: readonly { readonly id: string }[];
}

export type PointsAnswer = Readonly<
  Record<'crossings' | 'incidents', { readonly countUpTo: number; readonly nodes: readonly Listed[] }>
>;
