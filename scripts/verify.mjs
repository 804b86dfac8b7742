// npm run verify -- RECORD [--fingerprint "..."] [--words "..."] [--json]: checks a record offline.
// Exit code 0: nothing was found against it. Otherwise 1, and what is wrong, and where.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildVerifierWithOpenPgp } from './build-verifier.mjs';

// npm changes to the project's folder; a file is named from where npm was called.
const byNpm = process.env.npm_lifecycle_event === 'verify';
const askedFrom = (byNpm ? process.env.INIT_CWD : undefined) ?? process.cwd();

// A folder of its own: two checks at once never run half a file.
const folder = mkdtempSync(join(tmpdir(), 'keyturn-verify-'));
try {
  const program = await buildVerifierWithOpenPgp(folder);
  const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
    stdio: 'inherit',
    cwd: askedFrom,
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
