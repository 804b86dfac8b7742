import { defineConfig } from 'vitest/config';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The deep share: what takes too long for every change (`npm run test:deep`). */
const deep = process.env['KEYTURN_DEEP'] === '1';

export default defineConfig({
  resolve: {
    alias: {
      // Importing the real `electron` outside Electron starts a download of its runtime.
      electron: fileURLToPath(new URL('./test/fakes/electron-empty.ts', import.meta.url)),
    },
  },
  test: {
    include: [
      `test/{unit,integration,exploit,faults}/**/*${deep ? '.deep' : ''}.test.ts`,
      // The same tests in both shares: the deep one gives them more cases.
      'test/fuzz/**/*.test.ts',
    ],
    exclude: deep ? [] : ['**/*.deep.test.ts'],
    // Most of these wait for a practice site to come back, not for the processor.
    maxWorkers: availableParallelism() + 1,
    // electron-store imports `electron`; inlined, it meets the alias above.
    server: { deps: { inline: ['electron-store'] } },
    // They end what hangs, and are no assertion: a busy machine may need most of them.
    testTimeout: deep ? 600_000 : 120_000,
    hookTimeout: 120_000,
  },
});
