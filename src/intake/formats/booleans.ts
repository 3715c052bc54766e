/** Yes and no as forms write them. */
import { accept, type Outcome, refuse } from '../../kernel/errors.ts';
import { type Cell, wrong } from './cell.ts';

const YES = new Set(['true', 't', 'yes', 'y', '1', '1.0', 'x', '✓', 'on']);
const NO = new Set(['false', 'f', 'no', 'n', '0', '0.0', 'off']);

/** "True", "yes", "1.0" → true; "False", "no", "0" → false, whatever the case. */
export function parseBoolean(cell: Cell): Outcome<boolean> {
  const text = cell.text.trim().toLowerCase();
  if (YES.has(text)) return accept(true);
  if (NO.has(text)) return accept(false);
  return refuse(wrong(cell, 'True or False'));
}
