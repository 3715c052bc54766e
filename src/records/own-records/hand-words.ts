/** Days, months and names of stations as somebody writes them down: each reading gathers its reasons. */
import type { Reason } from '../../kernel/errors.ts';
import { foldName } from '../../places/normalise-name.ts';

export class HandWords {
  readonly reasons: Reason[] = [];
  readonly #today: string;

  /** `now` is the moment after which no day may lie; a day is told by the calendar that is furthest ahead. */
  constructor(now: Date) {
    this.#today = new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10);
  }

  /** "2024-03-01"; what is refused comes back as it was given. */
  day(where: string, written: string): string {
    return this.#calendar(where, written, written, 'a day that is past or today, as 2024-03-01');
  }

  /** The same, and it may lie ahead. */
  anyDay(where: string, written: string): string {
    if (!isDay(written)) this.refuse(where, `${written.length} characters`, 'a day, as 2024-03-01');
    return written;
  }

  /** "2024-03" → "2024-03-01". */
  month(where: string, written: string): string {
    return this.#calendar(where, written, `${written}-01`, 'a month that has begun, as 2024-03');
  }

  /** Null where nothing is said. */
  name(where: string, written: string | null | undefined): string | null {
    const name = written?.trim() ?? '';
    if (name === '') return null;
    if (name.length > 200) this.refuse(where, `${name.length} characters`, '200 at most');
    else if (foldName(name) === '')
      this.refuse(where, `${name.length} characters`, 'a name, with letters or figures');
    return name;
  }

  refuse(where: string, found: string, wanted: string): void {
    this.reasons.push({ where, found, wanted });
  }

  #calendar(where: string, written: string, day: string, wanted: string): string {
    if (!isDay(day) || day > this.#today) this.refuse(where, `${written.length} characters`, wanted);
    return day;
  }
}

function isDay(text: string): boolean {
  if (!/^(?:19|20|21)\d{2}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) return false;
  return new Date(text).toISOString().startsWith(text);
}
