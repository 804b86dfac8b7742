import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  appendFile,
  chmod,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Journal } from '../../electron/transcript/journal.ts';
import { JournalStore } from '../../electron/transcript/store.ts';
import { ceremonyIdSchema } from '../../shared/ids.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';

const schema = z.strictObject({ type: z.literal('note'), text: z.string() });
const note = (text: string) => ({ type: 'note' as const, text });
const id = ceremonyIdSchema.parse('20261123-031500-0a1b2c3d');
const now = () => Date.UTC(2026, 10, 23, 3, 15, 0, 123);

let root: string;
let folder: string;
let path: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'keyturn-journal-'));
  folder = join(root, 'ceremonies');
  path = join(folder, `${id}.jsonl`);
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A journal with these notes on disk, and let go of. */
async function written(...texts: string[]): Promise<void> {
  const journal = await Journal.create(folder, id, schema, { now });
  for (const text of texts) await journal.append(note(text));
  await journal.close();
}

async function notes(): Promise<string[]> {
  const { journal, entries } = await Journal.open(path, schema, { now });
  await journal.close();
  return entries.map(({ event }) => event.text);
}

async function problemFrom(run: () => Promise<unknown>): Promise<Problem> {
  try {
    await run();
  } catch (thrown) {
    if (thrown instanceof Trouble) return thrown.problem;
    throw thrown;
  }
  throw new Error('expected a Trouble');
}

describe('writing', () => {
  it('puts each event on the disk before it says so, in the order of the calls', async () => {
    const journal = await Journal.create(folder, id, schema, { now });
    const texts = Array.from({ length: 30 }, (_, i) => `event ${i}`);
    const counts = await Promise.all(
      texts.map(async (text) => {
        const entry = await journal.append(note(text));
        const onDisk = (await readFile(path, 'utf8')).split('\n').length - 1;
        return { seq: entry.seq, onDisk };
      }),
    );
    for (const [i, { seq, onDisk }] of counts.entries()) {
      expect(seq).toBe(i + 1);
      expect(onDisk).toBeGreaterThanOrEqual(seq);
    }
    await journal.close();
    expect(await notes()).toEqual(texts);
  });

  it('writes the clock down as it is, even when it goes backwards', async () => {
    const readings = [Date.UTC(2026, 10, 23, 3), Date.UTC(2026, 10, 23, 2, 59, 59, 1)];
    const journal = await Journal.create(folder, id, schema, { now: () => readings.shift() ?? 0 });
    expect((await journal.append(note('a'))).at).toBe('2026-11-23T03:00:00.000Z');
    expect((await journal.append(note('b'))).at).toBe('2026-11-23T02:59:59.001Z');
    await journal.close();
    expect(await notes()).toEqual(['a', 'b']);
  });

  it('goes on after it was closed and opened', async () => {
    await written('a', 'b');
    const { journal, entries, recovered } = await Journal.open(path, schema, { now });
    expect(recovered).toBeUndefined();
    expect(journal.head).toBe(entries.at(-1)?.hash);
    expect((await journal.append(note('c'))).seq).toBe(3);
    await journal.close();
    expect(await notes()).toEqual(['a', 'b', 'c']);
  });

  it.skipIf(process.platform === 'win32')('is for its owner only', async () => {
    await written('a');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await chmod(path, 0o644);
    expect(await notes()).toEqual(['a']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('does not replace a journal that is there', async () => {
    await written('a');
    const problem = await problemFrom(() => Journal.create(folder, id, schema));
    expect(problem.code).toBe('journal.write-failed');
    expect(await notes()).toEqual(['a']);
  });

  it('never writes what it could not read again', async () => {
    const journal = await Journal.create(folder, id, schema);
    const wrong = { type: 'note' as const, text: 'a', extra: 'field' };
    await expect(journal.append(wrong)).rejects.toThrow(TypeError);
    await expect(journal.append(note('half \ud83d'))).rejects.toThrow(TypeError);
    expect((await stat(path)).size).toBe(0);
    expect((await journal.append(note('b'))).seq).toBe(1);
    await journal.close();
  });
});

describe('a torn last line', () => {
  it.each([
    ['half a line', '{"at":"2026-11-2'],
    ['one byte', '{'],
    ['zeros that a file system filled in', '\0'.repeat(400)],
    ['zeros and a line feed', `${'\0'.repeat(400)}\n`],
    ['half a line and a line feed', '{"at":"2026\n'],
  ])('%s is cut off, kept and told', async (_, tail) => {
    await written('a', 'b');
    const good = await readFile(path);
    await appendFile(path, tail);

    const { journal, entries, recovered } = await Journal.open(path, schema, { now });
    expect(entries.map(({ event }) => event.text)).toEqual(['a', 'b']);
    expect(recovered).toEqual({
      bytesCutOff: tail.length,
      keptAs: `${id}.jsonl.torn-20261123T031500123Z`,
    });
    expect(await readFile(path)).toEqual(good);
    expect(await readFile(join(folder, recovered?.keptAs ?? ''), 'utf8')).toBe(tail);
    await journal.append(note('c'));
    await journal.close();
    expect(await notes()).toEqual(['a', 'b', 'c']);
  });

  it('is found wherever the power went: every length of the file opens', async () => {
    await written('first', 'second');
    const whole = await readFile(path);
    const firstEnd = whole.indexOf('\n') + 1;
    for (let length = 0; length <= whole.length; length += 7) {
      await writeFile(path, whole.subarray(0, length));
      const { journal, entries, recovered } = await Journal.open(path, schema, { now });
      expect(entries).toHaveLength(length < firstEnd ? 0 : 1);
      const good = length < firstEnd ? 0 : firstEnd;
      expect(recovered?.bytesCutOff ?? 0).toBe(length - good);
      await journal.close();
    }
  });

  it('is kept under another name when the same thing happens in the same millisecond', async () => {
    await written('a');
    for (const tail of ['{"x', '{"y']) {
      await appendFile(path, tail);
      await (await Journal.open(path, schema, { now })).journal.close();
    }
    const kept = (await readdir(folder)).filter((name) => name.includes('.torn-'));
    expect(kept).toHaveLength(2);
  });
});

describe('a line that was changed', () => {
  it.each([
    ['a changed word', (text: string) => text.replace('second', 'sEcond'), '2', 'hash'],
    ['a line taken out', (text: string) => text.split('\n').toSpliced(1, 1).join('\n'), '2', 'seq'],
    ['a broken line in the middle', (text: string) => text.replace('{', ''), '1', 'not-json'],
    ['an empty line in between', (text: string) => text.replace('\n', '\n\n'), '2', 'not-json'],
    ['a changed last line', (text: string) => text.replace('third', 'thIrd'), '3', 'hash'],
    [
      'bytes that are not UTF-8 before a good line',
      (text: string) => text.replace('irst', '\xff'),
      '1',
      'not-json',
    ],
  ])('%s is told, with a copy, and the original stays', async (_, change, line, reason) => {
    await written('first', 'second', 'third');
    const changed = Buffer.from(change(await readFile(path, 'utf8')), 'latin1');
    await writeFile(path, changed);

    for (let times = 0; times < 2; times += 1) {
      const problem = await problemFrom(() => Journal.open(path, schema, { now }));
      expect(problem.code).toBe('journal.tampered');
      expect(problem.facts).toMatchObject({ line, reason });
      expect(problem.known).toContain(`line ${line}`);
    }
    expect(await readFile(path)).toEqual(changed);
    const copies = (await readdir(folder)).filter((name) => name.includes('.unreadable-'));
    expect(copies).toEqual([`${id}.jsonl.unreadable-20261123T031500123Z`]);
    expect(await readFile(join(folder, copies[0] ?? ''))).toEqual(changed);
  });

  it('an event that this version does not know is told apart from damage', async () => {
    await written('a');
    const narrow = z.strictObject({ type: z.literal('other') });
    const { facts } = await problemFrom(() => Journal.open(path, narrow));
    expect(facts).toMatchObject({ line: '1', reason: 'schema' });
  });
});

describe('trouble while writing', () => {
  const noMount = mountRefused();
  if (noMount !== undefined) console.log(`skipped: a full disk (${noMount})`);

  it.skipIf(noMount !== undefined)(
    'a full disk loses nothing, and the journal goes on',
    async () => {
      const disk = await mkdtemp(join(root, 'disk-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
      const journal = await Journal.create(disk, id, schema, { now });
      try {
        await journal.append(note('before'));
        const before = await readFile(journal.path);
        const filler = join(disk, 'filler');
        await writeFile(filler, Buffer.alloc(52 * 1024));

        const problem = await problemFrom(() => journal.append(note('x'.repeat(40_000))));
        expect(problem.code).toBe('journal.disk-full');
        expect(await readFile(journal.path)).toEqual(before);

        await rm(filler);
        expect((await journal.append(note('after'))).seq).toBe(2);
        await journal.close();
        const again = await Journal.open(journal.path, schema);
        await again.journal.close();
        expect(again.recovered).toBeUndefined();
        expect(again.entries.map(({ event }) => event.text)).toEqual(['before', 'after']);
      } finally {
        await journal.close();
        execFileSync('umount', [disk]);
      }
    },
  );

  const noLimit = existsSync('/usr/bin/prlimit') ? undefined : 'prlimit is not installed';
  if (noLimit !== undefined) console.log(`skipped: a write cut short (${noLimit})`);

  it.skipIf(noLimit !== undefined)('a write cut short leaves no half line behind', async () => {
    const journal = await Journal.create(folder, id, schema, { now });
    await journal.append(note('before'));
    const before = await readFile(path);
    const limitFileSize = (bytes: string) =>
      execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`]);
    const ignore = () => undefined;
    process.on('SIGXFSZ', ignore);
    try {
      limitFileSize(String(before.length + 100));
      const problem = await problemFrom(() => journal.append(note('x'.repeat(4000))));
      expect(problem.code).toBe('journal.write-failed');
      expect(problem.facts).toEqual({ code: 'EFBIG' });
    } finally {
      limitFileSize('unlimited');
      process.off('SIGXFSZ', ignore);
    }
    expect(await readFile(path)).toEqual(before);
    expect((await journal.append(note('after'))).seq).toBe(2);
    await journal.close();
    expect(await notes()).toEqual(['before', 'after']);
  });

  it('does not write on when something else wrote to the file, or cut or deleted it', async () => {
    const journal = await Journal.create(folder, id, schema);
    await journal.append(note('a'));
    const { size } = await stat(path);
    const refused = async () => (await problemFrom(() => journal.append(note('b')))).code;

    await appendFile(path, 'foreign\n');
    expect(await refused()).toBe('journal.write-failed');
    await truncate(path, size - 1);
    expect(await refused()).toBe('journal.write-failed');
    await rm(path);
    expect(await refused()).toBe('journal.write-failed');
    await journal.close();
  });
});

describe('the store', () => {
  const store = () => new JournalStore(folder, schema, { now });
  const other = ceremonyIdSchema.parse('20261201-120000-ffffffff');

  it('has no ceremonies before there is a folder', async () => {
    expect(await store().list()).toEqual([]);
  });

  it('lists every ceremony, oldest first, and changes nothing while it looks', async () => {
    await written('a');
    const journal = await store().create(other);
    await journal.append(note('b'));
    await journal.close();
    await appendFile(journal.path, 'torn');
    await writeFile(join(folder, 'notes.txt'), 'not ours');
    const before = await readdir(folder);

    const list = await store().list();
    expect(list.map((each) => each.id)).toEqual([id, other]);
    expect(list[0]).toMatchObject({ readable: true, torn: false });
    expect(list[1]).toMatchObject({ readable: true, torn: true });
    expect(await readdir(folder)).toEqual(before);
  });

  it('lists a changed journal and a link as unreadable beside the good ones', async () => {
    await written('a', 'b');
    await (await store().create(other)).close();
    await writeFile(path, (await readFile(path, 'utf8')).replace('"a"', '"A"'));
    const link = ceremonyIdSchema.parse('20261202-120000-00000000');
    await symlink(path, join(folder, `${link}.jsonl`));

    const list = await store().list();
    expect(list.map((each) => (each.readable ? 'readable' : each.problem.code))).toEqual([
      'journal.tampered',
      'readable',
      'journal.unreadable',
    ]);
  });

  it('opens a journal once at a time', async () => {
    await written('a');
    const one = store();
    const results = await Promise.allSettled([one.open(id), one.open(id)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await problemFrom(() => one.open(id))).code).toBe('ceremony.busy');
    await one.close(id);
    const again = await one.open(id);
    expect(again.entries).toHaveLength(1);
    await one.close(id);
  });

  it('lets go of a journal that could not be opened', async () => {
    const one = store();
    expect((await problemFrom(() => one.open(id))).code).toBe('journal.unreadable');
    await written('a');
    expect((await one.open(id)).entries).toHaveLength(1);
    await one.close(id);
  });
});

function mountRefused(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  try {
    const probe = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe]);
    execFileSync('rmdir', [probe]);
    return undefined;
  } catch {
    return 'mounting is not allowed here';
  }
}
