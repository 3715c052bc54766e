/** The controls of stepping through time: buttons, and the arrows, Home, End and the space bar anywhere among them. */

import type { KeyboardEvent } from 'react';
import { PACES, type Pace } from '../view/time-view.ts';
import { lengthOf } from '../view/window.ts';
import { month, say, wordFor } from '../words/words.ts';
import { SteadyButton } from './steady-button.tsx';
import { lengthsWith, type Player } from './use-play.ts';

interface PlayBarProps {
  readonly player: Player;
  readonly pace: Pace;
  readonly isBusy: boolean;
  readonly setPace: (pace: Pace) => void;
  readonly close: () => void;
}

export function PlayBar({ player, pace, isBusy, setPace, close }: PlayBarProps) {
  const { window, months, isRunning, mayRun, isAtEnd } = player;
  const keys = (event: KeyboardEvent): void => {
    const { target, key } = event;
    if (target instanceof HTMLSelectElement) return;
    const act = {
      ArrowLeft: () => player.step(-1),
      ArrowRight: () => player.step(1),
      Home: () => player.goTo('first'),
      End: () => player.goTo('last'),
      Escape: close,
    }[key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="play-bar" role="group" aria-label={say('play.title')} aria-busy={isBusy} onKeyDown={keys}>
      {mayRun && (
        <button type="button" className="button is-first play-run" onClick={player.toggle}>
          <svg viewBox="0 0 10 10" aria-hidden="true">
            <path d={isRunning ? 'M1 1h3v8h-3zM6 1h3v8h-3z' : 'M2 1l7 4l-7 4z'} />
          </svg>
          {say(isRunning ? 'play.pause' : 'play.run')}
        </button>
      )}
      <button type="button" className="button" aria-label={say('play.back')} onClick={() => player.step(-1)}>
        <svg viewBox="0 0 10 10" aria-hidden="true">
          <path d="M8 1l-6 4l6 4z" />
        </svg>
      </button>
      <strong className="play-window" data-figure="window" aria-live={isRunning ? 'off' : 'polite'}>
        {window.from === window.to
          ? month(window.from)
          : say('span', { from: month(window.from), to: month(window.to) })}
      </strong>
      <SteadyButton
        type="button"
        className="button"
        label={say('play.on')}
        isOff={isAtEnd}
        onClick={() => player.step(1)}
      >
        <svg viewBox="0 0 10 10" aria-hidden="true">
          <path d="M2 1l6 4l-6 4z" />
        </svg>
      </SteadyButton>
      <label>
        <span>{say('play.length')}</span>
        <select
          value={lengthOf(window, months)}
          onChange={(event) => player.resize(Number(event.target.value))}
        >
          {lengthsWith(player).map((count) => (
            <option key={count} value={count}>
              {say('count.months', { count })}
            </option>
          ))}
        </select>
      </label>
      {mayRun && (
        <label>
          <span>{say('play.pace')}</span>
          <select
            value={pace}
            onChange={(event) => setPace(PACES.find((one) => one === event.target.value) ?? 'even')}
          >
            {PACES.map((one) => (
              <option key={one} value={one}>
                {wordFor('pace', one)}
              </option>
            ))}
          </select>
        </label>
      )}
      <button type="button" className="link play-close" onClick={close}>
        {say('play.close')}
      </button>
      {!mayRun && <p className="quiet">{say('play.still')}</p>}
    </div>
  );
}
