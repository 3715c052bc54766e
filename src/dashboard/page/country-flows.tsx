/** One country: from where people came to it, and to where they went from it, by independent incidents. */
import { useMemo } from 'react';
import type { Question } from '../hub/ask.ts';
import { useAnswer } from '../hub/use-answer.ts';
import type { AskedFilter } from '../view/asked.ts';
import { persons, say } from '../words/words.ts';
import { useCountries } from './countries.ts';
import { Block } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';

interface Group {
  readonly originCountry?: string | null;
  readonly destinationCountry?: string | null;
  readonly incidents: number;
  readonly independentOrigins: number;
  readonly persons: { readonly min: number; readonly max: number | null };
}

interface InOutAnswer {
  readonly into: readonly Group[];
  readonly out: readonly Group[];
}

const inAndOut = (country: string, filter: AskedFilter): Question => ({
  query: `query InAndOut($into: MovementFilter, $out: MovementFilter) {
  into: flows(groupBy: [ORIGIN_COUNTRY], filter: $into, orderBy: [{ figure: INCIDENTS }]) {
    originCountry incidents independentOrigins persons { min max }
  }
  out: flows(groupBy: [DESTINATION_COUNTRY], filter: $out, orderBy: [{ figure: INCIDENTS }]) {
    destinationCountry incidents independentOrigins persons { min max }
  }
}`,
  variables: {
    into: { ...filter, countries: [{ country, role: 'DESTINATION' }] },
    out: { ...filter, countries: [{ country, role: 'SOURCE' }] },
  },
});

export function CountryFlows({
  country,
  filter,
}: {
  readonly country: string;
  readonly filter: AskedFilter;
}) {
  const countries = useCountries();
  const question = useMemo(() => inAndOut(country, filter), [country, filter]);
  const answer = useAnswer<InOutAnswer>(question);
  const name = countries.get(country)?.name ?? country;
  const table = (groups: readonly Group[], word: 'countries.into' | 'countries.out') => (
    <div>
      <h4>{say(word, { country: name })}</h4>
      {groups.length === 0 ? (
        <p className="quiet">{say('countries.nothing')}</p>
      ) : (
        <DataTable
          caption={say('count.countries', { count: groups.length })}
          columns={[
            { word: word === 'countries.into' ? 'table.from' : 'table.to' },
            { word: 'table.incidents', isNumber: true },
            { word: 'table.origins', isNumber: true },
            { word: 'table.persons', isNumber: true },
          ]}
          rows={groups.map((one) => {
            const code = one.originCountry ?? one.destinationCountry ?? null;
            return {
              id: code ?? '',
              cells: [
                code === null ? say('not.known') : (countries.get(code)?.name ?? code),
                one.incidents,
                one.independentOrigins,
                persons(one.persons),
              ],
            };
          })}
        />
      )}
    </div>
  );
  return (
    <Block word="countries.inAndOut" question={question} answer={answer}>
      {answer.data !== null && (
        <div className="side-by-side">
          {table(answer.data.into, 'countries.into')}
          {table(answer.data.out, 'countries.out')}
        </div>
      )}
    </Block>
  );
}
