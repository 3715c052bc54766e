/** Who saw this record, why, under what: the audit log, narrowed by what stands in the address. */
import { type FormEvent, useMemo, useState } from 'react';
import type { Question } from '../hub/ask.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { fieldOf } from '../page/form-fields.ts';
import { ListTable, Section } from '../page/section.tsx';
import type { Address, Go } from '../view/address.ts';
import { momentOf, numberUpTo, say, wordFor } from '../words/words.ts';
import { Choice, Field } from './fields.tsx';

interface Event {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly organisation: string | null;
  readonly keyId: string | null;
  readonly purpose: string | null;
  readonly objectKind: string;
  readonly objectIds: readonly string[];
  readonly detail: readonly { readonly name: string; readonly value: string }[];
}

interface Answered {
  readonly auditEvents: {
    readonly countUpTo: number;
    readonly nodes: readonly Event[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const eventsQuestion = (filter: Readonly<Record<string, unknown>>, after: string | null): Question => ({
  query: `query WhoSaw($filter: AuditFilter, $after: String) {
  auditEvents(filter: $filter, after: $after, first: 50) {
    countUpTo(limit: 10000)
    pageInfo { hasNextPage endCursor }
    nodes { id at action organisation keyId purpose objectKind objectIds detail { name value } }
  }
}`,
  variables: { filter, after },
});

const SHOWN_IDS = 3;

export function Audit({ address, go }: { readonly address: Address; readonly go: Go }) {
  const { params } = address;
  const [after, setAfter] = useState<string | null>(null);
  const filter = useMemo(() => filterOf(params), [params]);
  const question = useMemo(() => eventsQuestion(filter, after), [filter, after]);
  const answer = useAnswer<Answered>(question);
  const events = answer.data?.auditEvents;
  const narrow = (next: Readonly<Record<string, string>>): void => {
    setAfter(null);
    go({ path: ['officer', 'audit'], params: next });
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const said = ['record', 'who', 'from', 'to'].map((name) => [name, fieldOf(form, name)] as const);
    narrow(Object.fromEntries(said.filter(([, value]) => value !== '' && value !== 'ANYBODY')));
  };
  const title = say('audit.title');
  return (
    <>
      <form key={JSON.stringify(params)} className="card section audit-form" onSubmit={submit}>
        <Field
          word="audit.record"
          name="record"
          value={params.record ?? ''}
          hint="audit.record.hint"
          isOptional
        />
        <Choice
          word="audit.who"
          name="who"
          group="auditWho"
          values={params.who === 'OTHERS' ? ['OTHERS', 'ANYBODY'] : ['ANYBODY', 'OTHERS']}
        />
        <Field word="audit.from" name="from" type="date" value={params.from ?? ''} isOptional />
        <Field word="audit.to" name="to" type="date" value={params.to ?? ''} isOptional />
        <button type="submit" className="button is-first">
          {say('audit.ask')}
        </button>
      </form>
      <Section
        title={title}
        count={numberUpTo(events?.countUpTo ?? 0)}
        what="audit.what"
        question={question}
        answer={answer}
      >
        <ListTable
          name={title}
          columns={['table.when', 'table.act', 'table.who', 'table.purpose', 'table.record', 'table.detail']}
          whenEmpty="audit.none"
          rows={(events?.nodes ?? []).map((one) => ({
            id: one.id,
            cells: [
              <span key="when" className="moment">
                {momentOf(one.at)}
              </span>,
              wordFor('auditAction', one.action),
              <span key="who">
                {one.organisation ?? say('audit.hub')} {one.keyId !== null && <code>{one.keyId}</code>}
              </span>,
              one.purpose === null ? '' : wordFor('purpose', one.purpose.toUpperCase()),
              <Objects key="what" event={one} open={(record) => narrow({ ...params, record })} />,
              one.detail.map(({ name, value }) => say('audit.detail', { name, value })).join('; '),
            ],
          }))}
        />
        <div className="tools">
          {after !== null && (
            <button type="button" className="button" onClick={() => setAfter(null)}>
              {say('audit.newest')}
            </button>
          )}
          {events?.pageInfo.hasNextPage === true && (
            <button type="button" className="button" onClick={() => setAfter(events.pageInfo.endCursor)}>
              {say('audit.older')}
            </button>
          )}
        </div>
      </Section>
    </>
  );
}

function Objects({ event, open }: { readonly event: Event; readonly open: (id: string) => void }) {
  const { objectKind, objectIds } = event;
  const more = objectIds.length - SHOWN_IDS;
  return (
    <>
      {wordFor('objectKind', objectKind)}{' '}
      {objectIds.slice(0, SHOWN_IDS).map((id) => (
        <button key={id} type="button" className="link as-id" onClick={() => open(id)}>
          {id}
        </button>
      ))}
      {more > 0 && <small>{say('count.more', { count: more })}</small>}
    </>
  );
}

function filterOf(params: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const at = {
    ...(params.from === undefined ? {} : { from: `${params.from}T00:00:00Z` }),
    ...(params.to === undefined ? {} : { to: `${params.to}T00:00:00Z` }),
  };
  return {
    ...(params.record === undefined ? {} : { objectId: params.record }),
    ...(params.who === 'OTHERS' ? { byOthers: true } : {}),
    ...(Object.keys(at).length === 0 ? {} : { at }),
  };
}
