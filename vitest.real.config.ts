import { defineConfig, mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

/** Against a real server: `npm run test:real`. */
const merged = mergeConfig(
  usual,
  defineConfig({ test: { testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } }),
);
export default { ...merged, test: { ...merged.test, include: ['test/real/**/*.real.test.ts'] } };
