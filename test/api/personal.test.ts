/** The vault's one door: permission, purpose, case; a trace of every look; and names that come out nowhere else. */
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANARY_NAME, CANARY_NOTE } from '../../seeds/intercept-rows.ts';
import type { Viewer } from '../../src/access/viewer.ts';
import { verifyLog } from '../../src/audit/verify-log.store.ts';
import { openKeyStore } from '../../src/vault/key-store.ts';
import { seal } from '../../src/vault/sealing.ts';
import { answer, ask, openTestHub, type TestHub, viewerFor } from '../support/test-hub.ts';

const READ = `query Read($about: String!) {
  personal(about: $about, purpose: INVESTIGATION, caseReference: "CASE-7") { aboutKind aboutId field value } }`;
const NOWHERE = '00000000-0000-4000-8000-000000000000';

let hub: TestHub;
let investigator: Viewer;
let report = '';

interface Trace {
  readonly action: string;
  readonly purpose: string;
  readonly object_ids: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Traces of looks at persons, oldest first. */
async function traces(): Promise<readonly Trace[]> {
  return hub.database.unrestricted('read the audit log in a test', (connection) =>
    connection.query<Trace>(
      `select action, purpose, object_ids, detail from audit_event where action = 'read_personal' order by sequence`,
    ),
  );
}

beforeAll(async () => {
  hub = await openTestHub('demo');
  investigator = await viewerFor(hub, 'terai-watch', 'investigator', true);
  const rows = await hub.database.unrestricted('find a report with notes in a test', (connection) =>
    connection.query<{ about_id: string }>(
      `select v.about_id from vault_item v join subject s on s.report_id = v.about_id
       where v.owner_id = $1 and v.field = 'case_notes' order by v.id limit 1`,
      [investigator.organisationId],
    ),
  );
  report = rows[0]?.about_id ?? '';
});
afterAll(() => hub.close());

describe('reading personal fields', () => {
  it('opens names and notes of a report and leaves a trace with ids, purpose and a digest of the case', async () => {
    const { personal } = await answer<{ personal: { aboutKind: string; aboutId: string; value: string }[] }>(
      hub,
      investigator,
      READ,
      { about: report },
    );
    expect(personal.find(({ aboutKind }) => aboutKind === 'report')?.value).toContain(CANARY_NOTE);
    expect(personal.find(({ aboutKind }) => aboutKind === 'subject')?.value).toContain(CANARY_NAME);
    const trace = (await traces()).at(-1);
    expect(trace).toMatchObject({ purpose: 'investigation', detail: { items: personal.length } });
    expect(trace?.object_ids).toContain(report);
    expect(trace?.object_ids).toHaveLength(personal.length + 1);
    expect(JSON.stringify(trace)).not.toMatch(/CASE-7|CANARY/);
    expect(await verifyLog(hub.database)).toMatchObject({ whole: true });
  });

  it('shows another organisation what it shows of nothing, and both looks leave a trace', async () => {
    const before = (await traces()).length;
    const stranger = await viewerFor(hub, 'rain-gate', 'investigator', true);
    for (const about of [report, NOWHERE]) {
      expect(await answer(hub, stranger, READ, { about })).toEqual({ personal: [] });
    }
    expect((await traces()).length).toBe(before + 2);
  });

  it('answers nothing when the trace cannot be written', async () => {
    const broken = { ...hub, imports: { ...hub.imports, now: () => new Date(Number.NaN) } };
    const { data, errors } = await ask(broken, investigator, READ, { about: report });
    expect(errors).toHaveLength(1);
    expect(data).toBeNull();
  });

  it.each([
    ['without a purpose', 'personal(about: "x", caseReference: "CASE-7") { value }'],
    ['for fundraising', 'personal(about: "x", purpose: FUNDRAISING, caseReference: "CASE-7") { value }'],
    ['without a case', 'personal(about: "x", purpose: INVESTIGATION) { value }'],
    [
      'with an empty case',
      `personal(about: "${NOWHERE}", purpose: INVESTIGATION, caseReference: "  ") { value }`,
    ],
  ])('is refused %s', async (_how, field) => {
    const { errors } = await ask(hub, investigator, `{ ${field} }`);
    expect(errors).toHaveLength(1);
  });

  it('is refused to a key without the permission, whatever it asks for', async () => {
    const analyst = await viewerFor(hub, 'terai-watch', 'analyst');
    for (const about of [report, NOWHERE]) {
      const { errors } = await ask(hub, analyst, READ, { about });
      expect(errors?.map(({ message }) => message)).toEqual([
        'this key has no vault permission; ask your data officer',
      ]);
    }
  });

  it('says of a value whose key is not in the folder that it is not lost, shows the others, and opens it when the key is back', async () => {
    const rows = await hub.database.unrestricted('find a key in a test', (connection) =>
      connection.query<{ key_id: string }>(
        `select key_id from vault_item where about_id = $1 and field = 'case_notes'`,
        [report],
      ),
    );
    const whole = readFileSync(hub.ringFile, 'latin1');
    const away = new Set(rows.map(({ key_id }) => key_id));
    const older = whole.split('\n').filter((line) => !away.has(line.slice(0, 36)));
    writeFileSync(hub.ringFile, older.join('\n'));
    const { data, errors } = await ask(hub, investigator, READ, { about: report });
    writeFileSync(hub.ringFile, whole);
    const { personal } = data as { personal: { field: string; value: string | null }[] };
    const at = personal.findIndex(({ field }) => field === 'case_notes');
    expect(personal[at]?.value).toBeNull();
    expect(personal.filter(({ value }) => value !== null).length).toBeGreaterThan(0);
    expect(errors?.map((error) => error.path)).toEqual([['personal', at, 'value']]);
    expect(errors?.[0]?.message).toContain('HEADWATER_KEYS_DIR');
    expect(errors?.[0]?.message).not.toContain('destroyed');
    const again = await answer<{ personal: { value: string | null }[] }>(hub, investigator, READ, {
      about: report,
    });
    expect(again.personal.every(({ value }) => value !== null)).toBe(true);
  });

  it('opens what a process that shares the folder sealed since this one began', async () => {
    const [made] = openKeyStore(path.dirname(hub.ringFile)).create(1);
    const id = randomUUID();
    const about = randomUUID();
    const sealed = Buffer.from(seal(made!.key, `vault_item/sealed/${id}`, 'sealed elsewhere')).toString(
      'hex',
    );
    await hub.database.asOwner((connection) =>
      connection.execute(
        `insert into vault_item (id, owner_id, visibility_class_id, about_kind, about_id, field, key_id, sealed)
         select $1, $2, visibility_class_id, 'entity', $3, 'case_notes', $4, decode($5, 'hex') from vault_item where owner_id = $2 limit 1`,
        [id, investigator.organisationId, about, made!.id, sealed],
      ),
    );
    const { personal } = await answer<{ personal: { value: string }[] }>(hub, investigator, READ, { about });
    expect(personal.map(({ value }) => value)).toEqual(['sealed elsewhere']);
  });

  it('says of a value whose key was destroyed that it is gone for good', async () => {
    const rows = await hub.database.unrestricted('find a key in a test', (connection) =>
      connection.query<{ key_id: string }>(
        `select key_id from vault_item where about_id = $1 and field = 'case_notes'`,
        [report],
      ),
    );
    hub.keys.destroy(rows.map(({ key_id }) => key_id));
    const { personal } = await answer<{ personal: { field: string; value: string | null }[] }>(
      hub,
      investigator,
      READ,
      { about: report },
    );
    expect(personal.find(({ field }) => field === 'case_notes')?.value).toBeNull();
    expect(personal.filter(({ value }) => value !== null).length).toBeGreaterThan(0);
  });
});

describe('names and notes', () => {
  it('come out of no other field, whoever asks', async () => {
    const everything = `{
      reports(first: 500) { nodes { id externalReference kind originKind } }
      incidents(first: 500) { nodes { id kind entities { label } } }
      movements(first: 500) { nodes { id waypoints { place { name } } } }
      entities(first: 500) { nodes { id label selectors { kind hint } statements { claim originKind } } }
      sharedFacilitators(first: 500, incidentsAtLeast: 2) { hint selectorKind }
      imports { nodes { fileName droppedColumns unknownColumns } } }`;
    for (const role of ['field', 'analyst', 'investigator', 'data_officer', 'dashboard'] as const) {
      const viewer = await viewerFor(hub, 'terai-watch', role, role === 'investigator');
      const text = JSON.stringify(await answer(hub, viewer, everything));
      expect(text.length).toBeGreaterThan(1_000);
      expect(text).not.toMatch(new RegExp(`${CANARY_NAME}|${CANARY_NOTE}|Demo Person`, 'i'));
    }
  });

  it('stand in no table in the clear', async () => {
    const found = await hub.database.asOwner(async (connection) => {
      const tables = await connection.query<{ name: string }>(
        `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
      );
      const own = tables.filter(({ name }) => name !== 'spatial_ref_sys');
      const held: string[] = [];
      for (const { name } of own) {
        const rows = await connection.query<{ n: number }>(
          `select count(*)::int as n from ${name} t where t::text like '%CANARY%'`,
        );
        if ((rows[0]?.n ?? 0) > 0) held.push(name);
      }
      return { looked: own.length, held };
    });
    expect(found.looked).toBeGreaterThan(20);
    expect(found.held).toEqual([]);
  });
});
