import { dirname } from 'node:path';
import type { ProgramPlace } from './program.ts';

/**
 * The folder that a package was unpacked or installed to, by its executable: the whole `.app` on
 * macOS. What an installer adds there itself is named in docs/verify-download.md and not counted.
 */
export function packagedProgram(
  executable: string,
  platform: NodeJS.Platform,
  files: ProgramPlace['files'],
): ProgramPlace {
  const folder = dirname(executable);
  return {
    root: platform === 'darwin' ? dirname(dirname(folder)) : folder,
    packaged: true,
    counts: (path) => !/^Uninstall [^/]*\.exe$/.test(path),
    ...(files === undefined ? {} : { files }),
  };
}

/** What a checkout built into `out/`: for development, rehearsal and tests. */
export const builtProgram = (out: string): ProgramPlace => ({
  root: out,
  packaged: false,
  counts: (path) => !/^(built|bench\/.*|chromium\/rehearse\.js)$/.test(path),
});
