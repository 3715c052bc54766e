/** How far legal cases got, from incident to conviction, and in how many days: by country, of everybody or of one organisation. */
import { useMemo } from 'react';
import type { Question } from '../hub/ask.ts';
import { useAnswer } from '../hub/use-answer.ts';
import type { PageProps } from '../shell/page-props.ts';
import { countryName, number, say } from '../words/words.ts';
import { Notice } from './answer-state.tsx';
import { useCountries } from './countries.ts';
import { Block, Desk, MonthChoice } from './desk-page.tsx';
import { DataTable } from './figures-table.tsx';

/** In the order in which cases pass them. */
const STAGES = ['INCIDENT', 'REFERRAL', 'ARREST', 'CHARGE', 'CONVICTION'] as const;

interface Step {
  readonly stage: string;
  readonly cases: number;
  readonly medianDays: number | null;
  readonly timed: number;
}

interface FunnelAnswer {
  readonly caseFunnel: readonly {
    readonly country: string;
    readonly cases: number;
    readonly steps: readonly Step[];
  }[];
}

interface OwnersAnswer {
  readonly legalCases: { readonly nodes: readonly { readonly owner: string }[] };
}

const OWNERS: Question = {
  query: `query CaseOwners {
  legalCases(first: 200) {
    nodes { owner }
  }
}`,
  variables: {},
};

const funnel = (filter: Readonly<Record<string, unknown>>): Question => ({
  query: `query CaseFunnel($filter: LegalCaseFilter) {
  caseFunnel(filter: $filter) {
    country cases
    steps { stage cases medianDays timed }
  }
}`,
  variables: { filter },
});

export function CasesPage({ address, go }: PageProps) {
  const countries = useCountries();
  const known = useAnswer<OwnersAnswer>(OWNERS);
  const owners = [...new Set((known.data?.legalCases.nodes ?? []).map(({ owner }) => owner))].toSorted();
  const owner = address.params.owner ?? '';
  const question = useMemo(() => funnel(owner === '' ? {} : { owners: [owner] }), [owner]);
  const answer = useAnswer<FunnelAnswer>(question);
  const rows = answer.data?.caseFunnel ?? [];
  return (
    <Desk
      word="cases.title"
      lead="cases.lead"
      controls={
        <MonthChoice
          word="cases.owner"
          value={owner}
          months={[
            { value: '', text: say('cases.everybody') },
            ...owners.map((value) => ({ value, text: value })),
          ]}
          choose={(next) => go({ path: ['cases'], params: next === '' ? {} : { owner: next } })}
        />
      }
    >
      <Block word="cases.funnel" note={say('cases.note')} question={question} answer={answer}>
        {answer.isCurrent && rows.length === 0 && (
          <Notice title={say('state.empty')}>{say('cases.empty')}</Notice>
        )}
        {rows.length > 0 && (
          <DataTable
            caption={say('cases.funnel')}
            columns={[
              { word: 'cases.country' },
              ...STAGES.map((stage) => ({ word: `caseStage.${stage}` as const, isNumber: true })),
            ]}
            rows={rows.map(({ country, steps }) => ({
              id: country,
              cells: [
                countries.get(country)?.name ?? countryName(country, country),
                ...STAGES.map((stage) => stepWords(steps.find((step) => step.stage === stage))),
              ],
            }))}
          />
        )}
      </Block>
    </Desk>
  );
}

function stepWords(step: Step | undefined): string {
  if (step === undefined) return say('not.known');
  if (step.medianDays === null) return number(step.cases);
  return say('cases.step', {
    cases: number(step.cases),
    days: say('count.days', { count: step.medianDays }),
    timed: number(step.timed),
  });
}
