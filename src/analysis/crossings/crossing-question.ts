/** What may be asked of crossing clusters, whether of one period or of several. */
import { HeadwaterError } from '../../kernel/errors.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { CLUSTER_METHODS, type ClusterMethod } from './crossing-cluster.type.ts';
import type { CrossingSearch } from './crossing-cluster.view.ts';

const USUAL_EPS_KM = 5;

/** The reach to gather with; null for HDBSCAN*. Throws BAD_INPUT for a distance that would be passed over. */
export function reachOf(method: ClusterMethod, epsKm: number | null): number | null {
  if (method === CLUSTER_METHODS.DBSCAN) return epsKm ?? USUAL_EPS_KM;
  if (epsKm === null) return null;
  throw new HeadwaterError(
    'BAD_INPUT',
    `epsKm: found ${epsKm} with HDBSCAN, which uses none; wanted DBSCAN, or no epsKm`,
  );
}

/** The incidents of clusters are looked at whole: of whom, and as known when, and nothing of where. */
export function incidentsAsked({ ownerIds: owners, asKnownAt }: CrossingSearch): AskedMovements {
  return { search: owners === undefined ? {} : { ownerIds: owners }, asKnown: { at: asKnownAt } };
}
