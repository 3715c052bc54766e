/** The fictional demo: its files go through the very importer that real ones do. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { generateDemo } from '../../seeds/demo.ts';
import { INVESTIGATION_PROFILE } from '../../seeds/investigation-profile.ts';
import { DEMO_ORGANISATIONS } from '../../seeds/organisations.ts';
import { addKey, addOrganisation } from '../access/key.store.ts';
import type { Role } from '../access/roles.ts';
import { readRows } from '../intake/formats/csv.ts';
import { type ImportProfile, parseProfile } from '../intake/formats/profile.ts';
import { findProfile } from '../intake/formats/profiles/named.ts';
import { importFile } from '../intake/imports/import.service.ts';
import type { ImportSummary } from '../intake/imports/import-types.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { randomIds } from '../kernel/ids.ts';
import { refreshStatistics } from '../platform/statistics.ts';
import { foldCounts } from '../records/flows/fold-counts.service.ts';
import { agreeDemo } from './demo-agreements.service.ts';
import { followDemo } from './demo-targets.service.ts';
import { shareDemo } from './demo-views.service.ts';
import type { Hub } from './hub.ts';

export const DEMO_SEED = 1;
/** The demo's own "today": its 24 months end before this month. */
export const DEMO_NOW = '2026-11-01';

export interface DemoKey {
  readonly organisation: string | null;
  readonly role: Role;
  readonly key: string;
}

/** Imports the demo's files, staffing first, so that stations have their positions. About 3,500 rows. */
export async function loadDemo(
  hub: Hub,
  onProgress: (message: string) => void = () => undefined,
  scale = 1,
): Promise<readonly ImportSummary[]> {
  const demo = generateDemo(DEMO_SEED, { now: DEMO_NOW, scale });
  const organisations = new Map<string, { id: string; slug: string }>();
  for (const { slug, name } of DEMO_ORGANISATIONS) {
    const row = await hub.database.unrestricted('make the demo organisations', (connection) =>
      addOrganisation(connection, randomIds, { slug, name, fictional: true }),
    );
    organisations.set(slug, row);
  }
  await agreeDemo(hub, organisations);
  const files = [...demo.files].sort(
    (a, b) => Number(b.profile === 'staffing') - Number(a.profile === 'staffing'),
  );
  const summaries: ImportSummary[] = [];
  for (const file of files) {
    onProgress(`importing the demo: ${file.name}`);
    summaries.push(
      await importFile(hub.imports, {
        organisation: organisations.get(file.organisation) as { id: string; slug: string },
        keyId: null,
        profile: profileOf(file.profile),
        fileName: file.name,
        fileSha256: createHash('sha256').update(file.text).digest(),
        open: () => readRows(Readable.from([Buffer.from(file.text)])),
        dates: { zone: 'Asia/Kathmandu' },
      }),
    );
  }
  await foldCounts(hub.database);
  await shareDemo(hub, organisations, DEMO_NOW);
  await followDemo(hub, organisations, DEMO_NOW);
  await refreshStatistics(hub.database);
  return summaries;
}

const DEMO_ROLES: readonly { readonly role: Role; readonly vault: boolean }[] = [
  { role: 'analyst', vault: false },
  { role: 'investigator', vault: true },
  { role: 'data_officer', vault: false },
  { role: 'dashboard', vault: false },
  { role: 'partner', vault: false },
];
const KEY_DAYS = 90;

/** One operator and, for each demo organisation, one key a role but field. Made anew for each data folder; the texts are stored nowhere by the hub. */
export async function makeDemoKeys(hub: Hub, now: Date): Promise<readonly DemoKey[]> {
  const expiresAt = new Date(now.getTime() + KEY_DAYS * 86_400_000);
  return hub.database.unrestricted('make the demo keys', async (connection) => {
    const keys: DemoKey[] = [];
    const add = async (
      organisation: { id: string; slug: string } | null,
      role: Role,
      vaultPermission: boolean,
    ): Promise<void> => {
      const { text } = await addKey(connection, randomIds, {
        organisationId: organisation?.id ?? null,
        role,
        label: 'demo',
        vaultPermission,
        expiresAt,
      });
      keys.push({ organisation: organisation?.slug ?? null, role, key: text });
    };
    for (const { slug, name } of DEMO_ORGANISATIONS) {
      const organisation = await addOrganisation(connection, randomIds, { slug, name, fictional: true });
      for (const { role, vault } of DEMO_ROLES) await add(organisation, role, vault);
    }
    await add(null, 'operator', false);
    return keys;
  });
}

function profileOf(name: string): ImportProfile {
  const named = findProfile(name);
  if (named !== null) return named;
  const parsed = parseProfile(INVESTIGATION_PROFILE);
  if (!parsed.accepted)
    throw new HeadwaterError(
      'BAD_INPUT',
      `the demo's own profile is refused: ${JSON.stringify(parsed.reasons)}`,
    );
  return parsed.value;
}
