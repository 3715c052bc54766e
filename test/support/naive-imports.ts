/** What imports come to, told the long way: every question is answered by importing everything that still stands once more. */

export interface NaiveFile {
  readonly name: string;
  readonly kind: 'calls' | 'flows' | 'staffing';
  readonly rows: readonly NaiveRow[];
}

export interface NaiveRow {
  /** Empty: the row has no id, and is known by its text. */
  readonly id: string;
  readonly text: string;
  /** What the row says, by the order its dates are read in. null: nobody can read it. */
  readonly says: Readonly<Record<'dmy' | 'mdy', string | null>>;
}

export interface NaiveImport {
  readonly batch: string;
  readonly file: NaiveFile;
  readonly order: 'dmy' | 'mdy';
}

export type Outcome = 'accepted' | 'part' | 'version' | 'unchanged' | 'quarantined';

interface Living {
  readonly occurrence: number;
  version: number;
  says: string;
}

export interface Fate {
  readonly outcome: Outcome;
  /** Which record, and which of its versions the row made or agrees with: "2@1". */
  readonly record: string;
}

/** The fate of every row of every import, in the order in which they were taken in. */
export function replay(imports: readonly NaiveImport[]): ReadonlyMap<string, readonly Fate[]> {
  const world = new Map<string, Living[]>();
  return new Map(imports.map((each) => [each.batch, takeIn(world, each)]));
}

/** Imports that would have come to something else without this one: while there is one, it cannot be undone. */
export function standsOn(imports: readonly NaiveImport[], batch: string): boolean {
  const before = replay(imports);
  const without = replay(imports.filter((each) => each.batch !== batch));
  return [...without].some(([other, fates]) => JSON.stringify(fates) !== JSON.stringify(before.get(other)));
}

export function countsOf(fates: readonly Fate[]): Readonly<Record<Outcome, number>> {
  const counts = { accepted: 0, part: 0, version: 0, unchanged: 0, quarantined: 0 };
  for (const { outcome } of fates) counts[outcome] += 1;
  return counts;
}

function takeIn(world: Map<string, Living[]>, { file, order }: NaiveImport): readonly Fate[] {
  const fates: Fate[] = file.rows.map(() => ({ outcome: 'quarantined', record: '' }));
  const ids = [...new Set(file.rows.map((row) => row.id || row.text))];
  for (const id of ids) {
    const key = `${file.kind}/${id}`;
    const living = world.get(key) ?? [];
    const mine = file.rows.flatMap((row, index) => ((row.id || row.text) === id ? [{ row, index }] : []));
    const read = mine.flatMap(({ row, index }) => {
      const says = row.says[order];
      return says === null ? [] : [{ says, index, noId: row.id === '' }];
    });
    if (file.kind === 'staffing') staffing(living, read.length === mine.length ? read : [], fates);
    else if (read[0]?.noId === true) numbered(living, read, fates);
    else named(living, read, fates);
    if (living.length > 0) world.set(key, living);
  }
  return fates;
}

type Read = readonly { readonly says: string; readonly index: number }[];

const told = ({ occurrence, version }: Living): string => `${occurrence}@${version}`;

/** Rows without an id: the first of equal rows is the first record, the second the second. */
function numbered(living: Living[], read: Read, fates: Fate[]): void {
  read.forEach(({ says, index }, nth) => {
    const known = living[nth];
    if (known === undefined) fates[index] = { outcome: 'accepted', record: told(add(living, says)) };
    else fates[index] = settle(known, says);
  });
}

function named(living: Living[], read: Read, fates: Fate[]): void {
  const standing = living.length;
  const free = [...living];
  const agreed = new Map<string, Living>();
  const open: { says: string; index: number }[] = [];
  for (const { says, index } of read) {
    const at = free.findIndex((record) => record.says === says);
    if (at >= 0) agreed.set(says, free.splice(at, 1)[0] as Living);
    const same = agreed.get(says);
    if (same === undefined) open.push({ says, index });
    else fates[index] = { outcome: 'unchanged', record: told(same) };
  }
  const [only] = open;
  if (only !== undefined && read.length === 1 && standing === 1) {
    fates[only.index] = settle(living[0] as Living, only.says);
    return;
  }
  for (const { says, index } of open) {
    const record = add(living, says);
    fates[index] = { outcome: record.occurrence === 1 ? 'accepted' : 'part', record: told(record) };
  }
}

/** One staff-time a station and month: rows that differ all wait, and so do those beside one that nobody can read. */
function staffing(living: Living[], read: Read, fates: Fate[]): void {
  const [first] = read;
  if (first === undefined || read.some(({ says }) => says !== first.says)) return;
  const known = living[0];
  const fate: Fate =
    known === undefined
      ? { outcome: 'accepted', record: told(add(living, first.says)) }
      : settle(known, first.says);
  for (const { index } of read) fates[index] = fate;
}

function settle(known: Living, says: string): Fate {
  if (known.says === says) return { outcome: 'unchanged', record: told(known) };
  known.says = says;
  known.version += 1;
  return { outcome: 'version', record: told(known) };
}

function add(living: Living[], says: string): Living {
  const occurrence = living.reduce((most, record) => Math.max(most, record.occurrence), 0) + 1;
  const record = { occurrence, version: 1, says };
  living.push(record);
  return record;
}
