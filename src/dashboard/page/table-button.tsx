/** Every map has its table. */
import { say } from '../words/words.ts';

interface TableButtonProps {
  readonly isOpen: boolean;
  readonly toggle: () => void;
}

export function TableButton({ isOpen, toggle }: TableButtonProps) {
  return (
    <button type="button" className="button" aria-pressed={isOpen} onClick={toggle}>
      {say(isOpen ? 'table.close' : 'table.open')}
    </button>
  );
}
