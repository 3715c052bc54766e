/** Deriving corridors: from all movements, or from what is held of them and what changed since. */
import type { ViewerReader } from '../../access/reader.ts';
import { scopeKey } from '../../access/viewer.ts';
import { runInBackground, type UnderWay } from '../../platform/background.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { withoutPair } from '../stage-names.ts';
import { MOST_EVIDENCE } from '../tell-how-known.service.ts';
import { readStagePlaces, readTravelBlocks } from './corridor.view.ts';
import type { CorridorQuestion } from './corridor-question.ts';
import { CORRIDOR_WORK, type CorridorWork } from './corridor-work.ts';
import { DEFAULT_CORRIDOR_PARAMETERS } from './corridors.ts';
import type { HeldTravel } from './kept-travel.ts';
import type { KnownPlace } from './site-forms.ts';
import { emptyTravel } from './travel.ts';
import { placesNamed } from './travel-blocks.ts';

/** Characters that about 2,500 movements take: above this, deriving would hold up other answers for more than a tenth of a second. */
const LONG_TEXT = 500_000;
const MANY_MOVEMENTS = 2_500;

/** From what is held and what changed since, or from everything. */
export async function deriveFrom(
  reader: ViewerReader,
  asked: AskedMovements,
  question: CorridorQuestion,
  held: HeldTravel | null,
  underWay: UnderWay | undefined,
): Promise<{ readonly work: CorridorWork; readonly next: HeldTravel | null }> {
  const changed = held && (await readTravelBlocks(reader, asked, held.moment));
  const { blocks, moment } = changed ?? (await readTravelBlocks(reader, asked));
  const before = changed ? held : null;
  const travel = before?.travel ?? emptyTravel();
  const places = [...new Set([...(before?.places ?? []), ...placesNamed(blocks)])];
  const work = await runInBackground(
    CORRIDOR_WORK,
    {
      travel,
      blocks,
      places: await stagePlaces(reader, places),
      nodes: { nodeResolution: question.nodeResolution, gatherKm: question.gatherKm },
      corridors: {
        ...DEFAULT_CORRIDOR_PARAMETERS,
        minIncidents: question.supportAtLeast,
        minOrigins: question.originsAtLeast,
      },
      first: question.first,
      parallelWithin: question.parallelWithin,
      evidence: question.withEvidence ? MOST_EVIDENCE : 0,
      forecast: question.withForecast,
      forecastTest: question.withForecastTest,
      only: question.ids && { scope: scopeKey(reader.viewer), ids: question.ids },
    },
    travel.count > MANY_MOVEMENTS || blocks.reduce((sum, { block }) => sum + block.length, 0) > LONG_TEXT,
    underWay,
  );
  // Of what is no more nothing stays in memory.
  return { work, next: work.lost ? null : { travel: work.travel, moment, places } };
}

async function stagePlaces(reader: ViewerReader, named: readonly string[]): Promise<readonly KnownPlace[]> {
  if (named.length === 0) return [];
  return (await readStagePlaces(reader, named)).map((row) => ({
    id: row.id,
    kind: row.kind,
    name: withoutPair(row.name),
    country: row.country,
    position: [row.longitude, row.latitude],
    footprintRadiusKm: row.footprint_radius_km,
    joins: row.border_countries,
    derived: row.derived,
  }));
}
