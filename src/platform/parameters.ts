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

/** Numbers of ours and of the caller stand in the text, everything else is bound: the planner sees what it is asked for. */
export class WrittenNumbers extends Parameters {
  override bind(value: unknown): string {
    if (Array.isArray(value) && value.length > 0 && value.every((each) => Number.isSafeInteger(each)))
      return `'{${value.join(',')}}'`;
    if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value)))
      return `(${value})`;
    return super.bind(value);
  }
}
