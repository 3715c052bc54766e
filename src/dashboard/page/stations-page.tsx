/** Stations of the own organisation: what was detected in how much staff-time, how often a check said it should not count, how late it came in, and where nobody watches. */
import { useMemo } from 'react';
import { IntervalPlot } from '../charts/interval-plot.tsx';
import type { Question } from '../hub/ask.ts';
import { type MonthsAnswer, months } from '../hub/questions.ts';
import { useAnswer } from '../hub/use-answer.ts';
import type { PageProps } from '../shell/page-props.ts';
import { timeFilter } from '../view/asked.ts';
import { EVERYTHING, type Filter } from '../view/map-view.ts';
import { month, say } from '../words/words.ts';
import { Block, Desk } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';
import { PeriodChoice, readPeriod } from './period-choice.tsx';
import { daysOf, type Lag, type SharedCount, shareOf } from './quality-words.ts';
import { plotted, type Rate, RateTable } from './rates.tsx';
import { StationMonths } from './station-months.tsx';
import { Unwatched } from './unwatched.tsx';

interface EffortAnswer {
  readonly crossings: readonly {
    readonly crossingPoint: { readonly id: string; readonly name: string } | null;
    readonly incidents: number;
    readonly detectionsPerStaffMonth: Rate | null;
  }[];
  readonly quarters: readonly {
    readonly period: string | null;
    readonly incidents: number;
    readonly detectionsPerStaffMonth: Rate | null;
  }[];
}

const effort = (filter: Readonly<Record<string, unknown>>): Question => ({
  query: `query Effort($filter: MovementFilter) {
  crossings: flows(groupBy: [CROSSING_POINT], filter: $filter, orderBy: [{ figure: INCIDENTS }]) {
    crossingPoint { id name }
    incidents
    detectionsPerStaffMonth { status rate low high detections staffMonths reason }
  }
  quarters: flows(groupBy: [QUARTER], filter: $filter) {
    period incidents
    detectionsPerStaffMonth { status rate low high detections staffMonths reason }
  }
}`,
  variables: { filter },
});

interface StationsAnswer {
  readonly dataQuality: readonly {
    readonly station: { readonly stationId: string; readonly name: string; readonly location: string } | null;
    readonly reports: number;
    readonly incidents: number | null;
    readonly verifiedInvalid: SharedCount | null;
    readonly unverified: SharedCount | null;
    readonly occurredToRecorded: Lag | null;
    readonly observedToReported: Lag | null;
  }[];
}

const stations = (filter: Readonly<Record<string, unknown>>): Question => ({
  query: `query Stations($filter: QualityFilter) {
  dataQuality(groupBy: [STATION], filter: $filter, orderBy: [{ figure: REPORTS }]) {
    station { stationId name location }
    reports incidents
    verifiedInvalid { count of share }
    unverified { count of share }
    occurredToRecorded { median p90 known unknown }
    observedToReported { median p90 known unknown }
  }
}`,
  variables: { filter },
});

export function StationsPage({ me, address, go }: PageProps) {
  const own = useMemo(() => (me.organisation === null ? [] : [me.organisation]), [me.organisation]);
  const known = useAnswer<MonthsAnswer>(useMemo(() => months({ owners: own }), [own]));
  const period = readPeriod(address);
  const filter: Filter = useMemo(() => ({ ...EVERYTHING, ...period }), [period.from, period.to]);
  // Staff-time and where staff stand are their organisation's own: nothing else is asked for.
  const effortQuestion = useMemo(() => effort({ ...timeFilter(filter), owners: own }), [filter, own]);
  const effortAnswer = useAnswer<EffortAnswer>(effortQuestion);
  const stationQuestion = useMemo(() => {
    const { occurred } = timeFilter(filter);
    return stations({ owners: own, ...(occurred === undefined ? {} : { dated: occurred }) });
  }, [filter, own]);
  const stationAnswer = useAnswer<StationsAnswer>(stationQuestion);
  const crossings = effortAnswer.data?.crossings ?? [];
  const quarters = (effortAnswer.data?.quarters ?? [])
    .filter(({ period: at }) => at !== null)
    .sort((one, other) => String(one.period).localeCompare(String(other.period)));
  const places = stationAnswer.data?.dataQuality ?? [];
  return (
    <Desk
      word="stations.title"
      lead="stations.lead"
      controls={
        <PeriodChoice
          answer={known}
          period={period}
          change={(params) => go({ path: ['stations'], params })}
        />
      }
    >
      <Block
        word="stations.quality"
        note={say('stations.quality.note')}
        question={stationQuestion}
        answer={stationAnswer}
      >
        {stationAnswer.data !== null && (
          <DataTable
            caption={say('stations.caption', {
              count: places.filter(({ station }) => station !== null).length,
            })}
            columns={[
              { word: 'stations.station' },
              { word: 'quality.reports', isNumber: true },
              { word: 'table.incidents', isNumber: true },
              { word: 'quality.invalid', isNumber: true },
              { word: 'quality.unverified', isNumber: true },
              { word: 'quality.lag', isNumber: true },
              { word: 'quality.reportLag', isNumber: true },
            ]}
            rows={places.map(({ station, reports, incidents, ...one }) => ({
              id: station?.stationId ?? '',
              cells: [
                station === null
                  ? say('stations.none')
                  : station.location === ''
                    ? station.name
                    : say('stations.at', { station: station.name, location: station.location }),
                reports,
                incidents,
                shareOf(one.verifiedInvalid),
                shareOf(one.unverified),
                daysOf(one.occurredToRecorded),
                daysOf(one.observedToReported),
              ],
            }))}
          />
        )}
      </Block>
      <Block
        word="stations.rates"
        note={say('stations.rates.note')}
        question={effortQuestion}
        answer={effortAnswer}
      >
        {effortAnswer.data !== null && (
          <>
            <IntervalPlot
              scale="rate"
              label={say('stations.rates')}
              rows={crossings.map(({ crossingPoint, ...one }) =>
                plotted(crossingPoint?.id ?? '', crossingPoint?.name ?? say('stations.noCrossing'), one),
              )}
            />
            <RateTable
              caption={say('stations.rates')}
              first="table.place"
              rows={crossings.map(({ crossingPoint, ...one }) => ({
                id: crossingPoint?.id ?? '',
                name: crossingPoint?.name ?? say('stations.noCrossing'),
                ...one,
              }))}
            />
          </>
        )}
      </Block>
      <Block word="stations.quarters" question={effortQuestion} answer={null}>
        {effortAnswer.data !== null && (
          <>
            <IntervalPlot
              scale="rate"
              label={say('stations.quarters')}
              rows={quarters.map(({ period: at, ...one }) =>
                plotted(String(at), say('quarter.from', { month: month(String(at)) }), one),
              )}
            />
            <RateTable
              caption={say('stations.quarters')}
              first="stations.quarter"
              rows={quarters.map(({ period: at, ...one }) => ({
                id: String(at),
                name: say('quarter.from', { month: month(String(at)) }),
                ...one,
              }))}
            />
          </>
        )}
      </Block>
      <StationMonths />
      <Unwatched filter={filter} />
    </Desk>
  );
}
