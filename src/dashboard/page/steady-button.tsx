/** A button that is off for a while and stays where the keyboard is: one that is `disabled` loses it, and whoever works without a mouse begins at the top of the page. */
import type { ReactNode } from 'react';

interface SteadyButtonProps {
  readonly type: 'button' | 'submit';
  readonly className: string;
  /** Nothing happens then, also not by Enter in a field of its form. */
  readonly isOff: boolean;
  readonly onClick?: () => void;
  readonly label?: string;
  /** Whether it does what its dialog is about. */
  readonly confirms?: boolean;
  readonly children: ReactNode;
}

export function SteadyButton({
  type,
  className,
  isOff,
  onClick,
  label,
  confirms = false,
  children,
}: SteadyButtonProps) {
  return (
    <button
      type={type}
      className={className}
      aria-disabled={isOff}
      onClick={(event) => {
        // Of a form's fields, Enter presses its button first.
        if (isOff) event.preventDefault();
        else onClick?.();
      }}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(confirms ? { 'data-act': 'confirm' } : {})}
    >
      {children}
    </button>
  );
}
