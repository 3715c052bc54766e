/** Running numbers of one demo, so that every invented person, telephone and note is another one. */

export type Numbered = 'person' | 'suspect' | 'phone' | 'note';

export interface Numbers {
  /** 1, 2, 3 … of each kind. */
  next(of: Numbered): number;
  /** All that were given out, in order. */
  used(of: Numbered): readonly number[];
}

export function countFromOne(): Numbers {
  const given = new Map<Numbered, number>();
  return {
    next: (of) => {
      const number = (given.get(of) ?? 0) + 1;
      given.set(of, number);
      return number;
    },
    used: (of) => Array.from({ length: given.get(of) ?? 0 }, (_, index) => index + 1),
  };
}
