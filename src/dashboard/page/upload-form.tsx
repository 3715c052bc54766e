/** Giving the hub a file: how it is to be read, how far it is, and what became of its rows or why it was refused. */

import { type FormEvent, useState } from 'react';
import { HubError } from '../hub/ask.ts';
import { inBase64, upload } from '../hub/upload.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { languageOf, number, say, share } from '../words/words.ts';
import { AnswerState, whatToDo } from './answer-state.tsx';
import { fieldOf } from './form-fields.ts';
import { importFile, type Outcome, PROFILES, type ProfilesAnswer } from './import-answer.ts';
import { SteadyButton } from './steady-button.tsx';

const ORDERS = ['DMY', 'MDY', 'YMD'] as const;

interface UploadProps {
  /** Null where nothing was taken in. */
  readonly done: (batchId: string | null, words: string) => void;
}

export function UploadForm({ done }: UploadProps) {
  const [sent, setSent] = useState<number | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const profiles = useAnswer<ProfilesAnswer>(PROFILES);
  // One that joins other files is for the command line, which is given them all.
  const known = (profiles.data?.importProfiles ?? []).filter(({ joins }) => !joins);
  const name = chosen ?? known[0]?.name ?? '';
  const own = chosen === '';
  const told = known.find((one) => one.name === name)?.description;
  const give = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    setSent(0);
    questionFrom(form)
      .then((question) => upload<{ readonly importFile: Outcome }>(question, setSent))
      .then(({ importFile: outcome }) => {
        done(outcome.batchId ?? null, wordsOf(outcome));
        if (outcome.batchId !== undefined) {
          form.reset();
          setChosen(null);
        }
      })
      .catch((error: unknown) =>
        done(null, error instanceof HubError ? whatToDo(error) : say('state.failed')),
      )
      .finally(() => setSent(null));
  };
  return (
    <form className="upload" onSubmit={give}>
      <label>
        {say('upload.file')}
        <input type="file" name="file" required accept=".csv,.xlsx,.txt,.tsv" />
      </label>
      <label>
        {say('upload.profile')}
        <select name="profile" value={name} onChange={(event) => setChosen(event.target.value)}>
          {known.map((one) => (
            <option key={one.name} value={one.name}>
              {one.name}
            </option>
          ))}
          <option value="">{say('upload.own')}</option>
        </select>
      </label>
      <AnswerState answer={profiles} />
      {told !== undefined && (
        <p className="quiet upload-told" lang={languageOf(told)}>
          {told}
        </p>
      )}
      {own && (
        <label>
          {say('upload.ownFile')}
          <input type="file" name="profileJson" required accept=".json" />
        </label>
      )}
      <details>
        <summary>{say('upload.more')}</summary>
        <div className="upload-more">
          <label>
            {say('upload.order')}
            <select name="dateOrder">
              <option value="">{say('upload.asProfile')}</option>
              {ORDERS.map((order) => (
                <option key={order} value={order}>
                  {say(`dateOrder.${order}`)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {say('upload.zone')}
            <input name="zone" autoComplete="off" maxLength={60} />
          </label>
          <label>
            {say('upload.sheet')}
            <input name="sheet" autoComplete="off" maxLength={60} />
          </label>
        </div>
      </details>
      <div className="upload-acts">
        <SteadyButton type="submit" className="button is-first" isOff={sent !== null}>
          {say('upload.give')}
        </SteadyButton>
        {sent !== null && (
          <span className="at-work" role="status">
            {sent < 1 ? say('upload.sent', { share: share(sent) }) : say('upload.reading')}
            <progress aria-label={say('upload.give')} {...(sent < 1 ? { value: sent } : {})} />
          </span>
        )}
      </div>
    </form>
  );
}

async function questionFrom(form: HTMLFormElement): Promise<ReturnType<typeof importFile>> {
  const fields = new FormData(form);
  const file = fields.get('file');
  const profile = fields.get('profileJson');
  if (!(file instanceof File)) throw new HubError('BAD_INPUT', '');
  const said = {
    fileName: file.name,
    contentBase64: await inBase64(file),
    profile: fieldOf(form, 'profile'),
    profileJson: profile instanceof File ? await profile.text() : '',
    dateOrder: fieldOf(form, 'dateOrder'),
    zone: fieldOf(form, 'zone'),
    sheet: fieldOf(form, 'sheet'),
  };
  return importFile(Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '')));
}

function wordsOf({ rows = 0, repeated, counts, reasons }: Outcome): string {
  if (reasons !== undefined) return reasons.map((reason) => say('imports.reason', { ...reason })).join(' ');
  if (repeated === true) return say('upload.repeated');
  return say('upload.done', { rows: number(rows), waiting: number(counts?.quarantined ?? 0) });
}
