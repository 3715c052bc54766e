/** Keys of the organisation's machines: which there are and what each may, making one, whose secret is shown once, and revoking. */
import { useState } from 'react';
import { useAnswer } from '../hub/use-answer.ts';
import { fieldOf } from '../page/form-fields.ts';
import { ListTable, Section } from '../page/section.tsx';
import { dayOf, say, wordFor } from '../words/words.ts';
import { ActButton } from './act-button.tsx';
import { Choice, Field, PURPOSES, Ticks, tickedIn } from './fields.tsx';
import { KEYS, type ListedKey, MAKE_KEY, REVOKE_KEY } from './key-questions.ts';
import { ShownOnce } from './shown-once.tsx';

const SECRET = { title: 'keys.secret', gone: 'keys.secret.gone', away: 'keys.secret.away' } as const;

const ROLES = ['DASHBOARD', 'FIELD', 'ANALYST', 'INVESTIGATOR', 'DATA_OFFICER', 'PARTNER'] as const;
const USUAL_DAYS = '90';

export function Keys() {
  const answer = useAnswer<{ readonly apiKeys: readonly ListedKey[] }>(KEYS);
  // Null where none was made just now.
  const [made, setMade] = useState<{ readonly key: string | null } | null>(null);
  const keys = answer.data?.apiKeys ?? [];
  return (
    <Section
      title={say('officer.keys')}
      count={keys.length}
      what="keys.what"
      question={KEYS}
      answer={answer}
      tools={
        <ActButton
          word="keys.make"
          isFirst
          willHappen={say('keys.make.will')}
          question={(form, idempotencyKey) => ({
            query: MAKE_KEY,
            variables: {
              role: fieldOf(form, 'role'),
              label: fieldOf(form, 'label'),
              days: Number(fieldOf(form, 'days')),
              vaultPermission: tickedIn(form, 'vault').length > 0,
              purposes: tickedIn(form, 'purposes'),
              idempotencyKey,
            },
          })}
          done={({ key = null }) => {
            setMade({ key });
            answer.again();
          }}
        >
          <Field word="keys.label" name="label" hint="keys.label.hint" />
          <Choice word="accounts.role" name="role" group="viewer" values={ROLES} />
          <ul className="plain quiet">
            {ROLES.map((role) => (
              <li key={role}>
                <strong>{wordFor('viewer', role)}</strong> {wordFor('keyScope', role)}
              </li>
            ))}
          </ul>
          <Field word="keys.days" name="days" type="number" value={USUAL_DAYS} />
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
      {made !== null && <ShownOnce text={made.key} words={SECRET} close={() => setMade(null)} />}
      <ListTable
        name={say('officer.keys')}
        columns={['keys.label', 'accounts.role', 'table.state', 'table.act']}
        whenEmpty="keys.none"
        rows={keys.map((one) => ({
          id: one.id,
          cells: [
            <span key="label">
              {one.label} <small>{`${one.begins}…`}</small>
            </span>,
            <span key="role">
              {wordFor('viewer', one.role)} <small>{scopeOf(one)}</small>
            </span>,
            stateOf(one),
            one.works && !one.asking ? (
              <ActButton
                key="act"
                word="keys.revoke"
                label={say('keys.revoke.of', { label: one.label })}
                isEnding
                willHappen={say('keys.revoke.will', { label: one.label })}
                question={(_form, idempotencyKey) => ({
                  query: REVOKE_KEY,
                  variables: { id: one.id, idempotencyKey },
                })}
                done={answer.again}
                refused={answer.again}
              />
            ) : null,
          ],
        }))}
      />
    </Section>
  );
}

function scopeOf({ role, vaultPermission, purposes }: ListedKey): string {
  const all = PURPOSES.every((purpose) => purposes.includes(purpose));
  return [
    wordFor('keyScope', role),
    ...(vaultPermission ? [say('keys.vault')] : []),
    ...(all
      ? []
      : [say('keys.purposes', { purposes: purposes.map((one) => wordFor('purpose', one)).join(', ') })]),
  ].join('; ');
}

function stateOf(key: ListedKey): string {
  if (key.revokedAt !== null) return say('keys.revoked', { day: dayOf(key.revokedAt) });
  const day = dayOf(key.expiresAt);
  if (!key.works) return say('keys.expired', { day });
  return key.asking ? `${say('keys.works', { day })}, ${say('keys.asking')}` : say('keys.works', { day });
}
