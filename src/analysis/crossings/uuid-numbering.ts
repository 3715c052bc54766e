/** Ids numbered by the million, as something that can be asked for their names again. */
import { type IdTable, idTable, idText, numberOfId } from '../id-table.ts';

/** Gives each distinct UUID the next dense number, from 0. */
export class UuidNumbering {
  readonly #table: IdTable = idTable();

  get size(): number {
    return this.#table.size;
  }

  /** The number of the UUID that is written, in lower case as the database does, from `at` on. Not checked. */
  of(text: string, at: number): number {
    return numberOfId(this.#table, text, at);
  }

  name(number: number): string {
    return idText(this.#table, number);
  }

  names(): string[] {
    return Array.from({ length: this.size }, (_, number) => this.name(number));
  }
}
