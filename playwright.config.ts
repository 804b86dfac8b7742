import { defineConfig } from '@playwright/test';

/** The deep share: what takes too long for every change (`npm run test:deep`). */
const deep = process.env['KEYTURN_DEEP'] === '1';

/** Two files at a time, each on a display of its own; within a file one test after the other. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: deep ? '**/*.deep.spec.ts' : '**/*.spec.ts',
  testIgnore: deep ? [] : '**/*.deep.spec.ts',
  workers: 2,
  retries: 0,
  fullyParallel: false,
  forbidOnly: true,
  timeout: deep ? 900_000 : 120_000,
  // It ends what hangs, and is no assertion: a busy machine may need most of it.
  expect: { timeout: 45_000 },
  outputDir: 'test-results/artifacts',
  // A trace or video would hold what is typed into an entry page.
  use: { trace: 'off', video: 'off', screenshot: 'off' },
  reporter: [['line'], ['json', { outputFile: 'test-results/e2e.json' }]],
});
