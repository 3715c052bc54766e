/** `headwater doctor`: what this hub stands on, and whether it is sound. */
import { verifyLog } from '../audit/verify-log.store.ts';
import { type Command, wantNothing } from './commands.ts';
import { readHealth, readLoginWarnings } from './health.view.ts';

export const DOCTOR: Command = {
  usage: 'doctor',
  summary: 'says what the hub stands on and what is wrong with it',
  run: async (args, { hub, say }) => {
    wantNothing(args, DOCTOR);
    const health = await readHealth(hub.database);
    say(`Node ${process.versions.node}; ${health.postgres}; PostGIS ${health.postgis}; ${hub.database.mode}`);
    say(
      `${health.organisations} organisations, ${health.reports} reports, ${health.movements} movements, ${health.places} places`,
    );
    const problems: string[] = [];
    if (health.openImports > 0)
      problems.push(
        `${health.openImports} imports stopped half-way: give the same file to import again and it goes on`,
      );
    if (health.unprotectedTables.length > 0)
      problems.push(`tables without row security: ${health.unprotectedTables.join(', ')}`);
    const verdict = await verifyLog(hub.database);
    if (!verdict.whole) problems.push(`the audit chain breaks at event ${verdict.firstBad}: ${verdict.why}`);
    if (hub.database.mode === 'embedded')
      say('note: the embedded database survives a killed process, not a power cut');
    const warnings = await readLoginWarnings(hub.database);
    for (const warning of warnings) say(`warning: ${warning}`);
    for (const problem of problems) say(`problem: ${problem}`);
    if (problems.length + warnings.length === 0) say('all is well');
    return problems.length === 0 ? 0 : 1;
  },
};
