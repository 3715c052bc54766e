import { createHash } from 'node:crypto';
import { iso1A3Code } from '@rapideditor/country-coder';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { bikramSambat } from './calendar.ts';
import { generateDemo } from './demo.ts';
import { INTERCEPT_HEADER } from './intercept-header.ts';
import { FORBIDDEN_TEXT } from './intercept-rows.ts';
import { DEMO_ORGANISATIONS } from './organisations.ts';
import type { DemoFile } from './truth.ts';

type Cells = Readonly<Record<string, string>>;

const options = { now: '2026-11-01', scale: 1 };
const { files, truth } = generateDemo(1, options);
const tables = files.map((file) => ({ file, rows: parse(file.text, { columns: true }) as readonly Cells[] }));
const of = (profile: DemoFile['profile']) => tables.filter(({ file }) => file.profile === profile);
const interceptRows = of('border-intercept').flatMap(({ file, rows }) =>
  rows.map((cells) => ({ organisation: file.organisation, cells })),
);
const spoiled = new Set(truth.mess.map(({ organisation, reference }) => `${organisation} ${reference}`));

describe('the files', () => {
  it('carry the intercept form’s columns exactly and in order, with case notes last in one organisation only', () => {
    expect(INTERCEPT_HEADER).toHaveLength(111);
    expect(new Set(INTERCEPT_HEADER).size).toBe(111);
    // Of the published column list, joined by commas: a column moved, renamed or lost changes it.
    expect(createHash('sha256').update(INTERCEPT_HEADER.join(',')).digest('hex')).toBe(
      '433f698f27fef0ca187e389f507d41f8b83ca5eeb2184d9d69ea204297bacaf5',
    );
    const headers = of('border-intercept').map(({ file }) => file.text.slice(0, file.text.indexOf('\n')));
    const plain = INTERCEPT_HEADER.join(',');
    expect(headers.sort()).toEqual([plain, plain, plain, `${plain},case_notes`]);
  });

  it('are the same bytes for the same seed, and others for another', () => {
    expect(generateDemo(1, options)).toEqual({ files, truth });
    const others = generateDemo(2, options).files;
    expect(others.map(({ text }) => text)).not.toEqual(files.map(({ text }) => text));
  });

  it('come from at least four organisations, each plainly fictional and sending what it says', () => {
    expect(DEMO_ORGANISATIONS.length).toBeGreaterThanOrEqual(4);
    for (const { slug, name, sends } of DEMO_ORGANISATIONS) {
      expect(name).toMatch(/\(fictional\)$/);
      const sent = files.filter(({ organisation }) => organisation === slug).map(({ profile }) => profile);
      expect(new Set(sent)).toEqual(new Set(sends));
    }
  });

  it.each([1, 2, 3, 4, 5])('hold about 1,600 intercepts in 2,500 to 3,500 rows (seed %i)', (seed) => {
    const demo = generateDemo(seed, options);
    const intercepts = demo.truth.journeys.filter(({ profile }) => profile === 'border-intercept');
    expect(intercepts.length).toBeGreaterThan(1450);
    expect(intercepts.length).toBeLessThan(1800);
    const noise = intercepts.filter(({ corridor }) => corridor === 'noise').length / intercepts.length;
    expect(noise).toBeGreaterThan(0.1);
    expect(noise).toBeLessThan(0.15);
    const rows = demo.files
      .filter(({ profile }) => profile === 'border-intercept')
      .reduce((sum, { text }) => sum + text.split('\n').length - 2, 0);
    expect(rows).toBeGreaterThanOrEqual(2500);
    expect(rows).toBeLessThanOrEqual(3500);
    expect(demo.truth.mess.length).toBeLessThanOrEqual(rows * 0.02);
  });

  it('grow with the scale', () => {
    const double = generateDemo(1, { ...options, scale: 3 }).truth.journeys.length;
    expect(double / truth.journeys.length).toBeGreaterThan(2.7);
    expect(double / truth.journeys.length).toBeLessThan(3.3);
  });

  it('say as many victims and suspects on each row as the intercept has rows, repeated ids apart', () => {
    const groups = Map.groupBy(
      interceptRows,
      ({ organisation, cells }) => `${organisation} ${cells.irf_number}`,
    );
    for (const [key, group] of groups) {
      if (spoiled.has(key)) continue;
      const suspects = group.filter(({ cells }) => cells.role === 'Suspect').length;
      expect(group.length).toBeLessThanOrEqual(4);
      for (const { cells } of group) {
        expect(Number(cells.number_of_traffickers)).toBe(suspects);
        expect(Number(cells.number_of_victims)).toBe(group.length - suspects);
      }
    }
  });

  it('report effort for every month in which somebody was intercepted, and none where nobody stood', () => {
    const effort = new Map(
      of('staffing').flatMap(({ rows }) =>
        rows.map((row) => [`${row.station_name} ${row.location} ${row.month}`, Number(row.staff)] as const),
      ),
    );
    const dates = new Map(
      truth.journeys.map(({ organisation, reference, date }) => [`${organisation} ${reference}`, date]),
    );
    for (const { organisation, cells } of interceptRows) {
      const month = `${dates.get(`${organisation} ${cells.irf_number}`)?.slice(0, 7)}-01`;
      expect(effort.get(`${cells.station_name} ${cells.location} ${month}`)).toBeGreaterThan(0);
    }
    expect([...effort.values()].filter((staff) => staff === 0).length).toBeGreaterThan(3);
  });
});

describe('the invented people', () => {
  it('have only telephones that no numbering plan gives out, and plates and names that say what they are', () => {
    const phones = tables.flatMap(({ rows }) => rows.map((row) => row.phone_contact ?? row.phone ?? ''));
    const written = phones.filter((phone) => phone !== '' && phone !== 'None');
    expect(written.length).toBeGreaterThan(1000);
    for (const phone of written) expect(phone).toMatch(/^\+(977|880|95|855|66|91) 000 \d{6}$/);
    for (const { cells } of interceptRows)
      expect(cells.full_name).toMatch(/^Demo (Person CANARY-NAME-\d{6}|Suspect \d{4})$|\(demo\)$/);
    for (const row of of('demo-investigation').flatMap(({ rows }) => rows)) {
      expect(row.plate).toMatch(/^(DEMO-\d{4}|demo \d{4})?$/);
      expect(row.suspect).toMatch(/^$|^Demo Suspect \d+$|\(demo\)$/);
      expect(row.agency).toMatch(/^$|^Fictional /);
      expect(row.establishment).toMatch(/^Fictional /);
    }
  });

  it('live in the country they are said to come from, where their coordinates are whole', () => {
    let looked = 0;
    for (const { organisation, cells } of interceptRows) {
      if (cells.role === 'Suspect' || spoiled.has(`${organisation} ${cells.irf_number}`)) continue;
      const country = { Nepal: 'NPL', Bangladesh: 'BGD', Myanmar: 'MMR', Cambodia: 'KHM' }[
        cells.nationality ?? ''
      ];
      expect([cells.irf_number, iso1A3Code([Number(cells.longitude), Number(cells.latitude)])]).toEqual([
        cells.irf_number,
        country,
      ]);
      expect(cells.address).toContain(`'location': {'x': ${cells.longitude}, 'y': ${cells.latitude}}`);
      looked += 1;
    }
    expect(looked).toBeGreaterThan(2000);
  });

  it('put forbidden text into forbidden columns only, and canaries into names and notes only', () => {
    const allowed = (text: string) =>
      text.includes(FORBIDDEN_TEXT) ? ['profile', 'religion'] : ['full_name', 'case_notes'];
    for (const { rows } of tables)
      for (const row of rows)
        for (const [column, text] of Object.entries(row))
          if (text.includes(FORBIDDEN_TEXT) || text.includes('CANARY'))
            expect(allowed(text)).toContain(column);
    const found = files.flatMap(({ text }) => text.match(/CANARY-(NAME|NOTE)-\d{6}/g) ?? []);
    expect(new Set(found)).toEqual(new Set(truth.canaries));
  });
});

describe('the truth', () => {
  it('names every report of the files once, with a planted corridor through the planted crossing, or noise', () => {
    const inFiles = new Set([
      ...interceptRows.map(({ organisation, cells }) => `${organisation} ${cells.irf_number}`),
      ...of('demo-investigation').flatMap(({ file, rows }) =>
        rows.map((row) => `${file.organisation} ${row.reference}`),
      ),
    ]);
    const inTruth = truth.journeys.map(({ organisation, reference }) => `${organisation} ${reference}`);
    expect(new Set(inTruth)).toEqual(inFiles);
    expect(inTruth).toHaveLength(inFiles.size);
    const corridors = new Map(truth.corridors.map((corridor) => [corridor.id, corridor]));
    expect(corridors.size).toBeGreaterThanOrEqual(8);
    for (const { corridor, crossing } of truth.journeys)
      if (corridor !== 'noise') expect(corridors.get(corridor)?.station.crossing.id).toBe(crossing);
  });

  it('holds a crossing that closes while its station stays, and the alternative corridors that take its flow', () => {
    const closed = truth.events.find(({ kind }) => kind === 'crossing_closed');
    const count = (ids: readonly string[], after: boolean) =>
      truth.journeys.filter(
        ({ profile, corridor, month }) =>
          profile === 'border-intercept' && ids.includes(corridor) && month >= (closed?.month ?? 0) === after,
      ).length;
    expect(count(closed?.corridors ?? [], false)).toBeGreaterThan(60);
    expect(count(closed?.corridors ?? [], true)).toBe(0);
    expect(count(closed?.alternatives ?? [], true)).toBeGreaterThan(
      3 * count(closed?.alternatives ?? [], false),
    );
    const ends = (id: string) => {
      const corridor = truth.corridors.find((candidate) => candidate.id === id);
      return `${corridor?.origin.district} ${corridor?.destination.id}`;
    };
    expect(closed?.alternatives.map(ends)).toEqual(closed?.corridors.map(ends));
  });

  it('holds a corridor used in the last five months only', () => {
    const opened = truth.events.find(({ kind }) => kind === 'corridor_opened');
    const months = truth.journeys
      .filter(({ corridor }) => opened?.corridors.includes(corridor))
      .map(({ month }) => month);
    expect(months.length).toBeGreaterThan(10);
    expect(Math.min(...months)).toBeGreaterThanOrEqual(19);
  });

  it('has every facilitator in at least three reports of two owners, and finds each where it says', () => {
    const cells = new Map<string, string[]>();
    const write = (organisation: string, reference: string | undefined, row: Cells) =>
      cells.set(`${organisation} ${reference}`, [
        ...(cells.get(`${organisation} ${reference}`) ?? []),
        ...Object.values(row),
      ]);
    for (const { organisation, cells: row } of interceptRows) write(organisation, row.irf_number, row);
    for (const { file, rows } of of('demo-investigation'))
      for (const row of rows) write(file.organisation, row.reference, row);
    for (const { id, spellings } of truth.facilitators) {
      const mine = truth.appearances.filter(({ facilitator }) => facilitator === id);
      expect(new Set(mine.map(({ reference }) => reference)).size).toBeGreaterThanOrEqual(3);
      expect(new Set(mine.map(({ organisation }) => organisation)).size).toBeGreaterThanOrEqual(2);
      for (const { organisation, reference } of mine)
        expect(cells.get(`${organisation} ${reference}`)?.some((cell) => spellings.includes(cell))).toBe(
          true,
        );
    }
  });

  it('points with each mess at the line and cell where it stands', () => {
    expect(new Set(truth.mess.map(({ kind }) => kind)).size).toBe(8);
    for (const { file, line, column, written, reference } of truth.mess) {
      const row = tables.find((table) => table.file.name === file)?.rows[line - 2];
      expect(row?.[column]).toBe(written);
      expect(row?.irf_number).toBe(reference);
    }
  });

  it('writes Bikram Sambat new year on the Gregorian days it fell on', () => {
    expect(bikramSambat('2025-04-14')).toBe('2082-01-01');
    expect(bikramSambat('2025-04-13')).toBe('2081-12-31');
    expect(bikramSambat('2026-04-14')).toBe('2083-01-01');
  });
});
