/** The divider between two maps: a slider, for a pointer, a finger and the keyboard. */
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import type { Swipe } from '../view/time-view.ts';
import { say, share } from '../words/words.ts';
import { spanWords } from './span-words.ts';

interface DividerProps {
  readonly swipe: Swipe;
  /** In hundredths of the width; while it is dragged it is not where the address says. */
  readonly split: number;
  readonly drag: (split: number) => void;
  readonly drop: (split: number) => void;
}

const STEP = 2;
const STRIDE = 10;

export function SwipeDivider({ swipe, split, drag, drop }: DividerProps) {
  const isHeld = useRef(false);
  const at = ({ currentTarget, clientX }: PointerEvent<HTMLElement>): number => {
    const box = currentTarget.parentElement?.getBoundingClientRect();
    return box === undefined ? split : bounded(((clientX - box.left) / box.width) * 100);
  };
  const keys = (event: KeyboardEvent): void => {
    const to = {
      ArrowLeft: split - STEP,
      ArrowDown: split - STEP,
      ArrowRight: split + STEP,
      ArrowUp: split + STEP,
      PageDown: split - STRIDE,
      PageUp: split + STRIDE,
      Home: 0,
      End: 100,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    drop(bounded(to));
  };
  return (
    <div
      className="divider"
      role="slider"
      tabIndex={0}
      aria-label={say('swipe.divider')}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(split)}
      aria-valuetext={say('swipe.divider.at', {
        a: spanWords(swipe.a),
        b: spanWords(swipe.b),
        left: share(split / 100),
      })}
      style={{ left: `${split}%` }}
      onKeyDown={keys}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        isHeld.current = true;
      }}
      onPointerMove={(event) => isHeld.current && drag(at(event))}
      onPointerUp={(event) => {
        if (isHeld.current) drop(at(event));
        isHeld.current = false;
      }}
      onPointerCancel={() => {
        isHeld.current = false;
        drop(split);
      }}
    >
      <span className="divider-title is-a">{spanWords(swipe.a)}</span>
      <span className="divider-title is-b">{spanWords(swipe.b)}</span>
      <svg className="divider-hold" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M9 7l-5 5l5 5M15 7l5 5l-5 5" />
      </svg>
    </div>
  );
}

const bounded = (split: number): number => Math.min(100, Math.max(0, Math.round(split * 10) / 10));
