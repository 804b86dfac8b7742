import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeFolder } from '../../electron/transcript/export-folder.ts';
import { problemFrom } from '../fakes/ceremony-bench.ts';

const files = [
  ['record.jsonl', Buffer.from('{}\n')],
  ['report.pdf', Buffer.from('%PDF')],
] as const;

/** What is written, in order; each step between two files runs when the one before it is on the drive. */
class Meanwhile extends Map<string, Uint8Array> {
  readonly #steps: readonly ((() => void) | undefined)[];

  constructor(...steps: readonly ((() => void) | undefined)[]) {
    super(files);
    this.#steps = steps;
  }

  override *[Symbol.iterator](): MapIterator<[string, Uint8Array]> {
    for (const [n, [name, bytes]] of files.entries()) {
      this.#steps[n]?.();
      yield [name, bytes];
    }
    this.#steps[files.length]?.();
  }
}

const noMount = process.getuid?.() === 0 ? mountFails() : 'only root can mount a small disk';
if (noMount !== undefined) console.log(`Not run here: exports to a drive (${noMount})`);

describe.skipIf(noMount !== undefined)('an export to a drive of 64 KiB', () => {
  let root: string;
  /** The drive itself, seen from the side: what stays on it after it was taken out. */
  let drive: string;
  /** Where the drive is mounted for the export. */
  let usb: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'keyturn-drive-'));
    drive = join(root, 'drive');
    usb = join(root, 'usb');
    await mkdir(drive);
    await mkdir(usb);
    run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', drive);
    run('mount', '--bind', drive, usb);
  });
  afterEach(async () => {
    for (const at of [usb, drive]) if (isMounted(at)) run('umount', '-l', at);
    await rm(root, { recursive: true, force: true });
  });
  const pull = () => run('umount', '-l', usb);
  const onDrive = async () => (await readdir(drive)).map((name) => name.replace(/\w{12}/, 'X'));

  test('goes well, as the control', async () => {
    expect(await writeFolder(usb, 'one', new Map(files))).toBe(join(usb, 'one'));
    for (const [name, bytes] of files)
      expect(await readFile(join(drive, 'one', name))).toEqual(bytes);
    expect(await onDrive()).toEqual(['one']);
  });

  test.each([
    ['before the first file', [pull], []],
    ['between two files', [undefined, pull], ['record.jsonl']],
    ['after the last file', [undefined, undefined, pull], ['record.jsonl', 'report.pdf']],
  ])('taken out %s: nothing there looks like an export', async (_, steps, left) => {
    const problem = await problemFrom(writeFolder(usb, 'one', new Meanwhile(...steps)));
    expect(problem.code).toBe('export.not-written');
    expect(problem.known).toContain('taken out');
    expect(problem.safe).toContain('“one” is whole if it is there');
    // Nothing was put on the laptop's own disk, below the drive's place.
    expect(await readdir(usb)).toEqual([]);
    expect(await onDrive()).toEqual(['.one.X.partial']);
    const [partial = ''] = await readdir(drive);
    expect((await readdir(join(drive, partial))).sort()).toEqual(left);

    // Put back, it takes the export beside what was left.
    run('mount', '--bind', drive, usb);
    await writeFolder(usb, 'one', new Map(files));
    expect((await readdir(join(drive, 'one'))).sort()).toEqual(files.map(([name]) => name).sort());
  });

  test('taken out and another one put in: nothing is written to that one', async () => {
    const swap = () => {
      pull();
      run('mount', '-t', 'tmpfs', 'tmpfs', usb);
    };
    const problem = await problemFrom(writeFolder(usb, 'one', new Meanwhile(undefined, swap)));
    expect(problem.known).toContain('taken out');
    expect(await readdir(usb)).toEqual([]);
    expect(await onDrive()).toEqual(['.one.X.partial']);
  });

  test('taken out before: its empty place is not taken for it', async () => {
    await mkdir(join(drive, 'records'));
    pull();
    const { code, safe } = await problemFrom(writeFolder(join(usb, 'records'), 'one', new Map()));
    expect(code).toBe('export.folder');
    expect(safe).toContain('Nothing was written');
    expect(await readdir(usb)).toEqual([]);
  });

  test('full at the first file: says so and leaves nothing', async () => {
    const large = new Map([...files, ['large', Buffer.alloc(1024 * 1024, 1)] as const]);
    const { code, safe } = await problemFrom(writeFolder(usb, 'one', large));
    expect(code).toBe('export.disk-full');
    expect(safe).toContain('Nothing was left there');
    expect(await onDrive()).toEqual([]);
  });

  test('filled by somebody else between two files: says so and leaves only what is theirs', async () => {
    const theirs = join(drive, 'theirs');
    const fill = new Meanwhile(undefined, () => fillUp(theirs));
    const { code, safe, next } = await problemFrom(writeFolder(usb, 'one', fill));
    expect(code).toBe('export.disk-full');
    expect(safe).toContain('Nothing was left there');
    expect(next).toContain('Free some space');
    expect(await onDrive()).toEqual(['theirs']);
    await rm(theirs);
    await writeFolder(usb, 'one', new Map(files));
    expect(await onDrive()).toEqual(['one']);
  });

  test('that only reads, from the start or from between two files: says so', async () => {
    await writeFile(join(drive, 'kept'), 'kept');
    const toReading = () => run('mount', '-o', 'remount,bind,ro', usb);
    const midway = await problemFrom(writeFolder(usb, 'one', new Meanwhile(undefined, toReading)));
    expect(midway.code).toBe('export.not-written');
    expect(midway.safe).toContain('A half-written folder may be left there');
    const whole = await problemFrom(writeFolder(usb, 'two', new Map(files)));
    expect(whole.code).toBe('export.not-written');
    expect(whole.safe).toContain('Nothing was left there');
    expect(await onDrive()).toEqual(['.one.X.partial', 'kept']);
  });
});

function fillUp(path: string): void {
  const file = openSync(path, 'wx');
  try {
    for (;;) writeSync(file, Buffer.alloc(1024, 1));
  } catch {
    // No byte more fits.
  } finally {
    closeSync(file);
  }
}

function isMounted(at: string): boolean {
  try {
    run('mountpoint', '-q', at);
    return true;
  } catch {
    return false;
  }
}

function run(program: string, ...words: readonly string[]): void {
  execFileSync(program, words, { stdio: 'ignore' });
}

function mountFails(): string | undefined {
  const probe = execFileSync('mktemp', ['-d']).toString().trim();
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe);
    run('umount', probe);
    return undefined;
  } catch {
    return 'mounting is not allowed here';
  } finally {
    execFileSync('rmdir', [probe]);
  }
}
