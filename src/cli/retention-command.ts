/** `headwater retention`: what is due to be purged, and purging it. */
import { parseArgs } from 'node:util';
import { readOrganisation } from '../access/key.store.ts';
import { HeadwaterError } from '../kernel/errors.ts';
import { foldCounts } from '../records/flows/fold-counts.service.ts';
import { type PurgeResult, purgeDue } from '../records/retention/purge.service.ts';
import type { Command } from './commands.ts';

export const RETENTION: Command = {
  usage: 'retention --org SLUG (--dry-run | --purge)',
  summary: "says what of an organisation's records is due to be purged, or purges it for good",
  details: [
    '--org SLUG  whose records',
    '--dry-run   changes nothing: counts by class and by table',
    '--purge     takes what policies and decisions of the data officer have due; what is held or waits for a review stays',
  ],
  run: async (args, { hub, say }) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        org: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        purge: { type: 'boolean', default: false },
      },
    });
    const slug = values.org;
    const dryRun = values['dry-run'];
    if (slug === undefined || dryRun === values.purge)
      throw new HeadwaterError('BAD_INPUT', `wanted: npx headwater ${RETENTION.usage}`);
    const { id: ownerId } = await hub.database.unrestricted('find the organisation', (connection) =>
      readOrganisation(connection, slug),
    );
    const result = await purgeDue(hub.imports, { ownerId, keyId: null, dryRun, atMost: null });
    if (!dryRun) await foldCounts(hub.database);
    for (const line of purgeLines(dryRun, result)) say(line);
    return 0;
  },
};

function purgeLines(
  dryRun: boolean,
  { items, rows, remaining, held, toReview }: PurgeResult,
): readonly string[] {
  const [went, classes, tables] = [dryRun ? 'would go' : 'went', Object.entries(items), Object.entries(rows)];
  return [
    ...(classes.length === 0 ? [`nothing ${went}`] : []),
    ...classes.map(([name, n]) => `${name}: ${n} ${went}`),
    ...tables.sort(([a], [b]) => (a < b ? -1 : 1)).map(([table, n]) => `  ${table}: ${n} rows`),
    ...(held > 0 ? [`${held} more are under a legal hold`] : []),
    ...(toReview > 0 ? [`${toReview} are due and wait for a data officer (GraphQL: retentionReview)`] : []),
    ...(remaining > 0 && !dryRun ? [`${remaining} fell due meanwhile: repeat the command`] : []),
  ];
}
