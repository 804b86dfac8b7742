import { lstat, open, readdir, readFile, readlink } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readPdf } from './pdf.ts';
import type { Place } from './search.ts';

/** Whether pictures can be read here. Say so where they cannot. */
export const canReadPictures = (): boolean => spawnSync('tesseract', ['--version']).status === 0;

export interface Looking {
  /** Which pictures are read by OCR too, a second or two each. */
  readonly pictures?: boolean | ((path: string) => boolean);
  /** A folder that is not looked into. */
  readonly without?: string;
}

/**
 * Every file below a folder: its name, its bytes, where a link leads; of a PDF also what it says, of a
 * picture what can be read on it. What vanishes meanwhile was not kept.
 */
export async function* filesBelow(folder: string, looking: Looking = {}): AsyncGenerator<Place> {
  for (const name of (await namesIn(folder)).sort()) {
    const path = join(folder, name);
    if (path === looking.without) continue;
    const found = await lstat(path).catch(() => undefined);
    if (found?.isDirectory()) yield* filesBelow(path, looking);
    else if (found?.isSymbolicLink())
      yield { name: path, bytes: Buffer.from(await readlink(path).catch(() => '')) };
    else if (found?.isFile()) yield* fileAt(path, found.size, looking);
    else yield { name: path, bytes: new Uint8Array() };
  }
}

/** Larger files are read in pieces that overlap: a disk cache or a core dump need not fit in memory. */
export const piece = 16 * 1024 * 1024;
const overlap = 1024;

async function* fileAt(path: string, size: number, looking: Looking): AsyncGenerator<Place> {
  for (let start = 0; start === 0 || start < size; start += piece) {
    const bytes = await read(path, start);
    if (bytes === undefined) return;
    yield { name: path, bytes };
    if (start > 0) continue;
    if (bytes.subarray(0, 5).toString() === '%PDF-') yield* saidIn(path, bytes);
    if (isPicture(bytes) && wants(looking.pictures, path)) yield pictureAt(path);
  }
}

async function* saidIn(path: string, bytes: Buffer): AsyncGenerator<Place> {
  const { streams, text } = readPdf(bytes);
  yield { name: `${path} (streams)`, bytes: streams };
  yield { name: `${path} (text)`, bytes: Buffer.from(text) };
}

const wants = (which: Looking['pictures'], path: string): boolean =>
  typeof which === 'function' ? which(path) : which === true;

const isPicture = (bytes: Buffer): boolean => bytes.subarray(1, 4).toString() === 'PNG';

/** Read as one column and as scattered texts: a form has both. */
function pictureAt(path: string): Place {
  const said = ['4', '11'].map(
    (layout) =>
      spawnSync('tesseract', [path, '-', '--psm', layout], {
        encoding: 'utf8',
        env: { ...process.env, OMP_THREAD_LIMIT: '1' },
      }).stdout,
  );
  return { name: `${path} (read)`, bytes: Buffer.from(said.join('\n')), read: true };
}

async function read(path: string, start: number): Promise<Buffer | undefined> {
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    const bytes = Buffer.allocUnsafe(Math.min((await file.stat()).size - start, piece + overlap));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    return bytes.subarray(0, bytesRead);
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

export interface Process {
  readonly pid: number;
  readonly name: string;
  /** Arguments and environment, as the system shows them to whoever may ask. */
  readonly said: string;
}

/**
 * A process and all that came of it, with their arguments and environments (Linux; elsewhere nothing).
 * As root those of other users' processes too: Chromium runs as `nobody` then.
 */
export async function processesFrom(root: number): Promise<readonly Process[]> {
  const pids = (await namesIn('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map<number, number>();
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    parents.set(pid, Number(/\) \S (\d+)/.exec(stat)?.[1] ?? 0));
  }
  const isOurs = (pid: number): boolean =>
    pid === root || (parents.has(pid) && pid > 1 && isOurs(parents.get(pid) ?? 0));
  const ours = pids.filter(isOurs);
  return Promise.all(
    ours.map(async (pid) => {
      const [name = '', args = '', environment = ''] = await Promise.all(
        ['comm', 'cmdline', 'environ'].map((what) =>
          readFile(`/proc/${pid}/${what}`, 'latin1').catch(() => ''),
        ),
      );
      return { pid, name: name.trim(), said: `${args}\n${environment}`.replaceAll('\0', '\n') };
    }),
  );
}
