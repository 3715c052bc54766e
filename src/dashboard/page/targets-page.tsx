/** Targets of the organisation: what is next, by when and who answers for it, with what speaks for each; and what recurs that nobody follows. */
import { useMemo, useState } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import type { PageProps } from '../shell/page-props.ts';
import { dayOf, say, wordFor } from '../words/words.ts';
import { Desk, MonthChoice } from './desk-page.tsx';
import { OpenReport } from './open-report.tsx';
import { ListTable, Section } from './section.tsx';
import { CloseTarget, PlanTarget, TakeTarget } from './target-acts.tsx';
import { TargetDetail } from './target-detail.tsx';
import { TargetLeads } from './target-leads.tsx';
import {
  SHOWN,
  type Shown,
  type Standing,
  type Target,
  type TargetsAnswer,
  targets,
} from './target-questions.ts';
import { nameOf } from './target-words.ts';
import { useWho, type Who } from './use-who.tsx';

const CHOICES = Object.keys(SHOWN) as readonly Shown[];

export function TargetsPage({ me, address, go }: PageProps) {
  const shown = CHOICES.find((one) => one === address.params.show) ?? 'OPEN';
  const chosen = address.path[1] ?? null;
  const question = useMemo(() => targets(SHOWN[shown]), [shown]);
  const answer = useAnswer<TargetsAnswer>(question);
  const who = useWho(me);
  const [acts, setActs] = useState(0);
  const again = (): void => {
    answer.again();
    setActs((count) => count + 1);
  };
  const { nodes = [], totalCount = 0 } = answer.data?.targets ?? {};
  const late = answer.data?.late.totalCount ?? 0;
  const showing = shown === 'OPEN' ? {} : { show: shown };
  const open = (id: string | null): void =>
    go({ path: id === null ? ['targets'] : ['targets', id], params: showing });
  const change = (part: Readonly<Record<string, string | null>>): void =>
    go({
      path: address.path,
      params: Object.fromEntries(
        Object.entries({ ...address.params, ...part }).filter(
          (one): one is [string, string] => one[1] != null,
        ),
      ),
    });
  return (
    <Desk
      word="targets.title"
      lead="targets.lead"
      controls={
        <MonthChoice
          word="targets.show"
          value={shown}
          months={CHOICES.map((value) => ({ value, text: wordFor('targetShown', value) }))}
          choose={(next) => go({ path: ['targets'], params: next === 'OPEN' ? {} : { show: next } })}
        />
      }
    >
      <Section
        title={say('targets.list')}
        count={totalCount}
        what="targets.list.what"
        question={question}
        answer={answer}
      >
        {(shown === 'OPEN' || shown === 'OVERDUE') && (
          <p className={late > 0 ? 'said' : 'quiet'} data-figure="overdue">
            {late > 0 ? say('targets.overdue', { count: late }) : say('targets.overdue.none')}
          </p>
        )}
        <ListTable
          name={say('targets.list')}
          columns={[
            'targets.target',
            'targets.stage',
            'targets.next',
            'targets.due',
            'targets.responsible',
            'targets.standing',
            'table.act',
          ]}
          whenEmpty={shown === 'OPEN' ? 'targets.none.open' : 'targets.none'}
          rows={nodes.map((one) => ({ id: one.id, cells: cellsOf(one, chosen, who, open, again) }))}
        />
        {nodes.length < totalCount && (
          <p className="quiet">{say('count.more', { count: totalCount - nodes.length })}</p>
        )}
      </Section>
      {chosen !== null && (
        <TargetDetail
          key={chosen}
          acts={acts}
          id={chosen}
          who={who}
          openReport={(report) => change({ report })}
          close={() => open(null)}
        />
      )}
      <TargetLeads again={again} acts={acts} />
      <OpenReport params={address.params} change={change} />
    </Desk>
  );
}

function cellsOf(
  one: Target,
  chosen: string | null,
  who: Who,
  open: (id: string | null) => void,
  again: () => void,
) {
  const name = nameOf(one);
  return [
    <span key="name">
      <button
        type="button"
        className="link"
        aria-pressed={chosen === one.id}
        onClick={() => open(chosen === one.id ? null : one.id)}
      >
        {name}
      </button>{' '}
      <small>{wordFor('entity', one.kind)}</small>
    </span>,
    wordFor('targetStage', one.stage),
    one.nextAction === null
      ? wordFor('targetClosing', one.closedFor ?? '')
      : wordFor('targetAction', one.nextAction),
    one.overdue ? (
      <strong key="due" className="said">
        {say('targets.late', { day: dayOf(one.dueOn) })}
      </strong>
    ) : (
      dayOf(one.dueOn)
    ),
    one.mine ? say('targets.you') : who(one.responsible),
    <Stands key="standing" standing={one.standing} />,
    one.stage === 'CLOSED' ? (
      ''
    ) : (
      <span key="acts" className="tools">
        <PlanTarget target={one} done={again} />
        {!one.mine && <TakeTarget target={one} done={again} />}
        <CloseTarget target={one} done={again} />
      </span>
    ),
  ];
}

/** A case that hangs on victims alone is told so before anything else. */
function Stands({ standing }: { readonly standing: Standing }) {
  const {
    entities,
    incidents,
    independentOrigins,
    incidentsWithoutVictim,
    restsOnVictimsAlone,
    missingEvidence,
  } = standing;
  if (entities === 0) return <span className="said">{say('targets.unsupported')}</span>;
  return (
    <>
      {restsOnVictimsAlone && <strong className="said own-line">{say('targets.victimsAlone')}</strong>}
      {say('targets.stands', {
        incidents: say('count.incidents', { count: incidents }),
        without: incidentsWithoutVictim,
        origins: say('targets.origins', { count: independentOrigins }),
      })}
      {missingEvidence.length > 0 && (
        <small className="quiet own-line">
          {say('targets.missing', {
            kinds: missingEvidence.map((kind) => wordFor('origin', kind)).join(', '),
          })}
        </small>
      )}
    </>
  );
}
