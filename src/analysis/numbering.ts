/** Names as numbers, so that columns of them are small. */

/** Names numbered from 0 in the order in which they are met. */
export class Numbering<Name extends string | number = string> {
  readonly names: Name[] = [];
  readonly #numbers = new Map<Name, number>();

  of(name: Name): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.names.length;
    this.#numbers.set(name, number);
    this.names.push(name);
    return number;
  }
}
