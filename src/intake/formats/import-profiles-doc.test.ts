import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { ReportDraft } from '../reports/report-draft.ts';
import { readRows } from './csv.ts';
import { readDrafts } from './drafts.ts';
import { checkHeader } from './mapping.ts';
import { parseProfile } from './profile.ts';

const doc = readFileSync(new URL('../../../docs/import-profiles.md', import.meta.url), 'utf8');

/** The first fenced block of a language. */
function block(language: string): string {
  const found = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(doc)?.[1];
  if (found === undefined) throw new Error(`docs/import-profiles.md has no ${language} block`);
  return found;
}

describe('the worked example of docs/import-profiles.md', () => {
  it('is a profile, and gives what the document says', async () => {
    const profile = parseProfile(JSON.parse(block('json')));
    if (!profile.accepted) throw new Error(JSON.stringify(profile.reasons));
    const table = await readRows(Readable.from([Buffer.from(block('csv'))]));
    expect(table.dropped).toEqual([{ name: 'Religion', topic: 'religion' }]);
    expect(checkHeader(profile.value, table)).toEqual({ accepted: true, value: { unknown: [], absent: [] } });
    const lines: string[] = [];
    for await (const draft of readDrafts(profile.value, table.rows, {
      now: new Date('2026-11-01T00:00:00Z'),
    })) {
      if (draft.kind === 'draft') lines.push(told(draft.record as ReportDraft));
      else
        for (const { where, found, wanted } of draft.reasons)
          lines.push(`quarantined: ${where}: found ${found}, wanted ${wanted}`);
    }
    expect(`${lines.join('\n')}\n`).toBe(block('text'));
  });
});

function told({ externalReference, incident, reported, movement, entities, origin }: ReportDraft): string {
  // The span begins at midnight in Kathmandu, 18:15 UTC of the day before.
  const day = new Date(Date.parse(reported?.from ?? '') + 5.75 * 3_600_000).toISOString().slice(0, 10);
  const [from, to] = (movement?.waypoints ?? []).map(({ place }) => `${place.text} (${place.level})`);
  const plate = entities
    .flatMap(({ selectors }) => selectors.map(({ kind, value }) => `, ${kind} ${value}`))
    .join('');
  return `${externalReference}: ${incident.personsMin}–${incident.personsMax} persons on ${day}, by ${movement?.mode}, from ${from} to ${to}${plate}, grade ${origin.reliability}${origin.credibility}`;
}
