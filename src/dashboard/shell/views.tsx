/** Saved views: keeping what one looks at under a name, finding it again, and giving it to colleagues. */
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Me } from '../hub/session.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { ActButton } from '../officer/act-button.tsx';
import { Field, Ticks, tickedIn } from '../officer/fields.tsx';
import { AnswerState } from '../page/answer-state.tsx';
import { fieldOf } from '../page/form-fields.ts';
import { type Address, writeAddress } from '../view/address.ts';
import { dayOf, say, wordFor } from '../words/words.ts';
import type { Page } from './pages.ts';
import {
  REMOVE_VIEW,
  RENAME_VIEW,
  SAVE_VIEW,
  SAVED_PAGES,
  type SavedView,
  type SavedViewsAnswer,
  SHARE_VIEW,
  savedViews,
} from './view-questions.ts';

interface ViewsProps {
  readonly me: Me;
  readonly address: Address;
  readonly pages: readonly Page[];
  readonly page: Page;
}

export function Views(props: ViewsProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button ref={button} type="button" className="button" onClick={() => setOpen(true)}>
        {say('views.open')}
      </button>
      {isOpen && <ViewList {...props} close={close} />}
    </>
  );
}

function ViewList({ me, address, pages, page, close }: ViewsProps & { readonly close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const seen = pages.map(({ path }) => path).filter(isSaved);
  const question = useMemo(() => savedViews(seen), [seen.join()]);
  const answer = useAnswer<SavedViewsAnswer>(question);
  const views = answer.data?.savedViews.nodes ?? [];
  const here = addressOf(address, page);
  const mayEnd = me.role === 'DATA_OFFICER';
  const list = (mine: boolean) => (
    <ul className="saved-views" data-list={mine ? 'mine' : 'theirs'}>
      {views
        .filter((one) => one.mine === mine)
        .map((one) => (
          <li key={one.id}>
            <a
              href={`#/${one.address}`}
              onClick={close}
              aria-current={one.address === here ? 'page' : undefined}
            >
              {one.name}
            </a>
            <small>{noteOf(one)}</small>
            <span className="tools">
              <ViewActs view={one} mayEnd={mayEnd} done={answer.again} />
            </span>
          </li>
        ))}
    </ul>
  );
  return (
    <dialog ref={dialog} className="card act" aria-labelledby={title} onClose={close}>
      <header className="section-head">
        <h2 id={title}>{say('views.title')}</h2>
        <button type="button" className="button" onClick={close}>
          {say('views.close')}
        </button>
      </header>
      <p className="quiet">{say('views.what')}</p>
      <SaveHere me={me} page={page} here={here} done={answer.again} />
      <AnswerState answer={answer} />
      {answer.data !== null && (
        <>
          {me.mayImport && (
            <>
              <h3>{say('views.mine')}</h3>
              {views.some(({ mine }) => mine) ? (
                list(true)
              ) : (
                <p className="quiet">{say('views.mine.none')}</p>
              )}
            </>
          )}
          <h3>{say('views.theirs')}</h3>
          {views.some(({ mine }) => !mine) ? (
            list(false)
          ) : (
            <p className="quiet">{say('views.theirs.none')}</p>
          )}
          {answer.data.savedViews.pageInfo.hasNextPage && <p className="quiet">{say('views.more')}</p>}
        </>
      )}
    </dialog>
  );
}

function SaveHere({
  me,
  page,
  here,
  done,
}: Pick<ViewsProps, 'me' | 'page'> & { readonly here: string; readonly done: () => void }) {
  if (!me.mayImport) return <p className="quiet">{say('views.save.role')}</p>;
  if (!isSaved(page.path)) return <p className="quiet">{say('views.save.not')}</p>;
  return (
    <p>
      <ActButton
        word="views.save"
        isFirst
        willHappen={say('views.save.will')}
        question={(form, idempotencyKey) => ({
          query: SAVE_VIEW,
          variables: {
            name: fieldOf(form, 'name'),
            address: here,
            shared: tickedIn(form, 'shared').length > 0,
            idempotencyKey,
          },
        })}
        done={done}
      >
        <Field word="views.name" name="name" hint="views.name.hint" />
        <Ticks word="views.shared" name="shared" group="sharedView" values={['YES']} />
      </ActButton>
    </p>
  );
}

interface ViewActsProps {
  readonly view: SavedView;
  /** A data officer ends the sharing of any. */
  readonly mayEnd: boolean;
  readonly done: () => void;
}

function ViewActs({ view, mayEnd, done }: ViewActsProps) {
  const { id, version, name, mine, shared } = view;
  const given = { id, version };
  return (
    <>
      {mine && (
        <ActButton
          word="views.rename"
          label={say('views.rename.of', { name })}
          willHappen={say('views.rename.will')}
          question={(form, idempotencyKey) => ({
            query: RENAME_VIEW,
            variables: { ...given, name: fieldOf(form, 'name'), idempotencyKey },
          })}
          done={done}
          refused={done}
        >
          <Field word="views.name" name="name" hint="views.name.hint" value={name} />
        </ActButton>
      )}
      {(mine || (mayEnd && shared)) && (
        <>
          <ActButton
            word={shared ? 'views.unshare' : 'views.share'}
            label={say(shared ? 'views.unshare.of' : 'views.share.of', { name })}
            willHappen={say(shared ? 'views.unshare.will' : 'views.share.will')}
            question={(_form, idempotencyKey) => ({
              query: SHARE_VIEW,
              variables: { ...given, shared: !shared, idempotencyKey },
            })}
            done={done}
            refused={done}
          />
          <ActButton
            word="views.remove"
            label={say('views.remove.of', { name })}
            isEnding
            willHappen={say('views.remove.will')}
            question={(_form, idempotencyKey) => ({
              query: REMOVE_VIEW,
              variables: { ...given, idempotencyKey },
            })}
            done={done}
            refused={done}
          />
        </>
      )}
    </>
  );
}

const isSaved = (path: string): boolean => SAVED_PAGES.some((one) => one === path);

function noteOf({ page, changedAt, shared, mine }: SavedView): string {
  const note = mine && shared ? 'views.note.shared' : 'views.note';
  return say(note, { page: wordFor('page', page.toLowerCase()), day: dayOf(changedAt) });
}

/** Where the address names no page, it is the first. */
function addressOf({ path, params }: Address, page: Page): string {
  const whole = path[0] === page.path ? path : [page.path];
  return writeAddress({ path: whole, params }).slice('#/'.length);
}
