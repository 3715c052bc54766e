/** The closing that the demo's flows go around, recorded as its owner would. */
import type { BrowserDesk } from './browser.ts';

export async function closeBelahiya(desk: BrowserDesk, key: string): Promise<void> {
  await desk.ask(
    key,
    `mutation { done: recordInterdiction(interdiction: { kind: CROSSING_CLOSED, basis: OBSERVED, occurredOn: "2025-12-01",
      place: { text: "Belahiya", country: "NPL" } }, idempotencyKey: "the road was closed") { ... on RecordDone { id } } }`,
  );
}
