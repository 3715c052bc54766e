/** Interviews, older case forms, suspect and location cards: what each box of the paper becomes. */
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readRows } from '../../src/intake/formats/csv.ts';
import { type Drafted, readDrafts } from '../../src/intake/formats/drafts.ts';
import type { ImportProfile } from '../../src/intake/formats/profile.ts';
import { templateLines } from '../../src/intake/formats/profile-columns.ts';
import { findProfile } from '../../src/intake/formats/profiles/named.ts';
import type { ReportDraft } from '../../src/intake/reports/report-draft.ts';
import type { Row } from '../support/fictional-answers.ts';

async function read(name: string, rows: readonly Row[]): Promise<readonly Drafted[]> {
  const profile = findProfile(name) as ImportProfile;
  const columns = [...new Set([...profile.columns.required, ...rows.flatMap(Object.keys)])];
  const lines = [columns, ...rows.map((row) => columns.map((column) => `"${row[column] ?? ''}"`))];
  const table = await readRows(
    Readable.from([Buffer.from(lines.map((cells) => cells.join(',')).join('\n'))]),
  );
  const drafts: Drafted[] = [];
  for await (const draft of readDrafts(profile, table.rows, { now: new Date('2026-11-01T00:00:00Z') }))
    drafts.push(draft);
  return drafts;
}

async function reportsOf(name: string, rows: readonly Row[]): Promise<readonly ReportDraft[]> {
  const drafts = await read(name, rows);
  expect(drafts.flatMap((draft) => (draft.kind === 'draft' ? draft.notes : draft.reasons))).toEqual([]);
  return drafts.flatMap((draft) =>
    draft.kind === 'draft' && draft.record.type === 'report' ? [draft.record] : [],
  );
}

const card: Row = {
  card_id: 'C-1',
  card_date: '2024-10-04',
  source_type: 'police',
  role: 'recruiter',
  full_name: 'Ram Example',
};
const leg: Row = { case_number: 'K-1', form_date: '2024-10-03', full_name: 'Maya Example' };

describe('a suspect card', () => {
  it.each([
    ['intercept', 'border_intercept', 'staff', 'B'],
    ['operation', 'investigation', 'staff', 'B'],
    ['victim', 'interview', 'victim', 'C'],
    ['police', 'partner', 'police', 'B'],
    ['partner', 'partner', 'contact', 'C'],
    ['partner or trafficker', 'interview', 'suspect', 'E'],
    ['open source', 'open_source', 'publisher', 'D'],
    ['other', 'investigation', 'other', 'F'],
  ])('from %s is a report of the kind %s by %s, reliability %s', async (source, kind, by, reliability) => {
    const [report] = await reportsOf('suspect-card', [{ ...card, source_type: source, source_name: 'Desk' }]);
    expect(report).toMatchObject({ kind, origin: { kind: by, reliability, reference: `${source} / Desk` } });
  });

  it.each([
    ['definitely trafficked many', 2],
    ['Definitely trafficked some', 3],
    ['suspect', 4],
    ["don't believe", 5],
    ['', 6],
  ])('evaluated "%s" has the credibility %i, and keeps the evaluation', async (told, credibility) => {
    const [report] = await reportsOf('suspect-card', [{ ...card, evaluation_interviewer: told }]);
    expect(report?.origin.credibility).toBe(credibility);
    expect(report?.indicators).toHaveLength(told === '' ? 0 : 1);
  });

  it('is one report for each card, also of one suspect, and seals names, associations and free text', async () => {
    const more: Row = {
      ...card,
      phone_contact: '+000 111 2222',
      vehicle_plate: 'XX 11 YY 2222',
      agency_name: 'Example Overseas',
      associations: 'brother of Shyam Example',
      charges: 'as in the sheet',
      arrested: 'yes',
    };
    const [first, second] = await reportsOf('suspect-card', [
      more,
      { ...more, card_id: 'C-2', source_type: 'victim' },
    ]);
    expect(second?.externalReference).toBe('C-2');
    expect(
      first?.entities.map(({ kind, role, selectors }) => [kind, role, selectors.map((each) => each.kind)]),
    ).toEqual([
      ['individual', 'recruiter', ['name', 'phone', 'plate']],
      ['support_structure', 'agency', ['agency']],
    ]);
    expect(first?.entities[0]?.personal).toEqual({ fullName: 'Ram Example', phone: '+000 111 2222' });
    expect(first?.caseNotes).toBe('brother of Shyam Example\nas in the sheet');
    expect(first?.indicators).toEqual([{ scheme: 'suspect-card/1', code: 'arrested', value: true }]);
    expect(first?.movement).toBeNull();
    expect(first?.persons).toEqual([]);
  });
});

describe('a location card', () => {
  it('says what the place is for, who is in charge, and whether one may leave', async () => {
    const [report] = await reportsOf('location-card', [
      {
        card_id: 'L-1',
        card_date: '2024-10-04',
        source_type: 'victim',
        place_use: 'source of id',
        location_kind: 'house;office',
        location_name: 'Example Lodge',
        location_place: 'Birgunj',
        person_in_charge: 'Ram Example',
        stayed_days: '12',
        free_to_go: 'no',
      },
    ]);
    expect(report?.incident).toMatchObject({
      kind: 'source_of_documents',
      counts: { daysStayed: 12 },
      place: { text: 'Birgunj' },
    });
    expect(report?.entities.map(({ kind, role }) => `${kind} ${role}`)).toEqual([
      'establishment location',
      'individual person_in_charge',
    ]);
    expect(report?.indicators.map(({ code, value }) => `${code} ${value}`)).toEqual([
      'location_kind house',
      'location_kind office',
      'free_to_go no',
    ]);
  });
});

describe('a case form', () => {
  const legs = [
    { ...leg, leg_order: '3', leg_kind: 'airplane', leg_to: 'Delhi', leg_ended_at: 'destination' },
    { ...leg, leg_order: '1', leg_kind: 'bus', leg_to: 'Birgunj' },
    { ...leg, leg_order: '2', leg_kind: 'on a donkey', leg_to: 'Raxaul', leg_ended_at: 'crossing' },
  ];

  it('has its legs in the order they are numbered, each with its means of transport', async () => {
    const [report] = await reportsOf('case-form', legs);
    expect(report?.movement?.mode).toBe('mixed');
    expect(report?.movement?.waypoints.map(({ place, basis, mode }) => [place.text, basis, mode])).toEqual([
      ['Birgunj', 'crossing', 'bus'],
      ['Raxaul', 'crossing', 'unknown'],
      ['Delhi', 'destination', 'air'],
    ]);
    expect(report?.persons).toHaveLength(1);
    const [bus] = await reportsOf(
      'case-form',
      legs.map((each) => ({ ...each, leg_kind: 'bus' })),
    );
    expect(bus?.movement?.mode).toBe('bus');
  });

  it('waits when one leg is told twice and otherwise, and takes a leg told twice alike', async () => {
    const [twice] = await read('case-form', [
      ...legs,
      { ...leg, leg_order: '1', leg_kind: 'train', leg_to: 'Itahari' },
    ]);
    expect(twice).toMatchObject({
      kind: 'quarantined',
      reasons: [{ where: 'lines 3 and 5', found: 'leg 1 twice', wanted: 'one row for each leg' }],
    });
    const [alike] = await reportsOf('case-form', [...legs, legs[1] as Row]);
    expect(alike?.movement?.waypoints).toHaveLength(3);
  });

  it('keeps the vehicle by its plate, and the box of the location, once', async () => {
    const [report] = await reportsOf(
      'case-form',
      legs.map((each) => ({
        ...each,
        vehicle_plate: 'XX 11 YY 2222',
        vehicle_type: 'Jeep',
        location_name: 'Example Lodge',
      })),
    );
    expect(report?.entities.map(({ kind, selectors }) => [kind, selectors])).toEqual([
      ['vehicle', [{ kind: 'plate', value: 'XX 11 YY 2222' }]],
      ['establishment', [{ kind: 'establishment', value: 'Example Lodge' }]],
    ]);
  });
});

describe('an interview', () => {
  it('goes from home by the crossing to the place of exploitation, at the times that were told', async () => {
    const [report] = await reportsOf('victim-interview', [
      {
        interview_id: 'I-1',
        interview_date: '2024-10-02',
        status: 'possible victim',
        left_from: 'Itahari',
        left_home_date: '2024-03-01',
        travelled_by: 'foot',
        crossing_place: 'Raxaul',
        crossing_date: '2024-03-03',
        destination: 'Dubai',
        exploitation: 'begging',
        exploitation_place: 'Patna',
        exploitation_lasted_months: '7',
        recruited_how: 'Friend;agency',
      },
    ]);
    expect(report?.movement).toMatchObject({ mode: 'foot', status: 'completed', exploitation: 'begging' });
    expect(
      report?.movement?.waypoints.map(({ place, basis, time }) => [
        place.text,
        basis,
        time?.from.slice(0, 10) ?? null,
      ]),
    ).toEqual([
      ['Itahari', 'departure', '2024-03-01'],
      ['Raxaul', 'crossing', '2024-03-03'],
      ['Patna', 'exploitation', null],
    ]);
    expect(report?.incident.counts).toEqual({ monthsExploited: 7 });
    expect(report?.indicators.map(({ value }) => value)).toEqual(['friend', 'agency']);
  });

  it.each(['victim-interview', 'case-form', 'suspect-card', 'location-card'])(
    '%s has a template to fill in',
    (name) => {
      const [header, example] = templateLines(findProfile(name) as ImportProfile);
      expect(header?.split(',').length).toBeGreaterThan(20);
      expect(example).toContain('EXA0001');
    },
  );
});
