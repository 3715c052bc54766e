/** What was known at a moment, of records that were corrected since. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../src/access/viewer.ts';
import { home, intercept, maya } from '../support/border-intercept-rows.ts';
import { importText } from '../support/intake.ts';
import { answer, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

let hub: TestHub;
let viewer: Viewer;
const csv = (row: Readonly<Record<string, string>>): string =>
  `${Object.keys(row).join(',')}\n${Object.values(row)
    .map((cell) => `"${cell}"`)
    .join(',')}\n`;

beforeAll(async () => {
  hub = await openTestHub('base');
  for (const [day, victims] of [
    ['2026-03-01', '2'],
    ['2026-06-01', '5'],
  ] as const) {
    const then = { ...hub, imports: { ...hub.imports, now: () => new Date(`${day}T00:00:00Z`) } };
    const row = { ...intercept, ...maya, address: home, number_of_victims: victims };
    await importText(then, 'corrects', 'border-intercept', csv(row), `${day}.csv`);
  }
  viewer = await viewerFor(hub, 'corrects', 'analyst');
});
afterAll(() => hub.close());

interface Answer {
  movements: {
    nodes: readonly { version: number; incident: { id: string } | null; report: { id: string } | null }[];
  };
}
const ask = async (filter: Readonly<Record<string, unknown>>): Promise<Answer['movements']['nodes']> => {
  const document =
    'query ($filter: MovementFilter) { movements(filter: $filter) { nodes { version incident { id } report { id } } } }';
  return (await answer<Answer>(hub, viewer, document, { filter })).movements.nodes;
};

describe('asKnownAt', () => {
  it('finds a past version by the incident it belongs to, and leads from it to that record', async () => {
    const [living] = await ask({});
    expect(living?.version).toBe(2);
    const incidentIds = [living?.incident?.id];
    const past = await ask({ asKnownAt: '2026-04-01T00:00:00Z', incidentIds });
    expect(past).toEqual([{ version: 1, incident: living?.incident, report: living?.report }]);
    expect(await ask({ asKnownAt: '2026-02-01T00:00:00Z', incidentIds })).toEqual([]);
    expect(await ask({ asKnownAt: '2026-07-01T00:00:00Z', incidentIds })).toEqual([living]);
  });
});
