/** One report with its grades, what it tells of, and the movements that came to light in it. */
import { useMemo } from 'react';
import type { Question } from '../hub/ask.ts';
import type { Interval } from '../hub/questions.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { AnswerState } from '../page/answer-state.tsx';
import { useCountries } from '../page/countries.ts';
import { dayOf, persons, say, wordFor } from '../words/words.ts';
import { Fact, Facts, Movements, Part } from './evidence.tsx';

interface ReportAnswer {
  readonly report: {
    readonly id: string;
    readonly kind: string;
    readonly owner: string;
    readonly redacted: boolean;
    readonly handling: string;
    readonly pap: string;
    readonly originKind: string;
    readonly recordedAt: string;
    readonly observed: { readonly from: string } | null;
    readonly evaluation: { readonly reliability: string; readonly credibility: number };
    readonly incidents: readonly {
      readonly id: string;
      readonly kind: string;
      readonly country: string | null;
      readonly occurred: { readonly from: string } | null;
      readonly place: { readonly name: string } | null;
      readonly persons: Interval;
    }[];
  } | null;
}

export const reportQuestion = (id: string): Question => ({
  query: `query Report($id: String!) {
  report(id: $id) {
    id kind owner redacted handling pap originKind recordedAt
    observed { from }
    evaluation { reliability credibility }
    incidents { id kind country occurred { from } place { name } persons { min max } }
  }
}`,
  variables: { id },
});

export function ReportPanel({
  id,
  openMovement,
}: {
  readonly id: string;
  readonly openMovement: (id: string) => void;
}) {
  const answer = useAnswer<ReportAnswer>(useMemo(() => reportQuestion(id), [id]));
  const report = answer.isCurrent ? answer.data?.report : undefined;
  return (
    <>
      <h2>{report == null ? say('movement.report') : wordFor('reportKind', report.kind)}</h2>
      <AnswerState answer={answer} />
      {report === null && <p className="quiet">{say('movement.gone')}</p>}
      {report != null && <Told report={report} openMovement={openMovement} />}
    </>
  );
}

function Told({
  report,
  openMovement,
}: {
  readonly report: NonNullable<ReportAnswer['report']>;
  readonly openMovement: (id: string) => void;
}) {
  const countries = useCountries();
  const { incidents, evaluation } = report;
  const filter = useMemo(() => ({ incidentIds: incidents.map(({ id }) => id) }), [incidents]);
  return (
    <>
      {report.redacted && <p className="quiet">{say('movement.inPart')}</p>}
      <Facts>
        <Fact word="movement.owner">{report.owner}</Fact>
        <Fact word="movement.origin">{wordFor('origin', report.originKind)}</Fact>
        <Fact word="movement.reliability">{wordFor('reliability', evaluation.reliability)}</Fact>
        <Fact word="movement.credibility">{wordFor('credibility', String(evaluation.credibility))}</Fact>
        <Fact word="movement.observed">{report.observed === null ? null : dayOf(report.observed.from)}</Fact>
        <Fact word="movement.recorded">{dayOf(report.recordedAt)}</Fact>
        <Fact word="movement.handling">
          {say('movement.handlingValue', {
            tlp: report.handling.replaceAll('_', '+'),
            pap: report.pap.replaceAll('_', '+'),
          })}
        </Fact>
      </Facts>
      {incidents.length > 0 && (
        <Part word="new.incidents">
          <ul className="plain">
            {incidents.map((one) => (
              <li key={one.id} className="told-incident">
                {wordFor('incidentKind', one.kind)}
                <small>
                  {[
                    one.occurred === null ? say('not.known') : dayOf(one.occurred.from),
                    one.place?.name ?? countries.get(one.country ?? '')?.name ?? one.country ?? '',
                    persons(one.persons),
                  ]
                    .filter((text) => text !== '')
                    .join(' · ')}
                </small>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Movements filter={filter} total={0} openMovement={openMovement} />
    </>
  );
}
