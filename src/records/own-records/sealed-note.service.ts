/** Notes on own records whose words are sealed, comments and referrals: written while what they end with is locked. */
import { RECORD_CLASSES } from '../../access/roles.ts';
import { ownClasses } from '../../access/visibility.store.ts';
import { accept, type Outcome, type Reason, refuse } from '../../kernel/errors.ts';
import { isId } from '../../kernel/ids.ts';
import type { Queryable } from '../../platform/database.ts';
import { seal } from '../../vault/sealing.ts';
import type { ActTools } from '../acts/act.service.ts';
import type { ActRequest, DoneOnce } from '../acts/once.service.ts';
import {
  correctOnce,
  type Detail,
  type OwnKind,
  type OwnTarget,
  recordOnce,
  type Standing,
  type Told,
} from './own-act.service.ts';
import {
  type Anchor,
  insertText,
  lockAnchor,
  lockNote,
  type NoteAbout,
  type NoteName,
} from './sealed-note.store.ts';

export interface OwnNote extends Standing, Anchor {
  readonly held: boolean;
}

/** Acts on one kind of them. `find`: SQL of one that stands, with $1 its id and $2 its owner. */
export function noteKind<Row extends OwnNote>(
  name: NoteName,
  find: string,
  own: Pick<OwnKind<Row>, 'table' | 'alsoNames' | 'drop'>,
): OwnKind<Row> & { readonly name: NoteName } {
  return {
    ...own,
    name,
    absent: { where: 'id', found: `no such ${name}`, wanted: `a ${name} of your organisation` },
    lock: (connection, ownerId, id) => lockNote<Row>(connection, find, ownerId, id),
    held: `a ${name} under a legal hold`,
    isHeld: async (_connection, { held }) => held,
  };
}

type NoteKind<Row extends OwnNote> = ReturnType<typeof noteKind<Row>>;

export interface NewNote {
  readonly id: string;
  readonly ownerId: string;
  readonly classId: number;
  readonly anchor: Anchor;
  readonly about: NoteAbout;
  readonly aboutId: string;
  readonly keyId: string;
  readonly now: Date;
}

/** `said`: all that makes the request the same request. `insert` answers with what its trace tells. */
export function recordNote(
  tools: ActTools,
  request: ActRequest,
  name: NoteName,
  note: {
    readonly said: unknown;
    readonly about: NoteAbout;
    readonly aboutId: string;
    readonly text: string;
    readonly insert: (connection: Queryable, note: NewNote) => Promise<Omit<Told, 'id'>>;
  },
): Promise<Outcome<DoneOnce>> {
  return recordOnce(tools, request, name, [note.said], async (connection, now, ownerId) => {
    const { about } = note;
    const aboutId = note.aboutId.toLowerCase();
    const anchor = isId(aboutId) ? await lockAnchor(connection, ownerId, about, aboutId) : null;
    if (anchor === null)
      return refuse({
        where: 'aboutId',
        found: `no such ${about.replace('_', ' ')}`,
        wanted: 'a record of your organisation that stands',
      });
    // The class of what is never granted.
    const classes = await ownClasses(connection, ownerId, 'red', RECORD_CLASSES);
    const id = tools.ids();
    const { keyId } = request.viewer;
    const own = { id, ownerId, classId: classes.effort, anchor, about, aboutId, keyId, now };
    const told = await note.insert(connection, own);
    await keepText(tools, connection, name, { ownerId, classId: classes.personal, noteId: id }, note.text);
    return accept({ id, ...told });
  });
}

/** `write`: the next version of the row. `refusal`: why this is not the same note said anew. */
export function correctNote<Row extends OwnNote>(
  tools: ActTools,
  request: ActRequest,
  kind: NoteKind<Row>,
  target: OwnTarget,
  note: {
    readonly said: unknown;
    readonly text: string;
    readonly refusal?: (row: Row) => Reason | null;
    readonly write: (
      connection: Queryable,
      next: { readonly id: string; readonly keyId: string; readonly at: string },
    ) => Promise<void>;
    readonly detail?: Detail;
  },
): Promise<Outcome<DoneOnce>> {
  return correctOnce(
    tools,
    request,
    kind,
    target,
    note.said,
    async ({ connection, ownerId, row }, retire) => {
      const reason = note.refusal?.(row) ?? null;
      if (reason !== null) return refuse(reason);
      const { id } = row;
      await note.write(connection, { id, keyId: request.viewer.keyId, at: await retire() });
      const { personal: classId } = await ownClasses(connection, ownerId, 'red', RECORD_CLASSES);
      await keepText(tools, connection, kind.name, { ownerId, classId, noteId: id }, note.text);
      return accept(note.detail ?? {});
    },
  );
}

/** Where sealed texts stand: one moved to another row does not open. */
export const placeOfText = (name: NoteName, id: string): string => `${name}_text/sealed/${id}`;

async function keepText(
  { ids, keys }: Pick<ActTools, 'ids' | 'keys'>,
  connection: Queryable,
  name: NoteName,
  of: { readonly ownerId: string; readonly classId: number; readonly noteId: string },
  text: string,
): Promise<void> {
  const [made] = keys.create(1);
  if (made === undefined) throw new Error('the key store made no key');
  const id = ids();
  const sealed = seal(made.key, placeOfText(name, id), text);
  await insertText(connection, name, { ...of, id, keyId: made.id, sealed });
}
