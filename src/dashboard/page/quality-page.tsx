/** How good, how late and how certain reports are: counts with what they are out of, by organisation, kind or quarter. */
import { useMemo } from 'react';
import { IntervalPlot } from '../charts/interval-plot.tsx';
import type { Question } from '../hub/ask.ts';
import { type MonthsAnswer, months } from '../hub/questions.ts';
import { useAnswer } from '../hub/use-answer.ts';
import type { PageProps } from '../shell/page-props.ts';
import { timeFilter } from '../view/asked.ts';
import { EVERYTHING } from '../view/map-view.ts';
import { month, number, say, share, wordFor } from '../words/words.ts';
import { Notice } from './answer-state.tsx';
import { Block, Desk, MonthChoice } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';
import { PeriodChoice, readPeriod } from './period-choice.tsx';
import { daysOf, type Lag, type SharedCount, shareOf } from './quality-words.ts';

const GROUPS = ['OWNER', 'KIND', 'QUARTER'] as const;
type Group = (typeof GROUPS)[number];

/** What may be plotted: shares of what could be better. */
const FIGURES = [
  'ungraded',
  'unverified',
  'verifiedInvalid',
  'singleSource',
  'imprecise',
  'countryOnly',
  'unresolved',
  'quarantined',
] as const;
type Figure = (typeof FIGURES)[number];

type QualityRow = Readonly<Record<Figure, SharedCount | null>> & {
  readonly owner: string | null;
  readonly kind: string | null;
  readonly period: string | null;
  readonly reports: number;
  readonly occurredToRecorded: Lag | null;
  readonly observedToReported: Lag | null;
  readonly reportedToRecorded: Lag | null;
};

interface QualityAnswer {
  readonly dataQuality: readonly QualityRow[];
}

const quality = (by: Group, filter: Readonly<Record<string, unknown>>): Question => ({
  query: `query Quality($by: [QualityDimension!]!, $filter: QualityFilter) {
  dataQuality(groupBy: $by, filter: $filter) {
    owner kind period reports
    ungraded { count of share }
    unverified { count of share }
    verifiedInvalid { count of share }
    singleSource { count of share }
    imprecise { count of share }
    countryOnly { count of share }
    unresolved { count of share }
    quarantined { count of share }
    occurredToRecorded { median p90 known unknown }
    observedToReported { median p90 known unknown }
    reportedToRecorded { median p90 known unknown }
  }
}`,
  variables: { by: [by], filter },
});

export function QualityPage({ address, go }: PageProps) {
  const known = useAnswer<MonthsAnswer>(useMemo(() => months({}), []));
  const period = readPeriod(address);
  const by = GROUPS.find((one) => one === address.params.by) ?? 'OWNER';
  const figure = FIGURES.find((one) => one === address.params.figure) ?? 'unverified';
  const question = useMemo(() => {
    const { occurred } = timeFilter({ ...EVERYTHING, ...period });
    return quality(by, occurred === undefined ? {} : { dated: occurred });
  }, [by, period.from, period.to]);
  const answer = useAnswer<QualityAnswer>(question);
  const rows = sorted(answer.data?.dataQuality ?? [], by);
  const change = (part: Readonly<Record<string, string>>): void => {
    const all = { by, figure, from: period.from ?? '', to: period.to ?? '', ...part };
    const params = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    go({ path: ['quality'], params });
  };
  const nameOf = (row: QualityRow): string => {
    if (by === 'QUARTER')
      return row.period === null ? say('quality.undated') : say('quarter.from', { month: month(row.period) });
    if (by === 'KIND') return row.kind === null ? say('not.known') : wordFor('reportKind', row.kind);
    return row.owner ?? say('not.known');
  };
  return (
    <Desk
      word="quality.title"
      lead="quality.lead"
      controls={
        <>
          <MonthChoice
            word="changes.by"
            value={by}
            months={GROUPS.map((value) => ({ value, text: wordFor('by', value) }))}
            choose={(next) => change({ by: next })}
          />
          <PeriodChoice
            answer={known}
            period={period}
            change={({ from = '', to = '' }) => change({ from, to })}
          />
        </>
      }
    >
      <Block word="quality.shares" note={wordFor('figureNote', figure)} question={question} answer={answer}>
        <div className="inline-choice">
          <MonthChoice
            word="quality.figure"
            value={figure}
            months={FIGURES.map((value) => ({ value, text: wordFor('figure', value) }))}
            choose={(next) => change({ figure: next })}
          />
        </div>
        {answer.isCurrent && rows.length === 0 && (
          <Notice title={say('state.empty')}>{say('quality.empty')}</Notice>
        )}
        <p className="figure">
          <strong data-figure="headline">
            {answer.data === null
              ? ''
              : say('count.reports', { count: rows.reduce((all, { reports }) => all + reports, 0) })}
          </strong>
        </p>
        <Shares
          label={wordFor('figure', figure)}
          rows={rows.map((row) => ({ id: nameOf(row), name: nameOf(row), told: row[figure] }))}
        />
      </Block>
      <Block word="quality.all" note={say('quality.note')} question={question} answer={null}>
        {rows.length > 0 && (
          <DataTable
            caption={say('quality.all')}
            columns={[
              { word: `by.${by}` },
              { word: 'quality.reports', isNumber: true },
              ...FIGURES.map((one) => ({ word: `figure.${one}` as const, isNumber: true })),
            ]}
            rows={rows.map((row) => ({
              id: nameOf(row),
              cells: [nameOf(row), row.reports, ...FIGURES.map((one) => shareOf(row[one]))],
            }))}
          />
        )}
      </Block>
      <Block word="quality.lags" note={say('quality.lags.note')} question={question} answer={null}>
        {rows.length > 0 && (
          <>
            <IntervalPlot
              scale="rate"
              label={say('quality.lags')}
              rows={rows.map((row) => {
                const lag = row.occurredToRecorded;
                return {
                  id: nameOf(row),
                  name: nameOf(row),
                  note: say('quality.lag.known', { known: number(lag?.known ?? 0) }),
                  value: lag?.median ?? null,
                  low: lag?.median ?? null,
                  high: lag?.p90 ?? null,
                  instead: lag?.median == null ? say('not.known') : null,
                  tone: 'steady' as const,
                };
              })}
            />
            <DataTable
              caption={say('quality.lags')}
              columns={[
                { word: `by.${by}` },
                { word: 'quality.lag', isNumber: true },
                { word: 'quality.reportLag', isNumber: true },
                { word: 'quality.intakeLag', isNumber: true },
              ]}
              rows={rows.map((row) => ({
                id: nameOf(row),
                cells: [
                  nameOf(row),
                  daysOf(row.occurredToRecorded),
                  daysOf(row.observedToReported),
                  daysOf(row.reportedToRecorded),
                ],
              }))}
            />
          </>
        )}
      </Block>
    </Desk>
  );
}

function sorted(rows: readonly QualityRow[], by: Group): readonly QualityRow[] {
  return by === 'QUARTER'
    ? rows.toSorted((one, other) => (one.period ?? '').localeCompare(other.period ?? ''))
    : rows.toSorted((one, other) => other.reports - one.reports);
}

interface SharesProps {
  readonly label: string;
  readonly rows: readonly { readonly id: string; readonly name: string; readonly told: SharedCount | null }[];
}

/** One bar a group, of all that there is to count; the table below has the same. */
function Shares({ label, rows }: SharesProps) {
  return (
    <div className="plot" role="img" aria-label={label}>
      {rows.map(({ id, name, told }) => (
        <div key={id} className="plot-row">
          <span className="plot-name">
            {name}
            <small>{shareOf(told)}</small>
          </span>
          {told?.share == null ? (
            <span className="plot-instead">{shareOf(told)}</span>
          ) : (
            <svg className="plot-line tone-steady" viewBox="0 0 100 10" preserveAspectRatio="none">
              <title>{share(told.share)}</title>
              <rect className="share-ground" y="3" width="100" height="4" />
              <rect className="share-bar" y="3" width={told.share * 100} height="4" />
            </svg>
          )}
        </div>
      ))}
    </div>
  );
}
