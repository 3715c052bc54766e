/** Long work in one thread, in slices, so that answers that have come in meanwhile are taken on. */

/** Milliseconds of work after which others get their turn. An import hands its database the next statement then: until it does, that has nothing to do. */
const SLICE_MS = 1;

export interface Breath {
  /** Resolves at once, or after everybody else's turn when the slice is used up. */
  taken(): Promise<void> | undefined;
}

export function breathing(): Breath {
  let began = performance.now();
  return {
    taken() {
      if (performance.now() - began < SLICE_MS) return undefined;
      return new Promise((resolve) => {
        setImmediate(() => {
          began = performance.now();
          resolve();
        });
      });
    },
  };
}
