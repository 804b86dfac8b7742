import { execFileSync } from 'node:child_process';

/**
 * Keeps Linux from writing this process's memory down when it crashes, and that of every process it
 * starts from now on. Elsewhere it does nothing: macOS and Windows have no such limit for a process.
 *
 * The limit is one byte, not none: no file can hold a dump then, and a `core_pattern` that pipes to a
 * program, for which the kernel ignores every other limit, is left out too (Linux, fs/coredump.c:
 * `cprm.limit == 1`). Node cannot set limits, util-linux can, those of a running process too.
 *
 * @returns whether it was set. The self-test reads what holds.
 */
export function refuseCoreDumps(platform: NodeJS.Platform = process.platform): boolean {
  if (platform !== 'linux') return false;
  try {
    execFileSync('/usr/bin/prlimit', ['--pid', String(process.pid), '--core=1:1'], {
      stdio: 'ignore',
      env: {},
      timeout: 5_000,
    });
    return true;
  } catch {
    return false;
  }
}
