/** Tiles of the demo, read by a decoder of others: the same whichever the database, and a change shows in review. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hubServices } from '../../src/schema.ts';
import { LAYER_NAMES } from '../../src/serving/tiles/tile-layers.ts';
import { openTestHub, viewerFor } from '../support/test-hub.ts';
import { askTile, type ReadFeature, readTile, tileAt } from '../support/tile-reading.ts';

const GOLDEN = new URL('tiles.golden.json', import.meta.url);

it('are the golden ones at three zooms', async () => {
  const hub = await openTestHub('demo');
  const viewer = await viewerFor(hub, 'terai-watch', 'analyst');
  const services = hubServices(hub);
  const found: Record<string, unknown> = {};
  for (const layer of LAYER_NAMES)
    for (const tile of [[0, 0, 0], tileAt(6, 85.1, 27.2), tileAt(10, 83.46, 27.4)] as const) {
      const read = readTile(await askTile(hub, viewer, layer, tile, undefined, services));
      for (const [name, features] of Object.entries(read))
        found[`${layer} ${tile.join('/')} ${name}`] = summary(features);
    }
  await hub.close();
  const text = `${JSON.stringify(found, null, 1)}\n`;
  if (process.env.BLESS === '1') writeFileSync(GOLDEN, text);
  // npm run bless rewrites it, once the change is meant.
  expect(text).toBe(existsSync(GOLDEN) ? readFileSync(GOLDEN, 'utf8') : '');
});

/** The first few in an order of their own, since ids differ from build to build; sums over all. */
function summary(features: readonly ReadFeature[]): unknown {
  const texts = features.map(({ type, tags: { id: _id, ...tags }, geometry }) =>
    [
      type,
      Object.entries(tags)
        .map(([name, value]) => `${name}=${String(value)}`)
        .toSorted()
        .join(' '),
      geometry
        .slice(0, 1)
        .map((ring) =>
          ring
            .slice(0, 4)
            .map(({ x, y }) => `${x},${y}`)
            .join(' '),
        )
        .join(' / '),
    ].join(' | '),
  );
  return {
    features: features.length,
    points: features.reduce((sum, { geometry }) => sum + geometry.flat().length, 0),
    coordinates: features.reduce(
      (sum, { geometry }) => sum + geometry.flat().reduce((all, { x, y }) => all + x + 3 * y, 0),
      0,
    ),
    counted: features.reduce((sum, { tags }) => sum + Number(tags.count ?? 0), 0),
    first: texts.toSorted().slice(0, 4),
  };
}
