import { describe, expect, it } from 'vitest';
import {
  home,
  intercept,
  maya,
  read,
  readOne,
  sita,
  suspect,
} from '../../../../test/support/border-intercept-rows.ts';
import { IDENTIFYING_COLUMNS } from './border-intercept-columns.ts';

describe('the border intercept export', () => {
  it('makes one report of the rows that share an intercept, wherever they stand', async () => {
    const other = { ...intercept, ...sita, irf_number: 'EXG13', number_of_victims: '1' };
    const { drafts } = await read([
      { ...intercept, ...maya },
      other,
      { ...intercept, ...sita },
      { ...intercept, ...suspect },
    ]);
    expect(drafts.map((draft) => draft.rows.map((row) => row.rowNumber))).toEqual([[1, 3, 4], [2]]);
  });

  it('composes the journey: home stated, station observed, destination stated', async () => {
    const report = await readOne([
      { ...intercept, ...maya },
      { ...intercept, ...sita },
      { ...intercept, ...suspect },
    ]);
    const told = report.movement?.waypoints.map(({ kind, basis, place }) => [
      kind,
      basis,
      place.text,
      place.level,
      place.position,
    ]);
    expect(told).toEqual([
      ['stated', 'residence', 'Sample District, Nepal', 'admin', [87.3, 26.7]],
      ['observed', 'crossing', 'Example Gate', 'locality', null],
      ['stated', 'destination', 'Exampletown', 'locality', null],
    ]);
    expect(report.movement).toMatchObject({ purpose: 'trafficking', status: 'intercepted', mode: 'unknown' });
    expect(report.observed).toEqual({
      from: '2024-03-01T12:20:00.000Z',
      to: '2024-03-01T12:21:00.000Z',
      granularity: 'instant',
      zone: 'Asia/Kathmandu',
      basis: 'interception',
    });
    expect([report.station, report.monitoringLocation]).toEqual(['Example Gate', 'Main gate;Bus park']);
  });

  it('sets persons, suspects, grades and indicators apart', async () => {
    const report = await readOne([
      { ...intercept, ...maya },
      { ...intercept, ...sita },
      { ...intercept, ...suspect },
    ]);
    expect(report.persons.map(({ status, sex, ageBand }) => `${status} ${sex} ${ageBand}`)).toEqual([
      'possible_victim female 9_17',
      'possible_victim female 21_23',
    ]);
    expect(report.entities).toMatchObject([
      {
        kind: 'individual',
        role: 'suspect',
        label: 'Suspect',
        selectors: [{ kind: 'name' }, { kind: 'phone', value: '+977 000 000 002' }],
      },
    ]);
    expect(report.origin).toEqual({
      kind: 'staff',
      reference: 'Example Gate / Staff A',
      reliability: 'B',
      credibility: 3,
    });
    expect(report.incident).toMatchObject({
      personsMin: 2,
      personsMax: 2,
      verification: 'high_risk',
      redFlagTotal: 31,
      counts: { victims: 2, suspects: 1 },
    });
    expect(report.indicators.map(({ code, value }) => `${code} ${value}`)).toEqual([
      'vulnerability_first_time_traveling_abroad true',
      'evade_caught_in_lie true',
      'how_sure_was_trafficking 4',
    ]);
  });

  it('keeps names, phones and street addresses in the personal fields alone', async () => {
    const report = await readOne([
      { ...intercept, ...maya },
      { ...intercept, ...suspect },
    ]);
    expect(report.persons[0]?.personal).toMatchObject({
      fullName: 'Maya Example',
      phone: '+977 000 000 001',
      address: home,
    });
    const { persons, entities, ...rest } = report;
    const open = JSON.stringify([
      rest,
      persons.map((person) => ({ ...person, personal: {} })),
      entities.map(({ label, role }) => [label, role]),
    ]);
    for (const secret of ['Maya', 'Ram', '+977', 'Temple Road', 'Exampleville', '87.27', '26.66'])
      expect(open).not.toContain(secret);
  });

  it('takes answers of the list as indicators, and seals whatever else was typed', async () => {
    const told = {
      ...intercept,
      industry: 'Domestic_Work;at the house of Ram Example',
      reason_for_intercept: 'Sita Example wept',
    };
    const report = await readOne([
      { ...told, ...maya, case_notes: 'her aunt phoned' },
      { ...told, ...suspect },
    ]);
    expect(report.indicators.filter(({ code }) => !/^(vulnerability|evade)_/.test(code))).toEqual([
      { scheme: 'border-intercept/1', code: 'how_sure_was_trafficking', value: 4 },
      { scheme: 'border-intercept/1', code: 'industry', value: 'domestic work' },
    ]);
    expect(report.caseNotes?.split('\n')).toEqual([
      'her aunt phoned',
      'Sita Example wept',
      'industry: at the house of Ram Example',
    ]);
  });

  it('notes a phone that nothing can match, without it', async () => {
    const { drafts } = await read([
      { ...intercept, ...maya },
      { ...intercept, ...suspect, phone_contact: 'ask Ram' },
    ]);
    expect(drafts).toMatchObject([
      {
        kind: 'draft',
        notes: [
          {
            where: 'line 3, phone_contact',
            found: 'a value of 7 characters',
            wanted: 'a telephone number of 6 to 15 digits',
          },
        ],
      },
    ]);
  });

  it('notes a row of a role it does not know', async () => {
    const { drafts } = await read([
      { ...intercept, ...maya },
      { ...intercept, ...sita, role: 'Host' },
    ]);
    expect(drafts).toMatchObject([
      { kind: 'draft', notes: [{ where: 'line 3, role', wanted: 'a role it knows' }] },
    ]);
  });

  it('drops the profile column and says so', async () => {
    const { table, drafts } = await read([{ ...intercept, ...maya }]);
    expect(table.dropped).toEqual([{ name: 'profile', topic: 'appearance' }]);
    expect(JSON.stringify(drafts)).not.toContain('tall, quiet');
  });

  it.each([
    ['Gulf Country', 'unknown'],
    ["PV doesn't know", 'unknown'],
    ['Delhi;Mumbai', 'unknown'],
    ['India', 'country'],
    ['Exampletown;', 'locality'],
  ])('takes the destination "%s" as %s and keeps its text', async (text, level) => {
    const report = await readOne([{ ...intercept, ...maya, where_going_destination: text }]);
    expect(report.movement?.waypoints.at(-1)?.place).toMatchObject({ text, level, position: null });
  });

  it('does not choose between homes that differ', async () => {
    const elsewhere = "{'address': 'Otherville, Other District, Nepal', 'location': {'x': 83.5, 'y': 27.9}}";
    const report = await readOne([
      { ...intercept, ...maya },
      { ...intercept, ...sita, address: elsewhere },
    ]);
    expect(report.movement?.waypoints[0]?.place).toEqual({
      text: null,
      position: null,
      country: null,
      level: 'unknown',
      uncertaintyKm: null,
    });
  });

  it('makes an interval where stated number and persons read differ', async () => {
    const report = await readOne([{ ...intercept, ...maya, number_of_victims: '3' }]);
    expect([report.incident.personsMin, report.incident.personsMax]).toEqual([1, 3]);
  });

  it('grades a paid contact lower, whatever else is said', async () => {
    const report = await readOne([{ ...intercept, ...maya, which_contact: 'Driver', contact_paid: 'True' }]);
    expect(report.origin).toMatchObject({ kind: 'contact', reliability: 'D' });
  });

  it('reads Bikram Sambat dates', async () => {
    const report = await readOne([
      { ...intercept, ...maya, date_of_interception: '2080-11-18', time_of_interception: '' },
    ]);
    expect(report.observed).toMatchObject({ from: '2024-02-29T18:15:00.000Z', granularity: 'day' });
  });

  it('quarantines the whole intercept for one bad row, or for rows that disagree, without a personal value', async () => {
    const { drafts } = await read([
      { ...intercept, ...maya },
      { ...intercept, ...sita, date_of_interception: '31/02/2024' },
      { ...intercept, ...maya, irf_number: 'EXG14' },
      { ...intercept, ...sita, irf_number: 'EXG14', date_of_interception: '2024-03-02' },
      { ...intercept, ...maya, irf_number: 'EXG15', date_of_interception: '04/05/2024' },
    ]);
    const told = drafts.map((draft) =>
      draft.kind === 'quarantined' ? draft.reasons.map((reason) => `${reason.found}; ${reason.wanted}`) : [],
    );
    expect(told[0]).toContain('"31/02/2024"; a day of the calendar');
    expect(told[1]).toContain('one id and two answers for observed; rows of one report that agree');
    expect(told[2]?.[0]).toContain('order (dmy or mdy)');
    expect(drafts.flatMap((draft) => draft.rows).length).toBe(5);
    expect(JSON.stringify(told)).not.toMatch(/Maya|Sita|\+977/);
  });

  it('reads the de-identified variant', async () => {
    const { drafts } = await read(
      [
        { ...intercept, ...maya },
        { ...intercept, ...suspect },
      ],
      IDENTIFYING_COLUMNS,
    );
    const [draft] = drafts;
    if (draft?.kind !== 'draft' || draft.record.type !== 'report') throw new Error('no report');
    expect(draft.record.movement?.waypoints.map((waypoint) => waypoint.basis)).toEqual([
      'crossing',
      'destination',
    ]);
    expect(draft.record.persons).toMatchObject([{ ageBand: '9_17', personal: {} }]);
    expect(draft.record.entities).toEqual([]);
    expect(draft.record.incident.counts).toEqual({ victims: 2, suspects: 1 });
  });
});
