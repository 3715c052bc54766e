/** Bound parameters of one statement, numbered as they are met: values never enter the text. */
export class Parameters {
  readonly values: unknown[] = [];
  readonly #known = new Map<unknown, string>();

  /** The placeholder of a value; the same scalar or array object gets the same placeholder. */
  bind(value: unknown): string {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    this.values.push(value);
    const placeholder = `$${this.values.length}`;
    this.#known.set(value, placeholder);
    return placeholder;
  }
}
