/** Shapes worked out once for an answer that is kept, and gone with it. */

export function onceFor<Answer extends object, Made>(
  make: (answer: Answer) => Made,
): (answer: Answer) => Made {
  const made = new WeakMap<Answer, Made>();
  return (answer) => {
    const known = made.get(answer);
    if (known !== undefined) return known;
    const fresh = make(answer);
    made.set(answer, fresh);
    return fresh;
  };
}
