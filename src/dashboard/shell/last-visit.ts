/** The day of the last visit, kept in this browser as a day and nothing else, to tell what is new since. */

const KEPT = 'headwater-visits';
const DAY = /^\d{4}-\d\d-\d\d$/;

/** The day before today on which somebody was last here, like 2026-10-04; null where nobody was. Today is kept. */
export function lastVisit(today: string = new Date().toISOString().slice(0, 10)): string | null {
  try {
    const [before = '', latest = ''] = (localStorage.getItem(KEPT) ?? '').split(',');
    const last = latest === today ? before : latest;
    const known = DAY.test(last) ? last : null;
    localStorage.setItem(KEPT, `${known ?? ''},${today}`);
    return known;
  } catch {
    // A browser that keeps nothing knows of no visit.
    return null;
  }
}
