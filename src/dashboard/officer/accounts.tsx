/** Accounts of the organisation: inviting, disabling, ending sessions. An invitation is shown once and kept nowhere. */
import { useState } from 'react';
import type { Acted } from '../hub/act.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { fieldOf } from '../page/form-fields.ts';
import { ListTable, Section } from '../page/section.tsx';
import { dayOf, momentOf, say, wordFor } from '../words/words.ts';
import {
  ACCOUNTS,
  type Account,
  DISABLE,
  ENABLE,
  END_SESSION,
  INVITE,
  INVITE_AGAIN,
} from './account-questions.ts';
import { ActButton } from './act-button.tsx';
import { Choice, Field, PURPOSES, Ticks, tickedIn } from './fields.tsx';
import { ShownOnce } from './shown-once.tsx';

const SECRET = {
  title: 'accounts.invitation',
  gone: 'accounts.invitation.gone',
  away: 'accounts.invitation.away',
} as const;

const ROLES = ['FIELD', 'ANALYST', 'INVESTIGATOR', 'DATA_OFFICER', 'DASHBOARD'] as const;

export function Accounts() {
  const answer = useAnswer<{ readonly accounts: readonly Account[] }>(ACCOUNTS);
  // Null where nothing was made just now.
  const [made, setMade] = useState<{ readonly invitation: string | null } | null>(null);
  const invited = (acted: Acted): void => {
    setMade({ invitation: acted.invitation ?? null });
    answer.again();
  };
  return (
    <Section
      title={say('officer.accounts')}
      what="accounts.what"
      question={ACCOUNTS}
      answer={answer}
      tools={
        <ActButton
          word="accounts.invite"
          isFirst
          willHappen={say('accounts.invite.will')}
          question={(form, idempotencyKey) => ({
            query: INVITE,
            variables: {
              name: fieldOf(form, 'name'),
              role: fieldOf(form, 'role'),
              purposes: tickedIn(form, 'purposes'),
              vaultPermission: tickedIn(form, 'vault').length > 0,
              idempotencyKey,
            },
          })}
          done={invited}
        >
          <Field word="accounts.name" name="name" hint="accounts.name.hint" />
          <Choice word="accounts.role" name="role" group="viewer" values={ROLES} />
          <Ticks
            word="agreements.purposes"
            name="purposes"
            group="purpose"
            values={PURPOSES}
            ticked={PURPOSES}
          />
          <Ticks word="accounts.vault" name="vault" group="vault" values={['YES']} />
        </ActButton>
      }
    >
      {made !== null && <ShownOnce text={made.invitation} words={SECRET} close={() => setMade(null)} />}
      <ListTable
        name={say('officer.accounts')}
        columns={['table.name', 'accounts.role', 'table.state', 'accounts.sessions', 'table.act']}
        whenEmpty="accounts.none"
        rows={(answer.data?.accounts ?? []).map((one) => ({
          id: one.id,
          cells: [
            <span key="name">
              {one.name ?? say('accounts.forgotten')} <small>{one.signInName}</small>
            </span>,
            wordFor('viewer', one.role),
            stateOf(one),
            <Sessions key="sessions" account={one} done={answer.again} />,
            <AccountActs key="acts" account={one} done={answer.again} invited={invited} />,
          ],
        }))}
      />
    </Section>
  );
}

function stateOf({ disabledAt, invitedUntil, signsIn }: Account): string {
  if (disabledAt !== null) return say('accounts.disabled', { day: dayOf(disabledAt) });
  if (signsIn !== null) return wordFor('signsIn', signsIn);
  return invitedUntil === null
    ? say('accounts.lapsed')
    : say('accounts.invited', { day: dayOf(invitedUntil) });
}

function Sessions({ account, done }: { readonly account: Account; readonly done: () => void }) {
  if (account.sessions.length === 0) return <>{say('accounts.sessions.none')}</>;
  return (
    <ul className="plain">
      {account.sessions.map((one) => (
        <li key={one.id}>
          {say('accounts.session', { at: momentOf(one.lastUsedAt) })}{' '}
          {one.asking ? (
            <small>{say('accounts.session.this')}</small>
          ) : (
            <ActButton
              word="accounts.endSession"
              isEnding
              willHappen={say('accounts.endSession.will', { name: account.name ?? account.signInName })}
              question={(_form, idempotencyKey) => ({
                query: END_SESSION,
                variables: { id: one.id, idempotencyKey },
              })}
              done={done}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

interface AccountActsProps {
  readonly account: Account;
  readonly done: () => void;
  readonly invited: (acted: Acted) => void;
}

function AccountActs({ account, done, invited }: AccountActsProps) {
  const { id, version, forgotten, disabledAt, signsIn } = account;
  const name = account.name ?? account.signInName;
  if (forgotten) return null;
  const of = (query: string) => (_form: HTMLFormElement, idempotencyKey: string) => ({
    query,
    variables: { id, version, idempotencyKey },
  });
  return (
    <span className="tools">
      {disabledAt === null && signsIn === null && (
        <ActButton
          word="accounts.again"
          willHappen={say('accounts.again.will', { name })}
          question={of(INVITE_AGAIN)}
          done={invited}
        />
      )}
      {disabledAt === null ? (
        <ActButton
          word="accounts.disable"
          label={say('accounts.disable.of', { name })}
          isEnding
          willHappen={say('accounts.disable.will', { name })}
          question={of(DISABLE)}
          done={done}
        />
      ) : (
        <ActButton
          word="accounts.enable"
          willHappen={say('accounts.enable.will', { name })}
          question={of(ENABLE)}
          done={done}
        />
      )}
    </span>
  );
}
