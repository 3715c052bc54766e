/** A displacement from what the database handed over, in one piece of pure work that a background thread can do. */
import { seededRandom } from '../../kernel/random.ts';
import type { BackgroundWork, Tell } from '../../platform/background.ts';
import { type CrossingPlaceKnown, readEvents } from './closing-events.ts';
import { type Story, type StoryOptions, tellStory } from './displacement-story.ts';
import { type ZoneParameters, type ZonePlace, zonesOf } from './displacement-zones.ts';
import { effortOf, hasChanged, type WorkedMonth } from './zone-figures.ts';

export interface DisplacementTask {
  readonly blocks: readonly string[];
  readonly treated: readonly string[];
  readonly places: readonly CrossingPlaceKnown[];
  readonly worked: readonly WorkedMonth[];
  readonly zones: ZoneParameters;
  readonly options: Omit<StoryOptions, 'random'>;
  readonly seed: number;
}

export interface DisplacementWork {
  readonly story: Story;
  readonly places: readonly ZonePlace[];
  readonly counts: { readonly records: number; readonly incidents: number; readonly owners: number };
  readonly ownerIds: readonly string[];
}

export const DISPLACEMENT_WORK: BackgroundWork<DisplacementTask, DisplacementWork> = {
  module: new URL(import.meta.url),
  work,
};

export function work(task: DisplacementTask, tell?: Tell): DisplacementWork {
  const events = readEvents(task.blocks);
  const known = new Map(task.places.map((place) => [place.id, place]));
  const zones = zonesOf(events, new Set(task.treated), known, task.zones, (placeId) =>
    hasChanged(effortOf(new Set([placeId]), task.worked, task.zones)),
  );
  const options = { ...task.options, random: seededRandom(task.seed), tell };
  return {
    story: tellStory(events, zones, task.worked, task.zones, options),
    places: zones.places,
    ...countsOf(task.blocks, events.length),
  };
}

/** Lines are crossings of movements; their last field is the owner. */
function countsOf(
  blocks: readonly string[],
  incidents: number,
): Pick<DisplacementWork, 'counts' | 'ownerIds'> {
  let records = 0;
  const owners = new Set<string>();
  for (const block of blocks) {
    for (const line of block.split('\n')) {
      records += 1;
      owners.add(line.slice(line.lastIndexOf('\t') + 1));
    }
  }
  return { counts: { records, incidents, owners: owners.size }, ownerIds: [...owners].sort() };
}
