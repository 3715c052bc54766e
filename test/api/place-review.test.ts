/** Places that an organisation's own words teach: what waits, what is decided, what is learnt, and what nobody else may notice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addGrant } from '../../src/access/grant.store.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { fromIndex, inradiusKm, resolutionOf } from '../../src/geo/cells.ts';
import { randomIds } from '../../src/kernel/ids.ts';
import { importText, organisationFor, recordLines } from '../support/intake.ts';
import { NAMED_FLOWS } from '../support/small-profiles.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';
import {
  decide,
  journeys,
  placeNamed,
  stop,
  takeBack,
  tell,
  type Waiting,
  waiting,
} from '../support/told-places.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await openTestHub('base');
});
afterAll(() => hub.close());

const analyst = (slug: string): Promise<Viewer> => viewerFor(hub, slug, 'analyst');

async function rows<Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  return hub.database.unrestricted('look at the rows of a test', (connection) =>
    connection.query<Row>(text, values),
  );
}

/** The only one that waits. */
async function only(viewer: Viewer, filter: object = {}): Promise<Waiting> {
  const [first, ...others] = await waiting(hub, viewer, filter);
  expect(others).toEqual([]);
  return first as Waiting;
}

async function aliases(viewer: Viewer): Promise<readonly Record<string, unknown>[]> {
  const { placeAliases } = await answer<{ placeAliases: { nodes: readonly Record<string, unknown>[] } }>(
    hub,
    viewer,
    '{ placeAliases { nodes { id name saidCountry notAPlace level position { longitude } place { name } } } }',
  );
  return placeAliases.nodes;
}

describe('what waits', () => {
  it('is listed the most used first, with words only where they are stored, and candidates by weight', async () => {
    await tell(hub, 'queue', [
      { id: 'A1', from: 'Blorptangwicz', said: 'Nepal', home: 'Bhojpur' },
      { id: 'A2', from: 'Blorptangwicz', said: 'Nepal' },
      { id: 'A3', from: 'Hyderabad' },
      { id: 'A4', from: 'Kathmandu', said: 'Nepal' },
    ]);
    const viewer = await analyst('queue');
    const all = await waiting(hub, viewer);
    expect(all.map(({ uses }) => uses)).toEqual([2, 1, 1]);
    const hyderabad = all.find(({ written }) => written === 'Hyderabad') as Waiting;
    expect(hyderabad).toMatchObject({ resolution: 'CANDIDATES', home: false, saidCountry: null });
    expect(hyderabad.candidates[0]).toMatchObject({ area: 'Telangana', place: { country: 'IND' } });
    expect(hyderabad.candidates.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    expect(hyderabad.reasons.length).toBeGreaterThan(0);
    expect(hyderabad.reportIds).toHaveLength(1);
    const home = all.find((each) => each.home) as Waiting;
    expect(home).toMatchObject({ written: null, candidates: [] });
    expect(JSON.stringify(all)).not.toMatch(/Blorptangwicz|Bhojpur|Kathmandu/);
    expect(await waiting(hub, viewer, { country: 'IND' })).toEqual([]);
    expect(await waiting(hub, viewer, { resolution: 'CANDIDATES', minimumUses: 2 })).toEqual([]);
  });

  it('is for roles that work on records, and for nobody of another organisation', async () => {
    expect(await waiting(hub, await analyst('nobody-else'))).toEqual([]);
    for (const role of ['dashboard', 'partner'] as const) {
      const { errors } = await ask(
        hub,
        await viewerFor(hub, 'queue', role),
        '{ placeReview { totalCount } }',
      );
      expect(errors?.[0]?.message).toContain(`a key of the role ${role} does not work on records`);
    }
    const operator = await viewerFor(hub, null, 'operator');
    for (const mutation of [
      'resolvePlace(referenceId: "x", expectedState: 1, notAPlace: true) { __typename }',
      'undoPlaceResolution(referenceId: "x", expectedState: 1) { __typename }',
      'forgetPlaceAlias(id: "x")',
    ]) {
      const { errors } = await ask(hub, operator, `mutation { ${mutation} }`);
      expect(errors?.[0]?.message).toContain('a key of the role operator does not work on records');
    }
    expect((await ask(hub, operator, '{ placeAliases { totalCount } }')).errors).toHaveLength(1);
    const [theirs] = await waiting(hub, await analyst('queue'));
    const stranger = await decide(hub, await analyst('nobody-else'), theirs as Waiting, { notAPlace: true });
    const absent = await decide(
      hub,
      await analyst('nobody-else'),
      { id: '00000000-0000-4000-8000-000000000000', state: 1 },
      { notAPlace: true },
    );
    expect(stranger).toEqual(absent);
    expect(stranger.reasons?.[0]).toMatchObject({ where: 'referenceId', found: 'no such reference' });
  });
});

describe('a decision', () => {
  it('moves every living record that names the reference, composes their journeys anew, and leaves a trace of ids', async () => {
    await tell(hub, 'deciders', [
      { id: 'B1', from: 'Hyderabad', to: 'Kathmandu, Nepal' },
      { id: 'B2', from: 'Hyderabad', to: 'Kathmandu, Nepal' },
    ]);
    const viewer = await analyst('deciders');
    const before = await recordLines(hub, 'deciders');
    const reference = await only(viewer);
    expect(stop((await journeys(hub, viewer)).get('B1'), 'departure').position).toBeNull();
    await rows('delete from outbox returning 1 as n');
    const place = await placeNamed(hub, viewer, 'Birgunj');
    const decided = await decide(hub, viewer, reference, { placeId: place, learn: false });
    expect(decided).toMatchObject({
      state: 2,
      namesakes: 0,
      aliasId: null,
      moved: { waypoints: 2, movements: 2 },
    });
    for (const id of ['B1', 'B2']) {
      const journey = (await journeys(hub, viewer)).get(id);
      expect(stop(journey, 'departure')).toMatchObject({
        country: 'NPL',
        level: 'LOCALITY',
        place: { name: 'Birgañj' },
      });
      expect(journey?.originCountry).toBe('NPL');
    }
    expect(await waiting(hub, viewer)).toEqual([]);
    const told = await rows<{ topic: string; n: number }>(
      'select topic, count(*)::int as n from outbox group by topic order by topic',
    );
    expect(told).toEqual([
      { topic: 'place_reference.decided', n: 1 },
      { topic: 'report.placed', n: 2 },
    ]);
    const [event] = await rows<{ object_ids: readonly string[]; key_id: string; detail: unknown }>(
      "select object_ids, key_id, detail from audit_event where action = 'resolve_place' order by sequence desc limit 1",
    );
    expect(event).toMatchObject({ key_id: viewer.keyId, detail: {} });
    expect(event?.object_ids).toContain(reference.id);

    const undone = await takeBack(hub, viewer, reference.id, 2);
    expect(undone).toMatchObject({ state: 3, moved: { waypoints: 2, movements: 2 } });
    expect(await recordLines(hub, 'deciders')).toEqual(before);
    expect(await only(viewer)).toMatchObject({
      id: reference.id,
      state: 3,
      candidates: reference.candidates,
    });
    expect((await takeBack(hub, viewer, reference.id, 3)).reasons?.[0]?.found).toBe('nothing decided');
  });

  it('is refused with reasons, and changes nothing, when it was made on another state or is none', async () => {
    await tell(hub, 'refused', [{ id: 'C1', from: 'Hyderabad' }]);
    const viewer = await analyst('refused');
    const reference = await only(viewer);
    const where = async (meant: object, state = reference.state) =>
      (await decide(hub, viewer, { id: reference.id, state }, meant)).reasons?.map((reason) => reason.where);
    expect(await where({ notAPlace: true }, 7)).toEqual(['expectedState']);
    expect(await where({})).toEqual(['placeId, position, notAPlace']);
    expect(await where({ notAPlace: true, placeId: reference.id })).toEqual(['placeId, position, notAPlace']);
    expect(await where({ placeId: reference.id })).toEqual(['placeId']);
    const position = { longitude: 85, latitude: 27 };
    expect(await where({ position, level: 'COUNTRY' })).toEqual(['level']);
    expect(await where({ position })).toEqual(['level']);
    expect(await where({ level: 'EXACT', notAPlace: true })).toEqual(['level']);
    expect(await where({ position: { longitude: 200, latitude: 0 }, level: 'EXACT' })).toEqual(['position']);
    expect(await only(viewer)).toEqual(reference);
  });

  it('of two people at once is one', async () => {
    await tell(hub, 'at-once', [{ id: 'D1', from: 'Hyderabad' }]);
    const viewer = await analyst('at-once');
    const reference = await only(viewer);
    const both = await Promise.all([1, 2].map(() => decide(hub, viewer, reference, { notAPlace: true })));
    expect(both.map(({ reasons }) => reasons?.[0]?.where ?? 'decided').sort()).toEqual([
      'decided',
      'expectedState',
    ]);
  });

  it('composes the borders of the journey that it places', async () => {
    await tell(hub, 'borders', [{ id: 'E1', from: 'Blorptangwicz', to: 'Lucknow, India' }]);
    const viewer = await analyst('borders');
    expect((await journeys(hub, viewer)).get('E1')?.crossings).toEqual([]);
    const before = await recordLines(hub, 'borders');
    const reference = await only(viewer);
    const decided = await decide(hub, viewer, reference, {
      placeId: await placeNamed(hub, viewer, 'Kathmandu'),
    });
    expect(decided.moved).toMatchObject({ crossings: 1 });
    const journey = (await journeys(hub, viewer)).get('E1');
    expect(journey?.crossings).toEqual([{ kind: 'INFERRED', fromCountry: 'NPL', toCountry: 'IND' }]);
    expect(journey?.countries.map(({ country }) => country)).toEqual(['NPL', 'IND']);
    await takeBack(hub, viewer, reference.id, 2);
    expect(await recordLines(hub, 'borders')).toEqual(before);
  });

  it('leaves past versions and records that stand at their station as they were', async () => {
    await tell(hub, 'versions', [{ id: 'F1', from: 'Hyderabad' }]);
    await tell(hub, 'versions', [{ id: 'F1', day: '02/03/2024', from: 'Hyderabad' }]);
    const viewer = await analyst('versions');
    const past = async () => (await recordLines(hub, 'versions')).filter((line) => !line.includes(' now '));
    const waypoints = () =>
      rows<{ living: boolean; placed: boolean }>(
        `select m.known_to is null as living, w.longitude is not null as placed from waypoint w join movement m on m.id = w.movement_id
         join organisation o on o.id = w.owner_id where o.slug = 'versions' and w.basis = 'departure' order by 1`,
      );
    const before = await past();
    await decide(hub, viewer, await only(viewer), { placeId: await placeNamed(hub, viewer, 'Pokhara') });
    expect(await past()).toEqual(before);
    expect(await waypoints()).toEqual([
      { living: false, placed: false },
      { living: true, placed: true },
    ]);
  });

  it('names stations of that name whose position nobody has said, and undoes that too', async () => {
    await tell(hub, 'stations', [
      { id: 'G1', station: 'Blorptangwicz', at: 'Blorptangwicz', from: 'Pokhara' },
    ]);
    const viewer = await analyst('stations');
    const station = () =>
      rows(
        `select p.name, s.longitude from station s left join place p on p.id = s.place_id join organisation o on o.id = s.owner_id where o.slug = 'stations'`,
      );
    const reference = await only(viewer);
    expect(reference.uses).toBe(1);
    const decided = await decide(hub, viewer, reference, {
      placeId: await placeNamed(hub, viewer, 'Pokhara'),
    });
    expect(decided.moved).toMatchObject({ incidents: 1, stations: 1 });
    expect(await station()).toEqual([{ name: 'Pokhara', longitude: null }]);
    await takeBack(hub, viewer, reference.id, 2);
    expect(await station()).toEqual([{ name: 'Nepal', longitude: null }]);
  });

  it('moves the ends of published flows', async () => {
    await importText(hub, 'flows', NAMED_FLOWS, 'id,day,people,to\n1,01/02/2024,5,Hyderabad\n');
    const viewer = await analyst('flows');
    const reference = await only(viewer);
    await decide(hub, viewer, reference, {
      placeId: await placeNamed(hub, viewer, 'Hyderabad', 'LOCALITY', 'PAK'),
    });
    const read = () =>
      answer(
        hub,
        viewer,
        '{ flowObservations { nodes { destination { country position { longitude } } } } }',
      );
    expect(JSON.stringify(await read())).toMatch(/"country":"PAK","position":\{"longitude":68/);
    await takeBack(hub, viewer, reference.id, 2);
    expect(JSON.stringify(await read())).toContain('"position":null');
  });
});

describe('what is learnt', () => {
  it('holds for the same name in other spellings and other files, and for nobody else', async () => {
    await tell(hub, 'learner', [{ id: 'H1', from: 'Hyderabad' }]);
    await tell(hub, 'bystander', [{ id: 'H1', from: 'Hyderabad' }]);
    const [learner, bystander] = [await analyst('learner'), await analyst('bystander')];
    const theirs = await journeys(hub, bystander);
    const reference = await only(learner);
    const position = { longitude: 82.79, latitude: 27.51 };
    const decided = await decide(hub, learner, reference, { position, level: 'LOCALITY' });
    expect(decided.aliasId).not.toBeNull();
    expect(await aliases(learner)).toMatchObject([
      { name: 'hyderabad', saidCountry: null, level: 'LOCALITY' },
    ]);
    expect(await aliases(bystander)).toEqual([]);

    for (const slug of ['learner', 'bystander'])
      await tell(hub, slug, [
        { id: 'H2', from: 'HYDERÁBAD' },
        { id: 'H3', from: 'Hyderabad municipality' },
        { id: 'H4', from: 'Hyderabad', said: 'Nepal' },
        { id: 'H5', from: 'Hyderabad', said: 'India' },
      ]);
    const mine = await journeys(hub, learner);
    for (const id of ['H1', 'H2', 'H3', 'H4'])
      expect(stop(mine.get(id), 'departure'), id).toMatchObject({
        country: 'NPL',
        level: 'LOCALITY',
        position,
      });
    // The country that is said stands against the alias.
    expect(stop(mine.get('H5'), 'departure').country).toBe('IND');
    const others = await journeys(hub, bystander);
    expect(stop(others.get('H1'), 'departure')).toEqual(stop(theirs.get('H1'), 'departure'));
    expect(stop(others.get('H2'), 'departure').position).not.toEqual(position);
  });

  it('is kept without words where the words are not open, and found again all the same', async () => {
    await tell(hub, 'closed', [{ id: 'I1', from: 'Aunt Blorp house', said: 'Nepal' }]);
    const viewer = await analyst('closed');
    const reference = await only(viewer);
    expect(reference.written).toBeNull();
    await decide(hub, viewer, reference, { placeId: await placeNamed(hub, viewer, 'Pokhara') });
    expect(await aliases(viewer)).toMatchObject([
      { name: null, saidCountry: 'NPL', place: { name: 'Pokhara' } },
    ]);
    await tell(hub, 'closed', [{ id: 'I2', day: '05/03/2024', from: 'aunt  BLORP house', said: 'Nepal' }]);
    expect(stop((await journeys(hub, viewer)).get('I2'), 'departure').place).toEqual({ name: 'Pokhara' });
    const stored = await rows('select * from learned_place_alias');
    expect(JSON.stringify(stored)).not.toMatch(/blorp/i);
  });

  it('is undone with everything that came of it, later imports too', async () => {
    await tell(hub, 'undoer', [{ id: 'J1', from: 'Hyderabad' }]);
    const viewer = await analyst('undoer');
    const reference = await only(viewer);
    await decide(hub, viewer, reference, { placeId: await placeNamed(hub, viewer, 'Pokhara') });
    await tell(hub, 'undoer', [
      { id: 'J2', from: 'Hyderabad' },
      { id: 'J3', from: 'HYDERABAD' },
    ]);
    expect(await waiting(hub, viewer)).toEqual([]);
    const undone = await takeBack(hub, viewer, reference.id, 2);
    expect(undone).toMatchObject({ namesakes: 1, moved: { waypoints: 3 } });
    expect(await aliases(viewer)).toEqual([]);
    for (const id of ['J1', 'J2', 'J3'])
      expect(stop((await journeys(hub, viewer)).get(id), 'departure').position).toBeNull();
    await tell(hub, 'undoer', [{ id: 'J4', from: 'Hyderabad city' }]);
    expect(stop((await journeys(hub, viewer)).get('J4'), 'departure').position).toBeNull();
  });

  it('is forgotten on demand: what was decided stays, what comes is left to the gazetteer', async () => {
    await tell(hub, 'forgetter', [{ id: 'K1', from: 'Hyderabad' }]);
    const viewer = await analyst('forgetter');
    const { aliasId } = await decide(hub, viewer, await only(viewer), { notAPlace: true });
    await tell(hub, 'forgetter', [{ id: 'K2', from: 'HYDERABAD' }]);
    expect(await waiting(hub, viewer)).toEqual([]);
    const forget = 'mutation ($id: String!) { forgetPlaceAlias(id: $id) }';
    const stranger = await ask(hub, await analyst('bystander'), forget, { id: aliasId });
    expect(stranger.errors?.[0]?.message).toBe('found no alias with that id');
    await answer(hub, viewer, forget, { id: aliasId });
    expect(await aliases(viewer)).toEqual([]);
    await tell(hub, 'forgetter', [{ id: 'K3', from: 'hyderabad' }]);
    expect(await only(viewer)).toMatchObject({ written: 'hyderabad', resolution: 'CANDIDATES', uses: 1 });
  });

  it('is nothing where it would contradict what the source says, or would stand for one home', async () => {
    await tell(hub, 'careful', [{ id: 'L1', from: 'Blorptangwicz', said: 'India' }]);
    const viewer = await analyst('careful');
    const decided = await decide(hub, viewer, await only(viewer), {
      placeId: await placeNamed(hub, viewer, 'Pokhara'),
    });
    expect(decided).toMatchObject({
      aliasId: null,
      notes: ['nothing is learnt: the source says IND, and the place lies in NPL'],
    });
    await tell(hub, 'careful', [{ id: 'L2', home: 'Bhojpur', from: 'Pokhara' }]);
    const home = await decide(hub, viewer, await only(viewer), {
      placeId: await placeNamed(hub, viewer, 'Pokhara'),
    });
    expect(home.notes).toEqual([
      "nothing is learnt: the words of a home stand for that home and nobody else's",
    ]);
    expect(await aliases(viewer)).toEqual([]);
  });
});

/** Uncertainties are rounded to it. */
const A_METRE_KM = 0.001;

describe('a footprint', () => {
  const coarseEnough = (cell: string | null, km: number): boolean =>
    cell === null || inradiusKm(resolutionOf(fromIndex(cell))) + A_METRE_KM >= km;

  it('is never finer than what was decided: country, area, position in an area, home', async () => {
    const slug = 'coarse';
    await tell(hub, slug, [
      { id: 'M1', station: 'Blorpa', at: 'Blorpa', from: 'Blorpb', to: 'Blorpc', home: 'Blorpd, Blorpe' },
    ]);
    const viewer = await analyst(slug);
    const meant: readonly object[] = [
      { placeId: await placeNamed(hub, viewer, 'Nepal', 'COUNTRY') },
      {
        placeId: await placeNamed(hub, viewer, 'Lumbini', 'ADMIN_AREA').catch(() =>
          placeNamed(hub, viewer, 'Bagmati', 'ADMIN_AREA'),
        ),
      },
      { position: { longitude: 85.32, latitude: 27.71 }, level: 'ADMIN' },
      { position: { longitude: 85.3205, latitude: 27.7105 }, level: 'EXACT' },
    ];
    for (const decision of meant) {
      const open = await waiting(hub, viewer);
      expect(open).toHaveLength(4);
      for (const reference of open)
        expect(
          (await decide(hub, viewer, reference, decision)).reasons,
          JSON.stringify(decision),
        ).toBeUndefined();
      // Of the same words again, and of a station that they name: through the aliases.
      const again = await tell(hub, slug, [
        {
          id: 'M2',
          day: '09/03/2024',
          station: 'BLORPA',
          at: 'BLORPA',
          from: 'BLORPB',
          to: 'BLORPC',
          home: 'BLORPD, Blorpe',
        },
      ]);
      for (const journey of (await journeys(hub, viewer)).values()) {
        for (const { basis, level, cell, uncertaintyKm, position } of journey.waypoints) {
          expect(coarseEnough(cell, uncertaintyKm ?? 1_000), `${basis} ${cell}`).toBe(true);
          if (level === 'COUNTRY') expect([cell, position]).toEqual([null, null]);
          if (level === 'ADMIN') expect(uncertaintyKm).toBeGreaterThan(10);
          if (basis === 'RESIDENCE') {
            expect(coarseEnough(cell, 7)).toBe(true);
            expect(position?.longitude).not.toBe(85.3205);
          }
        }
      }
      const exactHomes = await rows(
        `select p.id from place_resolution p join place_reference r on r.id = p.place_reference_id where r.home and p.longitude = 85.3205`,
      );
      expect(exactHomes).toEqual([]);
      const { undoImport } = await import('../../src/intake/imports/import.service.ts');
      await undoImport(hub.imports, viewer.organisationId as string, null, again);
      for (const { id, state } of open) await takeBack(hub, viewer, id, state + 1);
    }
  });

  it('of a station whose name is an area is the area, not its middle', async () => {
    await tell(hub, 'area-station', [
      { id: 'N1', station: 'Banke District', at: 'Banke District', from: 'Pokhara' },
    ]);
    const viewer = await analyst('area-station');
    const incident = (await journeys(hub, viewer)).get('N1')?.incident;
    expect(incident?.place).toEqual({ name: 'Banke' });
    expect(coarseEnough(incident?.cell ?? null, 20)).toBe(true);
  });
});

describe('what was known before a decision', () => {
  const on = (day: string): TestHub => {
    const now = new Date(`${day}T12:00:00Z`);
    return { ...hub, imports: { ...hub.imports, now: () => now } };
  };
  const SPOT = 'country cell position { longitude latitude } place { name }';
  const read = (viewer: Viewer, at: string | null): Promise<Record<string, { nodes?: readonly unknown[] }>> =>
    answer(
      hub,
      viewer,
      `query ($at: DateTimeISO) { movements(filter: { asKnownAt: $at }) { nodes { id version originCountry countries { country role } waypoints { level uncertaintyKm ${SPOT} }
         crossings { id kind fromCountry toCountry cell position { longitude latitude } } incident { ${SPOT} } } }
       incidents(filter: { asKnownAt: $at }) { nodes { id ${SPOT} } }
       crossings(filter: { asKnownAt: $at, kinds: [INFERRED, OBSERVED] }) { totalCount nodes { id movement { originCountry } } }
       there: movements(filter: { asKnownAt: $at, areaOf: ORIGIN, area: { within: { longitude: 85.32, latitude: 27.71, km: 40 } } }) { totalCount }
       flows(groupBy: [ORIGIN_CELL, ORIGIN_COUNTRY], filter: { asKnownAt: $at }) { cell originCountry movements howKnown { imprecise } }
       dataQuality(groupBy: [], filter: { asKnownAt: $at }) { imprecise { count } unresolved { count } }
       flowObservations(filter: { asKnownAt: $at }) { nodes { id destination { country position { longitude } } } } }`,
      { at },
    );

  it('is answered for any moment, through decisions, undos, corrections and imports taken back', async () => {
    const slug = 'historian';
    const told = { id: 'R1', at: 'Blorptangwicz', from: 'Blorptangwicz', to: 'Lucknow, India' };
    const then: [string, unknown][] = [];
    const step = async (day: string, act: (hub: TestHub) => Promise<unknown>): Promise<void> => {
      await act(on(day));
      then.push([day, await read(viewer, null)]);
    };
    const past = async (): Promise<void> => {
      for (const [day, wanted] of then)
        expect([day, await read(viewer, `${day}T13:00:00Z`)]).toEqual([day, wanted]);
    };
    await tell(on('2025-01-10'), slug, [told]);
    await importText(on('2025-01-11'), slug, NAMED_FLOWS, 'id,day,people,to\n1,01/02/2024,5,Blorptangwicz\n');
    const viewer = await analyst(slug);
    await step('2025-01-12', async () => undefined);
    const open = await waiting(hub, viewer);
    const placed = open.filter(({ uses }) => uses === 2);
    expect(placed).toHaveLength(1);
    const [reference] = placed as [Waiting];
    const [atHome] = open.filter(({ saidCountry }) => saidCountry === 'NPL') as [Waiting];
    const kathmandu = { placeId: await placeNamed(hub, viewer, 'Kathmandu'), learn: false };
    const raxaul = { placeId: await placeNamed(hub, viewer, 'Raxaul', 'LOCALITY', 'IND'), learn: false };
    await step('2025-02-10', (now) => decide(now, viewer, reference, kathmandu));
    await step('2025-02-20', (now) => decide(now, viewer, atHome, kathmandu));
    await step('2025-03-10', (now) => takeBack(now, viewer, reference.id, 2));
    await step('2025-04-10', (now) => decide(now, viewer, { ...reference, state: 3 }, raxaul));
    await past();
    expect(new Set(then.map(([, each]) => JSON.stringify(each))).size).toBeGreaterThan(4);
    let batch = '';
    const standing = then.at(-1)?.[1];
    const before = await recordLines(hub, slug);
    const readings = await kept(slug);
    expect(readings.length).toBeGreaterThan(10);
    await step('2025-05-10', async (now) => {
      batch = await tell(now, slug, [{ ...told, day: '02/03/2024', to: 'Blorptangwicz' }]);
    });
    await step('2025-06-10', (now) => decide(now, viewer, { ...reference, state: 4 }, kathmandu));
    await past();
    const { undoImport } = await import('../../src/intake/imports/import.service.ts');
    await undoImport(on('2025-07-10').imports, viewer.organisationId as string, null, batch);
    then.splice(-2);
    await past();
    // The version that stands again is read as it was when it ended; the flow goes on with the decision made since.
    const { flowObservations: _flow, dataQuality: _quality, ...records } = await read(viewer, null);
    const { flowObservations: _was, dataQuality: _then, ...wanted } = standing as typeof records;
    expect(records).toEqual(wanted);
    await takeBack(on('2025-08-10'), viewer, reference.id, 5);
    expect(await recordLines(hub, slug)).toEqual(before);
    expect(
      (await kept(slug)).filter((line) => !line.startsWith('flow_') && !line.startsWith('place_')),
    ).toEqual(readings.filter((line) => !line.startsWith('flow_') && !line.startsWith('place_')));
  });

  it('is told of acts within one instant as a whole', async () => {
    const slug = 'instant';
    await tell(on('2025-01-10'), slug, [
      { id: 'S1', at: 'Quazzelby', from: 'Quazzelby', to: 'Lucknow, India' },
    ]);
    const viewer = await analyst(slug);
    const before = await read(viewer, null);
    const reference = (await waiting(hub, viewer)).find(({ saidCountry }) => saidCountry === null) as Waiting;
    const placeId = await placeNamed(hub, viewer, 'Kathmandu');
    const then = on('2025-02-10');
    await decide(then, viewer, reference, { placeId });
    await takeBack(then, viewer, reference.id, 2);
    await decide(then, viewer, { ...reference, state: 3 }, { placeId });
    const decided = await read(viewer, null);
    expect(await read(viewer, '2025-02-10T11:59:59.999Z')).toEqual(before);
    expect(await read(viewer, '2025-02-10T12:00:00.001Z')).toEqual(decided);
  });

  it('is as coarse for who sees coarsely, by the quarter, and nothing of it is for others', async () => {
    const slug = 'coarsely';
    await tell(on('2025-01-10'), slug, [
      { id: 'T1', at: 'Vrinterhoekz', from: 'Vrinterhoekz', home: 'Vrint, Oekz', to: 'Lucknow, India' },
    ]);
    const [owner, grantee] = [await organisationFor(hub, slug), await organisationFor(hub, 'onlooker')];
    await hub.database.unrestricted('grant for a test', async (connection) => {
      for (const recordClass of ['report', 'incident', 'movement'] as const)
        await addGrant(connection, randomIds, {
          ownerId: owner.id,
          granteeId: grantee.id,
          recordClass,
          handlingCeiling: 'amber_strict',
          projection: 'coarse',
          validFrom: new Date('2020-01-01'),
          validTo: null,
        });
    });
    const viewer = await analyst(slug);
    const onlooker = await analyst('onlooker');
    const whole = await read(viewer, null);
    const rough = await read(onlooker, null);
    expect(rough.movements?.nodes).toHaveLength(1);
    const placeId = await placeNamed(hub, viewer, 'Kathmandu');
    for (const reference of await waiting(hub, viewer))
      await decide(on('2025-05-10'), viewer, reference, { placeId });
    const roughly = await read(onlooker, null);
    const placed = await read(viewer, null);
    expect(JSON.stringify(placed)).toContain('"longitude":85');
    expect(JSON.stringify(roughly)).not.toContain('"longitude"');
    for (const reference of await rows<{ id: string; state: number }>(
      'select r.id, r.state from place_reference r join organisation o on o.id = r.owner_id where o.slug = $1 and r.decided is not null',
      [slug],
    ))
      await takeBack(on('2025-08-10'), viewer, reference.id, reference.state);
    expect(await read(viewer, '2025-05-11T00:00:00Z')).toEqual(placed);
    expect(await read(viewer, '2025-05-09T00:00:00Z')).toEqual(whole);
    // The quarter's beginning stands for all of it.
    expect(await read(onlooker, '2025-06-30T00:00:00Z')).toEqual(rough);
    expect(await read(onlooker, '2025-07-01T00:00:00Z')).toEqual(roughly);
    expect(roughly).not.toEqual(rough);
    for (const cell of JSON.stringify(roughly).match(/(?<="cell":")[0-9a-f]+/g) ?? [])
      expect(resolutionOf(fromIndex(cell))).toBeLessThanOrEqual(4);
    const stranger = await read(await analyst('nobody-else'), '2025-07-01T00:00:00Z');
    expect(stranger.movements?.nodes).toEqual([]);
    const homes = await rows<{ n: number }>(
      `select count(*)::int as n from waypoint_reading p join waypoint w on w.id = p.waypoint_id where w.basis = 'residence' and p.cell_resolution > 5`,
    );
    expect(homes).toEqual([{ n: 0 }]);
  });

  /** What is kept of how records were read, without ids. */
  async function kept(slug: string): Promise<readonly string[]> {
    const lines: string[] = [];
    for (const table of [
      'incident',
      'waypoint',
      'movement',
      'crossing',
      'flow_observation',
      'place_reference',
    ]) {
      const found = await rows<{ line: string }>(
        `select (to_jsonb(t) - 'id')::text as line from ${table}_reading t join organisation o on o.id = t.owner_id where o.slug = $1`,
        [slug],
      );
      lines.push(...found.map(({ line }) => `${table}_reading ${line}`));
    }
    return lines.sort();
  }
});
