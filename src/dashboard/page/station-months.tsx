/** What monitoring locations counted themselves, month by month, where they said so. */
import type { Question } from '../hub/ask.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { month, say } from '../words/words.ts';
import { Block } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';

interface CountsAnswer {
  readonly stationStatistics: {
    readonly countUpTo: number;
    readonly nodes: readonly {
      readonly id: string;
      readonly month: string;
      readonly intercepts: number | null;
      readonly evidence: number | null;
      readonly highRisk: number | null;
      readonly invalid: number | null;
      readonly arrests: number | null;
      readonly station: { readonly name: string; readonly location: string } | null;
    }[];
  };
}

const COUNTS: Question = {
  query: `query StationMonths {
  stationStatistics(first: 200) {
    countUpTo(limit: 10000)
    nodes { id month intercepts evidence highRisk invalid arrests station { name location } }
  }
}`,
  variables: {},
};

export function StationMonths() {
  const answer = useAnswer<CountsAnswer>(COUNTS);
  const counts = answer.data?.stationStatistics;
  return (
    <Block word="stations.counts" note={say('stations.counts.note')} question={COUNTS} answer={answer}>
      {counts?.nodes.length === 0 && <p>{say('stations.counts.none')}</p>}
      {counts !== undefined && counts.nodes.length > 0 && (
        <DataTable
          caption={say('figure.shown', { shown: counts.nodes.length, total: counts.countUpTo })}
          columns={[
            { word: 'stations.station' },
            { word: 'table.month' },
            { word: 'stations.intercepts', isNumber: true },
            { word: 'stations.evidence', isNumber: true },
            { word: 'stations.highRisk', isNumber: true },
            { word: 'quality.invalid', isNumber: true },
            { word: 'stations.arrests', isNumber: true },
          ]}
          rows={counts.nodes.map(({ id, station, month: at, ...one }) => ({
            id,
            cells: [
              station === null
                ? null
                : station.location === ''
                  ? station.name
                  : say('stations.at', { station: station.name, location: station.location }),
              month(at),
              one.intercepts,
              one.evidence,
              one.highRisk,
              one.invalid,
              one.arrests,
            ],
          }))}
        />
      )}
    </Block>
  );
}
