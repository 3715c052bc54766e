/** Drawing counts: movements by the cell they were observed in, and by country of origin and destination. */
import type { Position } from '../../geo/position.ts';
import { densify } from '../../geo/sphere.ts';
import type { RequestContext } from '../../graphql/context.ts';
import { keptAnswer } from '../../graphql/kept-answers.ts';
import { answerFlows } from '../../records/flows/flow.service.ts';
import type { FlowDimension, FlowGroup, FlowMeasureAsked } from '../../records/flows/flow.type.ts';
import type { AskedMovements } from '../../records/movements/movement-search.service.ts';
import { readDensity } from './density.view.ts';
import { cellShapesOn } from './drawing/cell-shapes.ts';
import type { DrawnLayers } from './drawing/encode-tile.ts';
import { lineShape, type MapShape, pointShape } from './drawing/map-shape.ts';
import { readCountryCentres } from './gazetteer-tiles.view.ts';
import type { TileAddress } from './tile-address.ts';
import { resolutionAt } from './tile-layers.ts';

const PAIRS = {
  dimensions: ['origin_country', 'destination_country'] as readonly FlowDimension[],
  figures: new Set<FlowMeasureAsked>(['movements', 'incidents', 'persons']),
  having: [],
  orderBy: [],
  cellResolution: 4,
  limit: 5_000,
};
/** Straight to the eye at the zooms that flows are drawn at. */
const STEP_KM = 200;

export async function drawDensity(
  context: RequestContext,
  asked: AskedMovements,
  address: TileAddress,
): Promise<DrawnLayers> {
  const resolution = resolutionAt(address.z);
  const cells = await keptAnswer(context, 'tiles', { layer: 'density', asked, resolution }, () =>
    readDensity(context.reader, asked, resolution),
  );
  return { density: cellShapesOn(cells, address) };
}

export async function drawFlows(context: RequestContext, asked: AskedMovements): Promise<DrawnLayers> {
  const centres = await readCountryCentres(context.reader);
  const question = { asked, question: PAIRS, withHowKnown: false };
  const groups = await keptAnswer(context, 'flows', question, () =>
    answerFlows(context.reader, asked, PAIRS, false),
  );
  const shapes = groups.flatMap((group) => flowShape(group, centres) ?? []);
  return {
    flows: shapes.filter(({ kind }) => kind === 'line'),
    'flows-within': shapes.filter(({ kind }) => kind === 'point'),
  };
}

/** Null where an end is not known, or has no place on the map. */
function flowShape(
  { originCountry: from, destinationCountry: to, movements, incidents, persons }: FlowGroup,
  centres: ReadonlyMap<string, Position>,
): MapShape | null {
  const [start, end] = [centres.get(from ?? ''), centres.get(to ?? '')];
  if (start === undefined || end === undefined) return null;
  const tags = { from, to, movements, incidents, personsMin: persons?.min ?? null };
  return from === to ? pointShape(start, tags) : lineShape([densify([start, end], STEP_KM)], tags);
}
