import { mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

/** The hub is killed again and again: minutes, so a command of its own. KILLS says how often. */
export default mergeConfig(usual, { test: { include: ['test/kills/**/*.test.ts'], testTimeout: 3_600_000 } });
