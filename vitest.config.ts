import { defineConfig } from 'vitest/config';
import { SlowFirst } from './test/support/slow-first.ts';

// One build of graphql for every importer, or its "another module or realm" check fires.
const graphqlBuild = new URL('./node_modules/graphql/index.js', import.meta.url).pathname;

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphqlBuild }] },
  test: {
    include: ['src/**/*.test.ts', 'seeds/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/property/**', 'test/kills/**', 'node_modules/**', 'dist/**'],
    globalSetup: ['test/support/global-setup.ts'],
    // Against what hangs. How fast a machine is, and what else it does, is no failure.
    testTimeout: 180_000,
    hookTimeout: 360_000,
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
  },
});
