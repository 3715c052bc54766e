/** DataLoaders over views: many single asks of one request become one statement. */
import DataLoader from 'dataloader';

export function oneLoader<Row>(
  read: (ids: readonly string[]) => Promise<readonly Row[]>,
  idOf: (row: Row) => string,
): DataLoader<string, Row | null> {
  return new DataLoader(
    async (ids) => {
      const byId = new Map((await read(ids)).map((row) => [idOf(row), row]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    { maxBatchSize: 1_000 },
  );
}

export function manyLoader<Row>(
  read: (ids: readonly string[]) => Promise<readonly Row[]>,
  idOf: (row: Row) => string | null,
): DataLoader<string, readonly Row[]> {
  return new DataLoader(
    async (ids) => {
      const groups = new Map<string, Row[]>(ids.map((id) => [id, []]));
      for (const row of await read(ids)) groups.get(idOf(row) ?? '')?.push(row);
      return ids.map((id) => groups.get(id) ?? []);
    },
    { maxBatchSize: 1_000 },
  );
}
