import { defineConfig } from 'vitest/config';

// One build of graphql for every importer, or its "another module or realm" check fires.
const graphqlBuild = new URL('./node_modules/graphql/index.js', import.meta.url).pathname;

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphqlBuild }] },
  test: {
    include: ['src/**/*.test.ts', 'seeds/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/property/**', 'test/load/**', 'node_modules/**', 'dist/**'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
