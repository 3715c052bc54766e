/** Building the packed gazetteer: some twenty seconds of one core, so in a thread of its own. */
import type { BackgroundWork } from '../platform/background.ts';
import { packAtlas } from './atlas.ts';
import { buildGazetteer } from './gazetteer.ts';

export function work(_input: null): Uint8Array {
  return packAtlas(buildGazetteer());
}

export const ATLAS_WORK: BackgroundWork<null, Uint8Array> = { module: new URL(import.meta.url), work };
