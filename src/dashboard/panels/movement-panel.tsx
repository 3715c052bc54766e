/** One movement, stop by stop with how each is known, and the report that it comes from with its grades, where the viewer sees that. */
import { useMemo } from 'react';
import type { Question } from '../hub/ask.ts';
import type { Interval } from '../hub/questions.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { AnswerState } from '../page/answer-state.tsx';
import { useCountries } from '../page/countries.ts';
import { dayOf, persons, say, wordFor } from '../words/words.ts';
import { Fact, Facts, Part } from './evidence.tsx';

interface Graded {
  readonly evaluation: { readonly reliability: string; readonly credibility: number };
}

interface Movement extends Graded {
  readonly id: string;
  readonly owner: string;
  readonly redacted: boolean;
  readonly mode: string;
  readonly status: string;
  readonly verification: string;
  readonly occurred: { readonly from: string; readonly to: string } | null;
  readonly persons: Interval;
  readonly waypoints: readonly {
    readonly ordinal: number;
    readonly kind: string;
    readonly basis: string;
    readonly country: string | null;
    readonly uncertaintyKm: number | null;
    readonly place: { readonly name: string } | null;
  }[];
  readonly report:
    | (Graded & {
        readonly id: string;
        readonly kind: string;
        readonly handling: string;
        readonly pap: string;
        readonly originKind: string;
        readonly recordedAt: string;
        readonly observed: { readonly from: string } | null;
        readonly reported: { readonly from: string } | null;
      })
    | null;
}

export const movementQuestion = (id: string): Question => ({
  query: `query Movement($id: String!) {
  movement(id: $id) {
    id owner redacted mode status verification
    occurred { from to }
    persons { min max }
    evaluation { reliability credibility }
    waypoints { ordinal kind basis country uncertaintyKm place { name } }
    report {
      id kind handling pap originKind recordedAt
      observed { from }
      reported { from }
      evaluation { reliability credibility }
    }
  }
}`,
  variables: { id },
});

export function MovementPanel({ id }: { readonly id: string }) {
  const question = useMemo(() => movementQuestion(id), [id]);
  const answer = useAnswer<{ readonly movement: Movement | null }>(question);
  const movement = answer.isCurrent ? answer.data?.movement : undefined;
  return (
    <>
      <h2>{say('movement.title')}</h2>
      <AnswerState answer={answer} />
      {movement === null && <p className="quiet">{say('movement.gone')}</p>}
      {movement != null && <Told movement={movement} />}
    </>
  );
}

function Told({ movement }: { readonly movement: Movement }) {
  const countries = useCountries();
  const { occurred, report } = movement;
  return (
    <>
      {movement.redacted && <p className="quiet">{say('movement.inPart')}</p>}
      <Facts>
        <Fact word="movement.occurred">{occurred === null ? say('not.known') : dayOf(occurred.from)}</Fact>
        <Fact word="movement.persons">{persons(movement.persons)}</Fact>
        <Fact word="movement.mode">{wordFor('mode', movement.mode)}</Fact>
        <Fact word="movement.status">{wordFor('status', movement.status)}</Fact>
        <Fact word="movement.verification">{wordFor('verified', movement.verification)}</Fact>
        <Fact word="movement.owner">{movement.owner}</Fact>
      </Facts>
      <Part word="movement.travel">
        <ol className="stages">
          {movement.waypoints.map((stop) => (
            <li key={stop.ordinal} className={`stop-${stop.kind.toLowerCase()}`}>
              {stop.place?.name ??
                countries.get(stop.country ?? '')?.name ??
                stop.country ??
                say('not.known')}
              <small>
                {wordFor('basis', stop.basis)} · {wordFor('known', stop.kind)}
                {stop.uncertaintyKm !== null &&
                  ` · ${say('panel.waypoint.uncertain', { km: Math.max(1, Math.round(stop.uncertaintyKm)) })}`}
              </small>
            </li>
          ))}
        </ol>
      </Part>
      {report !== null && (
        <Part word="movement.report">
          <Facts>
            <Fact word="movement.reportKind">{wordFor('reportKind', report.kind)}</Fact>
            <Fact word="movement.origin">{wordFor('origin', report.originKind)}</Fact>
            <Grades of={report} />
            <Fact word="movement.observed">
              {report.observed === null ? null : dayOf(report.observed.from)}
            </Fact>
            <Fact word="movement.reported">
              {report.reported === null ? null : dayOf(report.reported.from)}
            </Fact>
            <Fact word="movement.recorded">{dayOf(report.recordedAt)}</Fact>
            <Fact word="movement.handling">
              {say('movement.handlingValue', {
                tlp: report.handling.replaceAll('_', '+'),
                pap: report.pap.replaceAll('_', '+'),
              })}
            </Fact>
            <Fact word="movement.id">
              <code>{report.id}</code>
            </Fact>
          </Facts>
        </Part>
      )}
      {report === null && (
        <Facts>
          <Grades of={movement} />
        </Facts>
      )}
    </>
  );
}

function Grades({ of: { evaluation } }: { readonly of: Graded }) {
  return (
    <>
      <Fact word="movement.reliability">{wordFor('reliability', evaluation.reliability)}</Fact>
      <Fact word="movement.credibility">{wordFor('credibility', String(evaluation.credibility))}</Fact>
    </>
  );
}
