// A temporary folder of one run's own, removed with all that was left in it.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs something whose temporary files all go to one folder, and removes it afterwards, also where it
 * threw; or keeps it, and prints first where it is.
 */
export async function withOwnTemporary(keep, run) {
  const before = process.env.TMPDIR;
  // Short: sockets lie below, and the system allows their paths about a hundred characters.
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-'));
  // As root Chromium runs as `nobody`, and its profile lies below.
  if (process.getuid?.() === 0) chmodSync(folder, 0o1777);
  if (keep) console.log(`Kept: ${folder}`);
  process.env.TMPDIR = folder;
  try {
    return await run();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    if (!keep) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
