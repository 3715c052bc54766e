/** Figures of a question that lie in no sensible range are told, not corrected. */
import { HeadwaterError } from '../kernel/errors.ts';

/** Both ends included. Throws BAD_INPUT naming the first that is outside, or no number. */
export function checkBounds<Name extends string>(
  question: Readonly<Record<NoInfer<Name>, number>>,
  bounds: Readonly<Record<Name, readonly [least: number, most: number]>>,
): void {
  for (const [name, [least, most]] of Object.entries(bounds) as [Name, readonly [number, number]][]) {
    const value = question[name];
    if (!(value >= least && value <= most))
      throw new HeadwaterError('BAD_INPUT', `${name}: found ${value}, wanted ${least} to ${most}`);
  }
}
