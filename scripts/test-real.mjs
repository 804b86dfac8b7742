// Runs the ceremonies against a real server: VAULT_BIN names a vault or bao binary.
//   VAULT_BIN=/usr/bin/vault npm run test:real
import { accessSync, constants } from 'node:fs';
import { runToEnd } from './lib/processes.mjs';

const binary = process.env.VAULT_BIN;
if (!binary) {
  console.log('test:real: nothing was run. Set VAULT_BIN to a vault or bao binary.');
} else {
  accessSync(binary, constants.X_OK);
  console.log(`test:real: against ${binary}`);
  const words = [
    'vitest',
    'run',
    '--config',
    'vitest.real.config.ts',
    '--disable-console-intercept',
  ];
  process.exitCode = await runToEnd('npx', words, process.env);
}
