/** Taking things out: a picture of the map, and files of movements for a stated purpose and case. */

import { type FormEvent, useState } from 'react';
import { HubError, send } from '../hub/ask.ts';
import type { Me } from '../hub/session.ts';
import { movementFilter } from '../view/asked.ts';
import type { Filter } from '../view/map-view.ts';
import { say, wordFor } from '../words/words.ts';
import { whatToDo } from './answer-state.tsx';
import { fieldOf } from './form-fields.ts';
import { SteadyButton } from './steady-button.tsx';

interface Selection {
  readonly name: string;
  readonly filter: Filter;
}

interface ExportProps {
  readonly me: Me;
  /** One, or those that are held against each other: which of them is asked then. */
  readonly selections: readonly Selection[];
  readonly picture: () => Promise<Blob | null>;
}

export function ExportMenu({ me, selections, picture }: ExportProps) {
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const takePicture = (): void => {
    picture()
      .then((blob) => (blob === null ? setSaid(say('state.failed')) : keep(blob, 'headwater-map.png')))
      .catch(() => setSaid(say('state.failed')));
  };
  const take = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const format = fieldOf(form, 'format');
    const chosen = selections.length > 1 ? Number(fieldOf(form, 'selection')) : 0;
    const { filter } = selections[chosen] as Selection;
    setBusy(true);
    setSaid(say('export.taking'));
    takeFile(format, filter, fieldOf(form, 'purpose'), fieldOf(form, 'case'))
      .then(setSaid)
      .catch((error: unknown) => setSaid(error instanceof HubError ? whatToDo(error) : say('export.cut')))
      .finally(() => setBusy(false));
  };
  return (
    <details className="menu">
      <summary className="button">{say('export.title')}</summary>
      <div className="card menu-body">
        <button type="button" className="button" onClick={takePicture}>
          {say('export.png')}
        </button>
        {me.mayExport && (
          <form onSubmit={take}>
            <p className="quiet">{say('export.why')}</p>
            <label>
              {say('export.purpose')}
              <select name="purpose" required>
                {me.purposes.map((purpose) => (
                  <option key={purpose} value={purpose.toLowerCase()}>
                    {wordFor('purpose', purpose)}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {say('export.case')}
              <input name="case" required maxLength={100} autoComplete="off" />
            </label>
            {selections.length > 1 && (
              <label>
                {say('export.period')}
                <select name="selection">
                  {selections.map(({ name }, index) => (
                    // biome-ignore lint: two periods may be the same, and stay where they are
                    <option key={index} value={index}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <fieldset>
              <legend className="unseen">{say('export.title')}</legend>
              {(['csv', 'geojson'] as const).map((format, index) => (
                <label key={format} className="radio">
                  <input type="radio" name="format" value={format} defaultChecked={index === 0} />{' '}
                  {say(`export.${format}`)}
                </label>
              ))}
            </fieldset>
            <SteadyButton type="submit" className="button is-first" isOff={busy}>
              {say('export.take')}
            </SteadyButton>
          </form>
        )}
        <p role="status">{said}</p>
      </div>
    </details>
  );
}

/** Throws HubError as the hub refuses it, and what `fetch` throws for a file that was cut. */
async function takeFile(
  format: string,
  filter: Filter,
  purpose: string,
  caseReference: string,
): Promise<string> {
  const asked = encodeURIComponent(JSON.stringify(movementFilter(filter)));
  const response = await send(`/exports/movements.${format}?filter=${asked}`, {
    headers: { 'headwater-purpose': purpose, 'headwater-case-reference': caseReference },
  });
  if (!response.ok) throw await refusalIn(response);
  const name =
    /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ??
    `movements.${format}`;
  keep(await response.blob(), name);
  const handling = (response.headers.get('headwater-handling') ?? '').toUpperCase().replaceAll('_', '+');
  return say('export.taken', { file: name, handling });
}

async function refusalIn(response: Response): Promise<HubError> {
  const body = (await response.json().catch(() => ({}))) as {
    readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  };
  const [error] = body.errors ?? [];
  return new HubError(error?.extensions.code ?? 'INTERNAL', error?.message ?? '');
}

function keep(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
