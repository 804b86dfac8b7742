import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

export default defineConfig({
  resolve: {
    alias: {
      // Importing the real `electron` outside Electron starts a download of its runtime.
      electron: fileURLToPath(new URL('./test/fakes/electron-empty.ts', import.meta.url)),
    },
  },
  test: {
    include: ['test/{unit,integration,exploit}/**/*.test.ts'],
    // electron-store imports `electron`; inlined, it meets the alias above.
    server: { deps: { inline: ['electron-store'] } },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
