/** DuckDB, which reads exports back as an analyst would. */
import { DuckDBInstance } from '@duckdb/node-api';
import { withFile } from './foreign.ts';

/** `{file}` in the text stands for the file's name. */
export async function readByDuckDb(
  name: string,
  bytes: Uint8Array,
  text: string,
): Promise<readonly Record<string, unknown>[]> {
  return withFile(name, bytes, async (file) => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
      const reader = await connection.runAndReadAll(text.replaceAll('{file}', `'${file}'`));
      return reader.getRowObjectsJS();
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });
}
