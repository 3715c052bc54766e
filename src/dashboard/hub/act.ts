/** Acts: a change that somebody asked for, under a key of its own, so that asking again changes nothing more. */
import { ask, type Question } from './ask.ts';

export interface Refusal {
  readonly where: string;
  readonly found: string;
  readonly wanted: string;
}

/** What comes back of an act, whichever it is: acts are asked under the name `act`. */
export interface Acted {
  readonly id?: string;
  readonly version?: number;
  /** Of an account: handed over once. */
  readonly invitation?: string | null;
  /** Of a machine: shown once. */
  readonly key?: string | null;
  /** Of a place that was decided: what the next decision expects. */
  readonly state?: number;
  readonly reasons?: readonly Refusal[];
}

/** Throws HubError. Acts that answer with a number or a flag are done when they answer. */
export async function act(question: Question): Promise<Acted> {
  const { act: done } = await ask<{ readonly act: Acted | number | boolean | null }>(question);
  return typeof done === 'object' && done !== null ? done : {};
}

/** `crypto.randomUUID` is missing over plain http to another machine. */
export function newActKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `page-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
