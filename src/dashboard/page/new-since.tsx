/** What the hub took in since the last visit, by when it was recorded: each report with the incidents it tells of, page by page, and what stands behind it. */
import { useCallback, useMemo } from 'react';
import type { Question } from '../hub/ask.ts';
import { type Paged, usePages } from '../hub/use-pages.ts';
import type { Address, Go } from '../view/address.ts';
import { dayOf, numberUpTo, say, wordFor } from '../words/words.ts';
import { Block } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';
import { OpenReport } from './open-report.tsx';

interface NewReport {
  readonly id: string;
  readonly kind: string;
  readonly owner: string;
  readonly recordedAt: string;
  readonly evaluation: { readonly reliability: string; readonly credibility: number };
  readonly incidents: readonly {
    readonly kind: string;
    readonly occurred: { readonly from: string } | null;
  }[];
}

interface NewAnswer {
  readonly reports: Paged<NewReport> & { readonly countUpTo: number };
}

const A_PAGE = 25;

const recordedSince = (from: string, after: string | null): Question => ({
  query: `query RecordedSince($from: DateTimeISO!, $first: Int!, $after: String) {
  reports(filter: { recorded: { from: $from } }, first: $first, after: $after) {
    countUpTo(limit: 10000)
    nodes {
      id kind owner recordedAt
      evaluation { reliability credibility }
      incidents { kind occurred { from } }
    }
    pageInfo { endCursor hasNextPage }
  }
}`,
  variables: { from: `${from}T00:00:00Z`, first: A_PAGE, after },
});

interface NewSinceProps {
  /** The day of the last visit; null on a first one, which chooses a day. */
  readonly since: string | null;
  readonly address: Address;
  readonly go: Go;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

export function NewSince({ since, address, go }: NewSinceProps) {
  const { params } = address;
  const day = DAY.test(params.since ?? '') ? (params.since ?? '') : (since ?? '');
  const change = (part: Readonly<Record<string, string | null>>): void => {
    const pairs = Object.entries({ ...params, ...part }).filter(
      (pair): pair is [string, string] => pair[1] !== null,
    );
    go({ path: ['changes'], params: Object.fromEntries(pairs) });
  };
  const ask = useMemo(() => (day === '' ? null : (after: string | null) => recordedSince(day, after)), [day]);
  const read = useCallback(({ reports }: NewAnswer) => reports, []);
  const { answer, nodes, more } = usePages<NewAnswer, NewReport>(ask, read);
  const count = answer.data?.reports.countUpTo;
  return (
    <Block
      word="new.title"
      note={say('new.note')}
      question={day === '' ? null : recordedSince(day, null)}
      answer={answer}
    >
      <label className="inline-choice">
        {say(since === null ? 'new.first' : 'new.since')}
        <input
          type="date"
          value={day}
          onChange={(event) => change({ since: event.target.value === '' ? null : event.target.value })}
        />
      </label>
      {count !== undefined && (
        <p className="figure">
          <strong data-figure="new">{say('count.reports', { count })}</strong>
        </p>
      )}
      {nodes.length > 0 && (
        <DataTable
          caption={say('new.caption', { day: dayOf(day) })}
          columns={[
            { word: 'table.kind.record' },
            { word: 'movement.recorded' },
            { word: 'new.incidents' },
            { word: 'quality.owner' },
            { word: 'new.grade' },
          ]}
          rows={nodes.map((one) => ({
            id: one.id,
            name: (
              <button
                type="button"
                className="link"
                onClick={() => change({ report: one.id, movement: null })}
              >
                {wordFor('reportKind', one.kind)}
              </button>
            ),
            cells: [
              null,
              dayOf(one.recordedAt),
              one.incidents.map(incidentWords).join('; '),
              one.owner,
              `${one.evaluation.reliability}${one.evaluation.credibility}`,
            ],
          }))}
        />
      )}
      {count !== undefined && nodes.length > 0 && (
        <p className="more-row">
          <span className="quiet">{say('new.shown', { shown: nodes.length, count: numberUpTo(count) })}</span>
          {more !== null && (
            <button type="button" className="button" onClick={more}>
              {say('new.more')}
            </button>
          )}
        </p>
      )}
      <OpenReport params={params} change={change} />
    </Block>
  );
}

const incidentWords = ({ kind, occurred }: NewReport['incidents'][number]): string =>
  say('new.incident', {
    kind: wordFor('incidentKind', kind),
    day: occurred === null ? say('not.known') : dayOf(occurred.from),
  });
