/** Stepping through time: the window that is shown, the next one asked ahead, and the clock, which waits for each answer. */
import { useCallback, useEffect, useState } from 'react';
import { oneAhead } from '../hub/ahead.ts';
import type { Answer } from '../hub/use-answer.ts';
import type { MapLayer } from '../map/layer.ts';
import type { Look } from '../map/look.ts';
import type { MapHandle } from '../map/map-canvas.tsx';
import type { MapView } from '../view/map-view.ts';
import type { Pace, Span } from '../view/time-view.ts';
import { useStill } from '../view/use-still.ts';
import { lengthOf, movedTo, resized, stepped, windowOf } from '../view/window.ts';

export interface Player {
  readonly window: Span;
  readonly months: readonly string[];
  readonly isRunning: boolean;
  /** False where the device asks for less motion. */
  readonly mayRun: boolean;
  readonly isAtEnd: boolean;
  readonly toggle: () => void;
  readonly step: (by: number) => void;
  readonly goTo: (end: 'first' | 'last') => void;
  readonly resize: (length: number) => void;
}

/** From one step to the next, at the least: longer where an answer takes longer. */
const STEP_MS: Readonly<Record<Pace, number>> = { slow: 2_400, even: 1_200, fast: 500 };

interface PlayTable {
  readonly view: MapView;
  readonly layer: MapLayer;
  readonly months: readonly string[];
  readonly answer: Answer<unknown>;
  readonly map: MapHandle | null;
  readonly look: Look;
  readonly change: (part: Partial<MapView>, how?: 'push' | 'replace') => void;
}

/** Null while nothing is played. */
export function usePlay({ view, layer, months, answer, map, look, change }: PlayTable): Player | null {
  const { pace } = view;
  const isStill = useStill();
  const [wantsToRun, setRunning] = useState(false);
  const isRunning = wantsToRun && !isStill && pace !== null;
  const window = pace === null ? null : windowOf(view.filter, months);
  const at = window === null ? '' : `${window.from} ${window.to}`;
  const isSettled = answer.isCurrent && answer.since === null;

  const show = useCallback(
    (span: Span | null) => {
      // A step leaves no place to go back to: there would be a hundred of them.
      if (span !== null) change({ filter: { ...view.filter, ...span }, movement: null }, 'replace');
    },
    [change, view.filter],
  );
  const next = window === null ? null : stepped(window, 1, months);

  // The address names the window that is shown, from the first.
  useEffect(() => {
    if (window !== null && (view.filter.from !== window.from || view.filter.to !== window.to)) show(window);
    // biome-ignore lint: the text stands for the window
  }, [at, view.filter.from, view.filter.to]);

  // The answer that is shown took what was asked ahead, being asked for first; what is still there then was overtaken.
  useEffect(() => {
    oneAhead.forget();
  }, [at, layer]);
  useEffect(() => () => oneAhead.forget(), []);

  useEffect(() => {
    if (!isSettled || next === null) return undefined;
    const then = { ...view, filter: { ...view.filter, ...next } };
    oneAhead.want(layer.question(then));
    const controller = new AbortController();
    const drawing = layer.draw({ shown: null, view: then, look, origin: location.origin });
    map?.ahead(drawing.sources, controller.signal).catch(() => undefined);
    return () => controller.abort();
    // biome-ignore lint: the text stands for the window
  }, [at, isSettled, layer, map, look]);

  useEffect(() => {
    if (!isRunning || pace === null || !isSettled) return undefined;
    if (next === null || answer.error !== null || answer.stopped) {
      setRunning(false);
      return undefined;
    }
    const clock = setTimeout(() => show(next), STEP_MS[pace]);
    return () => clearTimeout(clock);
    // biome-ignore lint: the text stands for the window
  }, [isRunning, isSettled, pace, at, answer.error, answer.stopped]);

  useEffect(() => {
    if (pace === null) setRunning(false);
  }, [pace]);

  if (window === null) return null;
  return {
    window,
    months,
    isRunning,
    mayRun: !isStill,
    isAtEnd: next === null,
    toggle: () => {
      if (!isRunning && next === null) show(movedTo(window, 'first', months));
      setRunning(!isRunning);
    },
    step: (by) => {
      setRunning(false);
      show(stepped(window, by, months));
    },
    goTo: (end) => {
      setRunning(false);
      show(movedTo(window, end, months));
    },
    resize: (length) => show(resized(window, Math.min(length, months.length), months)),
  };
}

export const LENGTHS = [1, 3, 6, 12] as const;

/** Those that are offered, and the one that is. */
export function lengthsWith({ window, months }: Pick<Player, 'window' | 'months'>): readonly number[] {
  return [...new Set([...LENGTHS, lengthOf(window, months)])].sort((one, other) => one - other);
}
