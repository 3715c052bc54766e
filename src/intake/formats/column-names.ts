/** Column names are compared without regard to case, surrounding space or how their words are joined by spaces. */

/** "\uFEFF Station  Name " → "station_name". The value is safe as an object's key. */
export function columnKey(name: string): string {
  const key = name.normalize('NFKC').replaceAll('\uFEFF', '').trim().toLowerCase().replace(/\s+/g, '_');
  // Assigning to this name would set a prototype instead of a cell.
  return key === '__proto__' ? 'proto' : key;
}

/** The words of a name, lower case: "homeSituation_alarms" → home, situation, alarms. */
export function wordsOf(name: string): readonly string[] {
  return name
    .normalize('NFKC')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

export interface Column {
  /** As written in the file, trimmed. */
  readonly name: string;
  /** The key of its cells; a repeated name is numbered: "note", "note#2". */
  readonly key: string;
  /** One of several columns that share a name. */
  readonly repeated: boolean;
}

/** Names a header row; unnamed columns become "column_7" by their place, counted from 1. */
export function nameColumns(header: readonly string[]): readonly Column[] {
  const total = new Map<string, number>();
  const keys = header.map((name, index) => columnKey(name) || `column_${index + 1}`);
  for (const key of keys) total.set(key, (total.get(key) ?? 0) + 1);
  const seen = new Map<string, number>();
  return keys.map((key, index) => {
    const occurrence = (seen.get(key) ?? 0) + 1;
    seen.set(key, occurrence);
    return {
      name: (header[index] ?? '').replaceAll('\uFEFF', '').trim(),
      key: occurrence === 1 ? key : `${key}#${occurrence}`,
      repeated: (total.get(key) ?? 0) > 1,
    };
  });
}
