import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the checks ask the operating system. A person’s machine, or one described in a test. */
export interface System {
  readonly platform: NodeJS.Platform;
  /** What the session calls its desktop (`XDG_CURRENT_DESKTOP`); empty where there is none. */
  readonly desktop: string;
  /** What a program prints, both streams; undefined where it is missing, fails or takes too long. */
  ask(program: string, ...words: string[]): Promise<string | undefined>;
  /** A small file’s text; undefined where it cannot be read. */
  read(path: string): Promise<string | undefined>;
}

const patienceMs = 5_000;

/** The machine this runs on. Programs are started without a shell, with a time limit. */
export const thisSystem: System = {
  platform: process.platform,
  desktop: process.env['XDG_CURRENT_DESKTOP'] ?? '',
  ask: (program, ...words) =>
    new Promise((resolve) => {
      const options = { timeout: patienceMs, windowsHide: true, env: plainEnvironment() };
      execFile(placeOf(program), words, options, (error, stdout, stderr) =>
        resolve(error ? undefined : `${stdout}${stderr}`),
      );
    }),
  read: (path) => readFile(path, 'utf8').catch(() => undefined),
};

/** Windows looks into the current folder first; its own programs all lie in one place. */
const placeOf = (program: string): string =>
  process.platform === 'win32'
    ? join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', `${program}.exe`)
    : program;

/** Answers in English, so that they can be read. */
const plainEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env, LC_ALL: 'C', LANGUAGE: 'C' });
