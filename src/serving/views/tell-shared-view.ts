/** A view for partner apps in the words of its readers, the same over GraphQL and as plain JSON. */
import { ATOM_RULES } from './atoms.ts';
import type { CountKey } from './count-levels.ts';
import type { LayerFeature, LayerStage, SharedLayer } from './layers/layer-feature.ts';

const SHARED_NOTICE =
  `A cell that is not there is not available: fewer than ${ATOM_RULES.leastPersons} persons (or than an agreement of whoever contributes names), ${ATOM_RULES.leastEvents} incidents or ${ATOM_RULES.leastContributors} organisations behind it, ` +
  `nobody who watched, or nobody who was found. These are not told apart, and what is not available is in no total either. A number changes by nothing or by ${ATOM_RULES.leastPersons} persons or more.`;

const LAYER_NOTICE =
  'The layer is drawn of such counts alone: of the latest four quarters, as far as they are told. Trends, classes and changes compare what is told; more or fewer who watch or contribute change it too.';

export function noticeOf(layer: SharedLayer | null): string {
  return layer === null ? SHARED_NOTICE : `${SHARED_NOTICE} ${LAYER_NOTICE}`;
}

export interface Told {
  readonly epoch: number;
  readonly published_at: Date;
  readonly until: string;
  readonly digest: Uint8Array;
}

export function sharedEpoch({ epoch, published_at, until, digest }: Told) {
  return { epoch, publishedAt: published_at, until, digest: Buffer.from(digest).toString('hex') };
}

export function sharedCell({
  key,
  persons,
  incidents,
}: {
  readonly key: CountKey;
  readonly persons: number;
  readonly incidents: number;
}) {
  return {
    originCountry: key.origin ?? null,
    destinationCountry: key.destination ?? null,
    cell: key.place ?? key.area ?? null,
    period: key.quarter ?? key.year ?? null,
    persons,
    incidents,
  };
}

/** Field by field: what a column of the database holds is not in an order of ours. */
export function sharedFeature({
  id,
  stages,
  cells,
  border,
  quarters,
  persons,
  trend,
  ...more
}: LayerFeature) {
  return {
    id,
    stages: stages.map(sharedStage),
    cells: [...cells],
    border: border === null ? null : [...border],
    quarters: [...quarters],
    persons: sharedBand(persons),
    trend,
    class: more.class,
    change:
      more.change === null
        ? null
        : {
            direction: more.change.direction,
            quarter: more.change.quarter,
            before: more.change.before === null ? null : sharedBand(more.change.before),
            quartersBefore: [...more.change.quartersBefore],
          },
    geometry: {
      type: more.geometry.type,
      coordinates: more.geometry.coordinates,
    } as LayerFeature['geometry'],
  };
}

function sharedStage({ role, country, cell, border }: LayerStage) {
  return { role, country, cell, border: border === null ? null : [...border] };
}

function sharedBand({ least, most }: LayerFeature['persons']) {
  return { least, most };
}
