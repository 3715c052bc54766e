/** Evaluating points and known inputs, in one piece of pure work that a background thread can do: each takes a millisecond or two. */
import { type BackgroundWork, runInBackground } from '../../platform/background.ts';
import {
  arePoints,
  type Evaluation,
  evaluateBlinded,
  evaluateKnown,
  type ObliviousKey,
} from './oblivious.ts';

type Task =
  | { readonly known: readonly Uint8Array[]; readonly secretKey: Uint8Array }
  | { readonly blinded: readonly Uint8Array[]; readonly key: ObliviousKey };

const EVALUATION: BackgroundWork<Task, Evaluation | null> = { module: new URL(import.meta.url), work };

/** A thread takes longer to start than these to be done. */
const ON_THE_SPOT = 20;

/** Without a proof where the inputs are known: nobody else sees those. Null for blinded points of which one is none. */
export function work(task: Task): Evaluation | null {
  if ('blinded' in task) return arePoints(task.blinded) ? evaluateBlinded(task.key, task.blinded) : null;
  return { evaluated: evaluateKnown(task.secretKey, task.known), proof: new Uint8Array() };
}

/** Null when one of them is no point. */
export function evaluateBlindedApart(
  key: ObliviousKey,
  blinded: readonly Uint8Array[],
): Promise<Evaluation | null> {
  return runInBackground(EVALUATION, { blinded, key }, blinded.length > ON_THE_SPOT);
}

/** Outputs in the order of the inputs, by two threads where there are many. */
export async function evaluateKnownApart(
  secretKey: Uint8Array,
  known: readonly Uint8Array[],
): Promise<readonly Uint8Array[]> {
  const half = known.length > ON_THE_SPOT ? Math.ceil(known.length / 2) : known.length;
  const parts = [known.slice(0, half), known.slice(half)].filter(({ length }) => length > 0);
  const done = await Promise.all(
    parts.map((part) => runInBackground(EVALUATION, { known: part, secretKey }, part.length > ON_THE_SPOT)),
  );
  return done.flatMap((each) => each?.evaluated ?? []);
}
