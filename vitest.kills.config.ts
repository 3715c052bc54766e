import { defineConfig, mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

// Merging would join both lists of files, so the usual suite's settings are left behind.
const { test: _suite, ...rest } = usual;

/** The hub is killed again and again: minutes, so a command of its own. KILLS says how often. */
export default mergeConfig(
  rest,
  defineConfig({
    test: {
      include: ['test/kills/**/*.test.ts'],
      globalSetup: ['test/support/global-setup.ts'],
      testTimeout: 3_600_000,
      hookTimeout: 180_000,
    },
  }),
);
