/** One station-month is one row of effort, however it is written and in whatever file it stands: rates divide by it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ImportProfile } from '../../src/intake/formats/profile.ts';
import { STAFFING } from '../../src/intake/formats/profiles/staffing.ts';
import { importText } from '../support/intake.ts';
import { openTestHub, type TestHub } from '../support/test-hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

const HEADER = 'country,station_name,location,month,staff,work_fraction';

async function living(slug: string): Promise<readonly { station: string; month: string; staff: number }[]> {
  return hub.database.unrestricted('read the effort of a test', (connection) =>
    connection.query(
      `select s.normalised || '/' || s.location as station, e.month::text as month, e.staff::float8 as staff
       from effort e join station s on s.id = e.station_id join organisation o on o.id = e.owner_id
       where o.slug = $1 and e.known_to is null order by 1, 2`,
      [slug],
    ),
  );
}

it('takes a station-month once, in every spelling and by every profile', async () => {
  const own: ImportProfile = { ...STAFFING, name: 'own-staffing' };
  const counts = [];
  for (const [profile, row] of [
    ['staffing', 'Nepal,Birgunj,Bus Park,2026-01,2,1'],
    ['staffing', 'NPL,BIRGUNJ,bus park,2026-01-01,3,1'],
    ['staffing', ',birgunj ,Bus  Park,Jan 2026,4,1'],
    [own, 'Nepal,Birgunj,Bus Park,2026-01-15,5,1'],
  ] as const) {
    counts.push((await importText(hub, 'org-effort', profile, `${HEADER}\n${row}\n`)).counts);
  }
  expect(counts.map(({ accepted, version }) => [accepted, version])).toEqual([
    [1, 0],
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
  expect(await living('org-effort')).toEqual([
    { station: 'birgunj/bus park', month: '2026-01-01', staff: 5 },
  ]);
}, 180_000);

it('takes two equal rows of one file as one, leaves two that differ to a person, and counts no row it did not write', async () => {
  const rows = [
    'Nepal,Birgunj,,2026-01,2,1',
    'Nepal,BIRGUNJ,,Jan 2026,2,1',
    'Nepal,Jogbani,,2026-01,2,1',
    'Nepal,Jogbani,,2026-01-01,3,1',
    'Nepal,***,,2026-01,2,1',
  ];
  const summary = await importText(hub, 'org-doubled', 'staffing', [HEADER, ...rows].join('\n'));
  expect(summary.counts).toMatchObject({ accepted: 2, part: 0, quarantined: 3 });
  expect(summary.repeatedIds).toBe(0);
  expect(await living('org-doubled')).toEqual([{ station: 'birgunj/', month: '2026-01-01', staff: 2 }]);
});
