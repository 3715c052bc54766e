/** Countries as source, transit and destination: what flows between them, and of one country what comes in and goes out. */
import { useMemo } from 'react';
import type { Question } from '../hub/ask.ts';
import { countsOf, type MonthsAnswer, months, type RolesAnswer, roleCounts } from '../hub/questions.ts';
import { useAnswer } from '../hub/use-answer.ts';
import type { PageProps } from '../shell/page-props.ts';
import { timeFilter } from '../view/asked.ts';
import { EVERYTHING, ROLES } from '../view/map-view.ts';
import { say } from '../words/words.ts';
import { Notice } from './answer-state.tsx';
import { useCountries } from './countries.ts';
import { CountryFlows } from './country-flows.tsx';
import { Block, Desk, MonthChoice } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';
import { PeriodChoice, readPeriod } from './period-choice.tsx';
import { type FlowsAnswer, Stages } from './stage-diagram.tsx';

const stageFlows = (filter: Readonly<Record<string, unknown>>): Question => ({
  query: `query StageFlows($filter: MovementFilter) {
  stageFlows(filter: $filter) {
    movements
    nodes { id country role stage incidents movements }
    links { source target incidents movements persons { min max } }
  }
}`,
  variables: { filter },
});

export function CountriesPage({ address, go }: PageProps) {
  const countries = useCountries();
  const known = useAnswer<MonthsAnswer>(useMemo(() => months({}), []));
  const period = readPeriod(address);
  const country = /^[A-Z]{3}$/.test(address.params.country ?? '') ? (address.params.country ?? null) : null;
  const filter = useMemo(() => {
    const time = timeFilter({ ...EVERYTHING, ...period });
    return country === null ? time : { ...time, countries: [{ country }] };
  }, [period.from, period.to, country]);
  const everywhere = useMemo(() => timeFilter({ ...EVERYTHING, ...period }), [period.from, period.to]);
  const flowQuestion = useMemo(() => stageFlows(filter), [filter]);
  const flowAnswer = useAnswer<FlowsAnswer>(flowQuestion);
  const roleQuestion = useMemo(() => roleCounts(everywhere), [everywhere]);
  const roleAnswer = useAnswer<RolesAnswer>(roleQuestion);
  const change = (part: Readonly<Record<string, string>>): void => {
    const all = { from: period.from ?? '', to: period.to ?? '', country: country ?? '', ...part };
    const params = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    go({ path: ['countries'], params });
  };
  const rows = roleAnswer.data === null ? [] : rowsOf(roleAnswer.data);
  const nameOf = (code: string | null): string =>
    code === null ? say('not.known') : (countries.get(code)?.name ?? code);
  const flows = flowAnswer.data?.stageFlows;
  return (
    <Desk
      word="countries.title"
      lead="countries.lead"
      controls={
        <>
          <MonthChoice
            word="countries.country"
            value={country ?? ''}
            months={[
              { value: '', text: say('countries.all') },
              ...rows.map((row) => ({ value: row.country, text: nameOf(row.country) })),
            ]}
            choose={(next) => change({ country: next })}
          />
          <PeriodChoice
            answer={known}
            period={period}
            change={({ from = '', to = '' }) => change({ from, to })}
          />
        </>
      }
    >
      <Block
        word="countries.flows"
        note={say('countries.flows.note')}
        question={flowQuestion}
        answer={flowAnswer}
      >
        {flows?.movements === 0 && <Notice title={say('state.empty')}>{say('state.empty.filter')}</Notice>}
        {flows !== undefined && flows.movements > 0 && (
          <Stages
            flows={flows}
            countries={countries}
            country={country}
            choose={(next) => change({ country: next === country ? '' : next })}
          />
        )}
      </Block>
      {country !== null && <CountryFlows country={country} filter={everywhere} />}
      <Block
        word="countries.roles"
        note={say('legend.detections')}
        question={roleQuestion}
        answer={roleAnswer}
      >
        {roleAnswer.data !== null && (
          <DataTable
            caption={say('count.countries', { count: rows.length })}
            columns={[
              { word: 'table.country' },
              ...ROLES.map((role) => ({ word: `role.${role}` as const, isNumber: true })),
            ]}
            rows={rows.map((row) => ({
              id: row.country,
              name: (
                <button
                  type="button"
                  className="link"
                  aria-pressed={row.country === country}
                  onClick={() => change({ country: row.country })}
                >
                  {nameOf(row.country)}
                </button>
              ),
              cells: [nameOf(row.country), ...ROLES.map((role) => row[role])],
            }))}
          />
        )}
      </Block>
    </Desk>
  );
}

interface CountryRow {
  readonly country: string;
  readonly SOURCE: number;
  readonly TRANSIT: number;
  readonly DESTINATION: number;
}

/** Incidents by role; roles are not to be added up: a country may play several in one. */
function rowsOf(answer: RolesAnswer): readonly CountryRow[] {
  const counts = ROLES.map(
    (role) => new Map(countsOf(answer, role).map((one) => [one.country, one.incidents])),
  );
  const all = [...new Set(counts.flatMap((one) => [...one.keys()]))].filter((code) => code !== null);
  const of = (index: number, country: string): number => counts[index]?.get(country) ?? 0;
  return all
    .map((country) => ({
      country,
      SOURCE: of(0, country),
      TRANSIT: of(1, country),
      DESTINATION: of(2, country),
    }))
    .sort(
      (one, other) =>
        Math.max(other.SOURCE, other.TRANSIT, other.DESTINATION) -
        Math.max(one.SOURCE, one.TRANSIT, one.DESTINATION),
    );
}
