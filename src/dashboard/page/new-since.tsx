/** What the hub took in since the last visit, by when it was recorded. */
import { useMemo, useState } from 'react';
import type { Question } from '../hub/ask.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { dayOf, say, wordFor } from '../words/words.ts';
import { Block } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';

interface NewAnswer {
  readonly reports: {
    readonly countUpTo: number;
    readonly nodes: readonly {
      readonly id: string;
      readonly kind: string;
      readonly owner: string;
      readonly recordedAt: string;
      readonly evaluation: { readonly reliability: string; readonly credibility: number };
    }[];
  };
}

const recordedSince = (from: string): Question => ({
  query: `query RecordedSince($from: DateTimeISO!) {
  reports(filter: { recorded: { from: $from } }, first: 50) {
    countUpTo(limit: 10000)
    nodes { id kind owner recordedAt evaluation { reliability credibility } }
  }
}`,
  variables: { from: `${from}T00:00:00Z` },
});

/** `since`: the day of the last visit; null on a first one, which chooses a day. */
export function NewSince({ since }: { readonly since: string | null }) {
  const [day, setDay] = useState(since ?? '');
  const question = useMemo(() => (day === '' ? null : recordedSince(day)), [day]);
  const answer = useAnswer<NewAnswer>(question);
  const reports = answer.data?.reports;
  return (
    <Block word="new.title" note={say('new.note')} question={question} answer={answer}>
      <label className="inline-choice">
        {say(since === null ? 'new.first' : 'new.since')}
        <input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
      </label>
      {reports !== undefined && (
        <>
          <p className="figure">
            <strong data-figure="new">{say('count.reports', { count: reports.countUpTo })}</strong>
          </p>
          {reports.nodes.length > 0 && (
            <DataTable
              caption={say('new.caption', { day: dayOf(day) })}
              columns={[
                { word: 'movement.recorded' },
                { word: 'table.kind.record' },
                { word: 'quality.owner' },
                { word: 'new.grade' },
              ]}
              rows={reports.nodes.map(({ id, kind, owner, recordedAt, evaluation }) => ({
                id,
                cells: [
                  dayOf(recordedAt),
                  wordFor('reportKind', kind),
                  owner,
                  `${evaluation.reliability}${evaluation.credibility}`,
                ],
              }))}
            />
          )}
        </>
      )}
    </Block>
  );
}
