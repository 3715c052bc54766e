/** Acts on a target: planned, taken over, closed. */
import { ActButton } from '../officer/act-button.tsx';
import { Choice, Field } from '../officer/fields.tsx';
import { say } from '../words/words.ts';
import { fieldOf } from './form-fields.ts';
import {
  ACTIONS,
  CLOSE_TARGET,
  CLOSINGS,
  PLAN_TARGET,
  STAGES,
  TAKE_TARGET,
  type Target,
} from './target-questions.ts';
import { nameOf } from './target-words.ts';

interface ActProps {
  readonly target: Target;
  readonly done: () => void;
}

/** A fortnight from now, unless it is said otherwise. */
export function usualDay(): string {
  return new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
}

export function PlanTarget({ target, done }: ActProps) {
  const { id, version, stage, nextAction, dueOn, overdue } = target;
  return (
    <ActButton
      word="targets.plan"
      label={say('targets.plan.of', { name: nameOf(target) })}
      willHappen={say('targets.plan.will')}
      question={(form, idempotencyKey) => ({
        query: PLAN_TARGET,
        variables: {
          id,
          version,
          stage: fieldOf(form, 'stage'),
          action: fieldOf(form, 'action'),
          dueOn: fieldOf(form, 'dueOn'),
          idempotencyKey,
        },
      })}
      done={done}
      refused={done}
    >
      {target.standing.restsOnVictimsAlone && <p className="said">{say('targets.victimsAlone')}</p>}
      <Choice
        word="targets.stage"
        name="stage"
        group="targetStage"
        values={STAGES.filter((one) => one !== 'REFERRED' || stage === 'READY' || stage === 'REFERRED')}
        value={stage}
      />
      <Choice
        word="targets.next"
        name="action"
        group="targetAction"
        values={ACTIONS}
        value={nextAction ?? ACTIONS[0]}
      />
      <Field word="targets.due" name="dueOn" type="date" value={overdue ? usualDay() : dueOn} />
    </ActButton>
  );
}

export function TakeTarget({ target, done }: ActProps) {
  const { id, version } = target;
  return (
    <ActButton
      word="targets.take"
      label={say('targets.take.of', { name: nameOf(target) })}
      willHappen={say('targets.take.will')}
      question={(_form, idempotencyKey) => ({
        query: TAKE_TARGET,
        variables: { id, version, idempotencyKey },
      })}
      done={done}
      refused={done}
    />
  );
}

export function CloseTarget({ target, done }: ActProps) {
  const { id, version } = target;
  return (
    <ActButton
      word="targets.close"
      label={say('targets.close.of', { name: nameOf(target) })}
      willHappen={say('targets.close.will')}
      isEnding
      question={(form, idempotencyKey) => ({
        query: CLOSE_TARGET,
        variables: { id, version, reason: fieldOf(form, 'reason'), idempotencyKey },
      })}
      done={done}
      refused={done}
    >
      <Choice word="agreement.reason" name="reason" group="targetClosing" values={CLOSINGS} value="" />
    </ActButton>
  );
}
