import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saveWhole } from '../../electron/offline/save-file.ts';
import { problemFrom } from '../fakes/ceremony-bench.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-save-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = Buffer.from('KT1/…\n');

test('a file is written whole, for its owner only, and nothing else is left', async () => {
  const file = await saveWhole(folder, 'a.txt', bytes);
  expect(await readFile(file)).toEqual(bytes);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['a.txt']);
});

test('what is there is never replaced', async () => {
  await writeFile(join(folder, 'a.txt'), 'mine');
  const problem = await problemFrom(saveWhole(folder, 'a.txt', bytes));
  expect(problem.code).toBe('export.exists');
  expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('mine');
  expect(await readdir(folder)).toEqual(['a.txt']);
});

test.each(['', 'usb', '/nowhere/at/all'])('no folder: %j', async (into) => {
  expect((await problemFrom(saveWhole(into, 'a.txt', bytes))).code).toBe('export.folder');
});

const noMount = mountRefused();
if (noMount) console.log(`Not run here: a full drive (${noMount})`);
describe.skipIf(noMount !== undefined)('a drive of 64 KiB', () => {
  beforeEach(() => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  });
  afterEach(() => {
    execFileSync('umount', ['-l', folder]);
  });

  test('full: said so, and no half file is left', async () => {
    const problem = await problemFrom(saveWhole(folder, 'big.txt', Buffer.alloc(200_000, 1)));
    expect(problem.code).toBe('export.disk-full');
    expect(await readdir(folder)).toEqual([]);
    await saveWhole(folder, 'small.txt', bytes);
  });

  test('removed: said so', async () => {
    const usb = join(folder, 'usb');
    const problem = await problemFrom(saveWhole(usb, 'a.txt', bytes));
    expect(problem.code).toBe('export.folder');
  });

  test('read only: said so, and nothing is there', async () => {
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    const problem = await problemFrom(saveWhole(folder, 'a.txt', bytes));
    expect(problem.code).toBe('export.not-written');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe.skipIf(noMount !== undefined)('a drive that is pulled out while it is written to', () => {
  test('said so, and no half file stands where it was', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder]);
    const saving = problemFrom(saveWhole(folder, 'big.txt', Buffer.alloc(40_000_000, 1)));
    while (readdirSync(folder).length === 0) await setImmediate();
    // Nothing of the program runs until this returns: the file is open and not yet in its place.
    execFileSync('umount', ['-l', folder]);
    expect((await saving).code).toBe('export.not-written');
    expect(await readdir(folder)).toEqual([]);
  });
});

function mountRefused(): string | undefined {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'pipe' });
    return undefined;
  } catch {
    return 'this user may not mount';
  }
}
