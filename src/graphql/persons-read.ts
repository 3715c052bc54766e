/** Which persons a request was shown, so that the log has them before the answer leaves. */
import type { ViewerReader } from '../access/reader.ts';

const shown = new WeakMap<ViewerReader, Map<string, string>>();

/** `ownerId`: whose record of the person it is. */
export function notePerson(reader: ViewerReader, id: string, ownerId: string): void {
  const persons = shown.get(reader) ?? new Map<string, string>();
  shown.set(reader, persons);
  persons.set(id, ownerId);
}

/** Owner by the person's entity. */
export function personsRead(reader: ViewerReader): ReadonlyMap<string, string> {
  return shown.get(reader) ?? new Map();
}

/** Owner by the person's entity, of those shown since it was last asked: for reads that go on and on, each page with its trace. */
export function takePersonsRead(reader: ViewerReader): ReadonlyMap<string, string> {
  const persons = personsRead(reader);
  shown.delete(reader);
  return persons;
}
