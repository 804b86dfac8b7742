import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { toWords } from '../../shared/codec/words.ts';
import { digestSchema } from '../../shared/ids.ts';
import type { Check, ProgramHash } from '../../shared/self-test.ts';
import { answersOf } from './check.ts';

/** Where the program lies, and how its files are read. */
export interface ProgramPlace {
  readonly root: string;
  /** What was built into a checkout, or the folder of a packaged app. */
  readonly packaged: boolean;
  /** Electron shows an archive as a folder; its unpatched file system is handed in here. */
  readonly files?: FileReading;
  /** Whether a file is part of the program. Paths are relative, with slashes. */
  readonly counts?: (path: string) => boolean;
}

export interface FileReading {
  readonly names: (
    folder: string,
  ) => Promise<readonly { readonly name: string; isDirectory(): boolean; isFile(): boolean }[]>;
  readonly bytes: (file: string) => Promise<Uint8Array>;
}

const usualFiles: FileReading = {
  names: (folder) => readdir(folder, { withFileTypes: true }),
  bytes: (file) => readFile(file),
};

/**
 * One hash for all files of a folder: SHA-256 over the lines that `sha256sum` prints for them, sorted
 * by path. docs/verify-download.md shows how to make the same with other tools.
 */
export async function hashProgram(place: ProgramPlace): Promise<ProgramHash> {
  const files = place.files ?? usualFiles;
  const paths = await filesBelow(place.root, files);
  const lines: string[] = [];
  for (const path of paths
    .map((each) => relative(place.root, each).split(sep).join('/'))
    .sort(byBytes)) {
    if (place.counts?.(path) === false) continue;
    const hash = createHash('sha256').update(await files.bytes(join(place.root, path)));
    lines.push(`${hash.digest('hex')}  ./${path}\n`);
  }
  const hash = createHash('sha256').update(lines.join('')).digest('hex');
  return { hash: digestSchema.parse(hash), files: lines.length };
}

/** The first half of the hash, to be read aloud: sixteen words. */
export const programWords = ({ hash }: ProgramHash): string => toWords(hash.slice(0, 32)).join(' ');

/** The check only tells: whether it is the hash that was published, no program can say of itself. */
export async function checkProgram(
  place: ProgramPlace,
): Promise<{ readonly check: Check; readonly program: ProgramHash | undefined }> {
  const answers = answersOf('program');
  try {
    const program = await hashProgram(place);
    const what = `${program.files} files in ${place.root}: ${programWords(program)} (SHA-256 ${program.hash}).`;
    return {
      program,
      check: place.packaged
        ? answers.fine(
            `${what} Compare it with the published words; docs/verify-download.md says how.`,
          )
        : answers.look(
            `${what} This is a checkout that was built here, not a package.`,
            'Enough for practice. For a real ceremony use the packaged app and compare its words.',
          ),
    };
  } catch {
    return {
      program: undefined,
      check: answers.unknown(
        `The files in ${place.root} could not all be read.`,
        'Compare the download with SHA256SUMS instead: docs/verify-download.md.',
      ),
    };
  }
}

async function filesBelow(folder: string, files: FileReading): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await files.names(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesBelow(path, files)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

/** As `LC_ALL=C sort` does. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
