/** What can be asked and what it means: the descriptions of the published schema, one type at a time. */
import { useMemo, useState } from 'react';
import type { Question } from '../hub/ask.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { AnswerState } from '../page/answer-state.tsx';
import { languageOf, say } from '../words/words.ts';

interface TypeRef {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType?: TypeRef | null;
}

interface Described {
  readonly name: string;
  readonly description: string | null;
  readonly type?: TypeRef;
  readonly args?: readonly Described[];
}

interface TypeRead {
  readonly name: string;
  readonly description: string | null;
  readonly fields: readonly Described[] | null;
  readonly inputFields: readonly Described[] | null;
  readonly enumValues: readonly Described[] | null;
  readonly possibleTypes: readonly { readonly name: string }[] | null;
}

const typeQuestion = (name: string): Question => ({
  query: `query Docs($name: String!) {
  __type(name: $name) {
    name description
    fields { name description type { ...Ref } args { name description type { ...Ref } } }
    inputFields { name description type { ...Ref } }
    enumValues { name description }
    possibleTypes { name }
  }
}
fragment Ref on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`,
  variables: { name },
});

const BUILT_IN: ReadonlySet<string> = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);

export function SchemaDocs() {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="card section" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{say('query.docs')}</h2>
      </summary>
      {isOpen && <Docs />}
    </details>
  );
}

function Docs() {
  const [name, setName] = useState('Query');
  const [sought, setSought] = useState('');
  const question = useMemo(() => typeQuestion(name), [name]);
  const answer = useAnswer<{ readonly __type: TypeRead | null }>(question);
  const type = answer.data?.__type ?? null;
  const go = (to: string): void => {
    setName(to);
    setSought('');
  };
  const listed = [...(type?.fields ?? []), ...(type?.inputFields ?? []), ...(type?.enumValues ?? [])].filter(
    (one) => one.name.toLowerCase().includes(sought.trim().toLowerCase()),
  );
  return (
    <>
      <p className="quiet">
        {say('query.docs.what')} <a href="/schema.graphql">{say('query.docs.whole')}</a>
      </p>
      <div className="field">
        <label htmlFor="docs-find">{say('query.docs.find')}</label>
        <input
          id="docs-find"
          value={sought}
          autoComplete="off"
          onChange={(event) => setSought(event.target.value)}
        />
      </div>
      {name !== 'Query' && (
        <button type="button" className="button" onClick={() => go('Query')}>
          {say('query.docs.back')}
        </button>
      )}
      <AnswerState answer={answer} />
      {type !== null && (
        <div className="docs" tabIndex={0} role="region" aria-label={type.name}>
          <h3>{type.name}</h3>
          <p className="quiet" lang={languageOf(type.description ?? '')}>
            {type.description}
          </p>
          {type.possibleTypes?.map((one) => (
            <TypeName key={one.name} type={{ kind: 'OBJECT', name: one.name }} go={go} />
          ))}
          {listed.length === 0 && type.possibleTypes === null && (
            <p className="quiet">{say('query.docs.none')}</p>
          )}
          <dl>
            {listed.map((one) => (
              <Entry key={one.name} one={one} go={go} />
            ))}
          </dl>
        </div>
      )}
    </>
  );
}

function Entry({ one, go }: { readonly one: Described; readonly go: (name: string) => void }) {
  return (
    <div>
      <dt>
        <code>{one.name}</code> {one.type !== undefined && <TypeName type={one.type} go={go} />}
      </dt>
      <dd>
        <span lang={languageOf(one.description ?? '')}>{one.description}</span>
        {one.args !== undefined && one.args.length > 0 && (
          <details>
            <summary>{say('query.docs.takes')}</summary>
            <dl>
              {one.args.map((argument) => (
                <Entry key={argument.name} one={argument} go={go} />
              ))}
            </dl>
          </details>
        )}
      </dd>
    </div>
  );
}

function TypeName({ type, go }: { readonly type: TypeRef; readonly go: (name: string) => void }) {
  const name = innermost(type);
  if (BUILT_IN.has(name)) return <code>{written(type)}</code>;
  return (
    <button type="button" className="link as-id" onClick={() => go(name)}>
      {written(type)}
    </button>
  );
}

function innermost(type: TypeRef): string {
  return type.ofType == null ? (type.name ?? '') : innermost(type.ofType);
}

function written(type: TypeRef): string {
  if (type.ofType == null) return type.name ?? '';
  return type.kind === 'LIST' ? `[${written(type.ofType)}]` : `${written(type.ofType)}!`;
}
