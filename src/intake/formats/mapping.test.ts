import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { EffortDraft, RecordDraft, ReportDraft } from '../reports/report-draft.ts';
import { readRows } from './csv.ts';
import { type Drafted, readDrafts } from './drafts.ts';
import { readFeatures } from './geojson.ts';
import { identity } from './identity.ts';
import { readLookup, recognise } from './lookups.ts';
import { checkHeader } from './mapping.ts';
import { type ImportProfile, parseProfile } from './profile.ts';
import { DTM } from './profiles/dtm.ts';
import { MISSING_MIGRANTS } from './profiles/missing-migrants.ts';
import { NAMED_PROFILES } from './profiles/named.ts';
import { STAFFING } from './profiles/staffing.ts';

const now = new Date('2026-11-01T00:00:00Z');
const table = (text: string) => readRows(Readable.from([Buffer.from(text)]));

async function drafts(profile: ImportProfile, text: string): Promise<Drafted[]> {
  const all: Drafted[] = [];
  for await (const draft of readDrafts(profile, (await table(text)).rows, { now })) all.push(draft);
  return all;
}

const records = (all: readonly Drafted[]): RecordDraft[] =>
  all.flatMap((draft) => (draft.kind === 'draft' ? [draft.record] : []));
const refusals = (all: readonly Drafted[]): string[] =>
  all.flatMap((draft) =>
    draft.kind === 'quarantined'
      ? draft.reasons.map(({ where, found, wanted }) => `${where}: ${found}, ${wanted}`)
      : [],
  );

describe('headers', () => {
  const check = async (text: string, profile: ImportProfile) => checkHeader(profile, await table(text));

  it('refuses a file without a required column, and names it', async () => {
    expect(await check('origin,dest,year\n', DTM)).toMatchObject({
      accepted: false,
      reasons: [{ found: 'no column count' }],
    });
  });

  it('names the column of the file that was probably meant', async () => {
    expect(await check('origin,dest,counts,year\n', DTM)).toMatchObject({
      reasons: [
        {
          found: 'no column count',
          wanted: 'the columns origin, dest, count, year (did you mean "counts"?)',
        },
        {},
      ],
    });
  });

  it('reports unknown and absent columns, and refuses unknown ones when strict', async () => {
    const outcome = await check('STATION_NAME,month,staff, Work_Fraction ,weather\n', STAFFING);
    expect(outcome).toEqual({
      accepted: true,
      value: { unknown: ['weather'], absent: ['country', 'location', 'year', 'latitude', 'longitude'] },
    });
    expect(await check('origin,dest,count,year,weather\n', DTM)).toMatchObject({
      reasons: [{ found: 'unknown columns weather' }],
    });
  });

  it('refuses a column the mapping uses when it stands there twice', async () => {
    expect(await check('station_name,month,staff,work_fraction,Month\n', STAFFING)).toMatchObject({
      accepted: false,
    });
    expect(await check('station_name,month,staff,work_fraction,x,X\n', STAFFING)).toMatchObject({
      accepted: true,
    });
  });

  it('recognises nothing in a header that fits no profile', async () => {
    expect(recognise(NAMED_PROFILES, (await table('a,b\n')).columns)).toBeNull();
  });
});

describe('staffing', () => {
  it('reads months of effort', async () => {
    const all = await drafts(
      STAFFING,
      'country,station_name,location,month,staff,work_fraction\nNepal,Example Gate,Bus park,2024-03,2,0.5\n',
    );
    expect(records(all)).toEqual<EffortDraft[]>([
      {
        type: 'effort',
        station: 'Example Gate',
        monitoringLocation: 'Bus park',
        country: 'NPL',
        position: null,
        month: '2024-03-01',
        staff: 2,
        workFraction: 0.5,
      },
    ]);
  });

  it('quarantines work beyond full time, and a month that is missing', async () => {
    const all = await drafts(STAFFING, 'station_name,month,staff,work_fraction\nA,2024-03,2,50\nB,,1,1\n');
    expect(refusals(all)).toEqual([
      'line 3, month: nothing, an answer',
      'line 2, work_fraction: "50", 1 or less',
    ]);
  });

  const columns = 'station_name,location,year,month,staff,work_fraction';
  const keysOf = async (...rows: string[]) =>
    new Set((await drafts(STAFFING, [columns, ...rows].join('\n'))).map((draft) => draft.identity?.key));

  it('knows a station-month in every spelling of station, location and month', async () => {
    const same = await keysOf(
      'Birgunj,Bus Park,,2026-01,2,1',
      'BIRGUNJ ,bus park,,2026-01-01,3,1',
      '"Birgunj.",Bus  park,,Jan 2026,4,1',
      'birgunj,BUS PARK,2026,January,5,1',
      'birgunj,BUS PARK,२०२६,१,6,1',
    );
    expect(same.size).toBe(1);
    const others = await keysOf(
      'Birgunj,,,2026-01,2,1',
      'Birgunj,Bus Park,,2026-02,2,1',
      'Birganj,Bus Park,,2026-01,2,1',
      'Birgunj,Bus Park,,2026-01,2,1',
    );
    expect(others.size).toBe(4);
  });

  it('takes a station-month that stands there twice alike once, and asks which of two answers is right', async () => {
    const all = await drafts(
      STAFFING,
      `${columns}\nA,,,2026-01,2,1\nB,,,2026-01,2,1\na,,,Jan 2026,2,1\nB,,,2026-01,3,1\n`,
    );
    expect(all.map((draft) => [draft.kind, draft.rows.map((row) => row.line)])).toEqual([
      ['draft', [2, 4]],
      ['quarantined', [3, 5]],
    ]);
    expect(refusals(all)).toEqual([
      'lines 3 and 5: one station and month, and two answers, one row for each station and month',
    ]);
  });

  it.each([
    ['***,,,2026-01,2,1', 'station_name: punctuation, 3 characters, a name of a station'],
    ['A,,,2026,2,1', 'month: a year, a month with its year'],
    ['A,,,2026-Q1,2,1', 'month: a quarter, a month with its year'],
    ['A,,,March,2,1', 'month: letters, 5 characters, a date with its year'],
  ])('quarantines %s', async (row, reason) => {
    expect((await drafts(STAFFING, `${columns}\n${row}\n`)).map((draft) => draft.kind)).toEqual([
      'quarantined',
    ]);
    expect(refusals(await drafts(STAFFING, `${columns}\n${row}\n`)).join()).toContain(`line 2, ${reason}`);
  });
});

describe('rows of a report profile', () => {
  const header =
    'web_id,reported_date,number_dead,number_missing,total_dead_and_missing,country_of_incident,location_coodinates';

  it('leaves a wrong position out and notes it, without losing the row', async () => {
    const all = await drafts(
      MISSING_MIGRANTS,
      `${header}\nx1,2024-03-01,"1,022",-3,"1,019",Libya,"95.1, 13.2"\nx2,2024-03-01,1,,1,Libya,"0, 0"\n`,
    );
    const reports = records(all) as ReportDraft[];
    expect(reports.map(({ incident }) => incident.place)).toEqual([
      { text: null, position: null, country: 'LBY', level: 'country', uncertaintyKm: null },
      { text: null, position: null, country: 'LBY', level: 'country', uncertaintyKm: null },
    ]);
    expect(
      all.flatMap((draft) => (draft.kind === 'draft' ? draft.notes.map((note) => note.found) : [])),
    ).toEqual(['latitude and longitude swapped', '0, 0']);
    expect(reports[0]?.incident).toMatchObject({
      counts: { dead: 1022, missing: -3 },
      personsMin: 1019,
      personsMax: 1019,
    });
  });

  it('names every reason of a row, and answers every row', async () => {
    const all = await drafts(
      MISSING_MIGRANTS,
      `${header}\nx1,soon,many,,1,Libya,\nx2,2024-03-01,1\n\nx3,2024-03-01,1,,1,Libya,\n`,
    );
    expect(all.map((draft) => draft.kind)).toEqual(['quarantined', 'quarantined', 'draft']);
    expect(refusals(all)).toContain('line 2, number_dead: "many", a whole number');
    expect(refusals(all)).toContain('line 3: 3 cells, 7 cells, as in the header');
  });

  it('knows a row without an id by its digest, whatever the order of its columns', () => {
    const known = (cells: Record<string, string>) =>
      identity(MISSING_MIGRANTS, { kind: 'row', rowNumber: 1, line: 2, cells }, { now });
    const one = known({ web_id: '', a: '1', b: '2' });
    expect(one.from).toBe('digest');
    expect(known({ b: '2', a: '1', web_id: '' })).toEqual(one);
    expect(known({ web_id: '', a: '1', b: '3' })).not.toEqual(one);
    expect(known({ web_id: ' x1 ', a: '1' })).toEqual({ key: 'x1', from: 'columns' });
  });
});

describe('rows of a flow', () => {
  const profile: ImportProfile = {
    ...DTM,
    columns: { required: ['from', 'to', 'when', 'n', 'code'] },
    identity: ['from', 'to', 'when', 'code'],
    flow: {
      ...(DTM as Extract<ImportProfile, { target: 'flow' }>).flow,
      origin: { text: { column: 'from' } },
      destination: { country: { column: 'to' } },
      period: { column: 'when', basis: 'year' },
      value: { column: 'n' },
    },
  } as ImportProfile;
  const keysOf = async (...rows: string[]) =>
    new Set(
      (await drafts(profile, ['from,to,when,n,code', ...rows].join('\n'))).map(
        (draft) => draft.identity?.key,
      ),
    );

  it('are known by places and time as they are read, and by other ids letter by letter', async () => {
    expect((await keysOf('Al Fasher,Chad,2024-03,5,a-1', 'AL-FASHER ,TCD,March 2024,6,a-1')).size).toBe(1);
    expect(
      (
        await keysOf(
          'Al Fasher,Chad,2024-03,5,a-1',
          'Al Fasher,Chad,2024-03,5,a 1',
          'Al Fasher,Chad,2024,5,a-1',
        )
      ).size,
    ).toBe(3);
  });
});

describe('lookups', () => {
  it('quarantines a row whose id the file does not have', async () => {
    const lookups = new Map([
      ['locations', await readLookup(await table('name,id,lat,lon,adm_level\nA,1,14.5,33.2,State\n'), 'id')],
    ]);
    const all: Drafted[] = [];
    for await (const draft of readDrafts(
      DTM,
      (await table('origin,dest,count,year\n1,1,<5,2025\n1,9,3,2025\n')).rows,
      { now, lookups },
    ))
      all.push(draft);
    expect(records(all)).toMatchObject([
      {
        valueMin: 0,
        valueMax: 4,
        origin: { text: 'A', country: 'SDN', level: 'admin', position: [33.2, 14.5] },
      },
    ]);
    expect(refusals(all)[0]).toBe('line 3, dest: "9", an id of the lookup file locations');
  });

  it('refuses a lookup file that repeats an id', async () => {
    await expect(readLookup(await table('id\n1\n1\n'), 'id')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

describe('GeoJSON', () => {
  it('is mapped by the same profiles: the ends of a line are origin and destination', async () => {
    const end = (which: string) => ({
      latitude: { column: `geometry.${which}.latitude` },
      longitude: { column: `geometry.${which}.longitude` },
    });
    const profile = parseProfile({
      name: 'example-lines',
      version: 1,
      description: 'Flows drawn as lines.',
      format: 'geojson',
      target: 'flow',
      columns: { required: ['geometry.type', 'n', 'when'] },
      grouping: 'row',
      flow: {
        publisher: { constant: 'Example' },
        origin: end('first'),
        destination: end('last'),
        period: { column: 'when', basis: 'period' },
        population: { constant: 'migration' },
        unit: { constant: 'persons' },
        measure: { constant: 'flow' },
        value: { column: 'n' },
      },
    });
    if (!profile.accepted) throw new Error(JSON.stringify(profile.reasons));
    const text =
      '{"type":"Feature","properties":{"n":12,"when":"2024-Q1"},"geometry":{"type":"LineString","coordinates":[[85,27],[77,28]]}}';
    const found = await readFeatures(Readable.from([Buffer.from(text)]));
    expect(checkHeader(profile.value, found)).toMatchObject({ accepted: true });
    const all: Drafted[] = [];
    for await (const draft of readDrafts(profile.value, found.rows, { now })) all.push(draft);
    expect(records(all)).toMatchObject([
      {
        valueMin: 12,
        origin: { position: [85, 27] },
        destination: { position: [77, 28] },
        period: { granularity: 'quarter' },
      },
    ]);
  });
});
