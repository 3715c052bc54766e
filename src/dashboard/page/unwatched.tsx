/** Crossing points at which the organisation has no open station: nothing seen there is no sign that nobody crosses. */
import { useMemo } from 'react';
import type { Question } from '../hub/ask.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { timeFilter } from '../view/asked.ts';
import type { Filter } from '../view/map-view.ts';
import { say } from '../words/words.ts';
import { Block } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';

interface UnwatchedAnswer {
  readonly crossingClusters: {
    readonly unmonitored:
      | readonly {
          readonly id: string;
          readonly name: string;
          readonly borderCountries: readonly string[] | null;
        }[]
      | null;
  };
}

const unwatched = (filter: Readonly<Record<string, unknown>>): Question => ({
  query: `query Unwatched($filter: CrossingClusterFilter) {
  crossingClusters(filter: $filter) {
    unmonitored { id name borderCountries }
  }
}`,
  variables: { filter },
});

export function Unwatched({ filter }: { readonly filter: Filter }) {
  const question = useMemo(() => unwatched(timeFilter(filter)), [filter]);
  const answer = useAnswer<UnwatchedAnswer>(question);
  const places = answer.data?.crossingClusters.unmonitored ?? [];
  return (
    <Block
      word="stations.unwatched"
      note={say('stations.unwatched.note')}
      question={question}
      answer={answer}
    >
      {answer.data !== null && (
        <>
          <p className="figure">
            <strong className="is-hatched" data-figure="unwatched">
              {say('count.crossingPoints', { count: places.length })}
            </strong>
          </p>
          {places.length > 0 && (
            <details>
              <summary>{say('stations.unwatched.list')}</summary>
              <DataTable
                caption={say('stations.unwatched')}
                columns={[{ word: 'table.place' }, { word: 'table.border' }, { word: 'changes.status' }]}
                rows={places.map(({ id, name, borderCountries }) => ({
                  id,
                  cells: [name, (borderCountries ?? []).join('–'), wordForNotMonitored()],
                }))}
              />
            </details>
          )}
        </>
      )}
    </Block>
  );
}

const wordForNotMonitored = (): string => say('rate.NOT_MONITORED');
