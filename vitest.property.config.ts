import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

// The promises that take minutes to hours: WORLDS=10000 random worlds, REQUESTS=100000 interleaved ones; SEED draws others.
const { test: _suite, ...rest } = base;

export default mergeConfig(
  rest,
  defineConfig({
    test: {
      include: ['test/property/**/*.test.ts'],
      globalSetup: ['test/support/global-setup.ts'],
      testTimeout: 4 * 3_600_000,
      hookTimeout: 180_000,
      maxWorkers: 2,
    },
  }),
);
