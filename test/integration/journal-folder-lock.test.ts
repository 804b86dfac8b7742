import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { z } from 'zod';
import { lockDataFolder } from '../../electron/transcript/folder-lock.ts';
import { Trouble } from '../../shared/problem.ts';

let root: string;
let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'keyturn-lock-'));
  folder = join(root, 'data');
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(root, { recursive: true, force: true });
});

const lockFileSchema = z.looseObject({ holder: z.looseObject({ pid: z.int() }) });
const lockFile = () => join(folder, 'keyturn.lock');
const outcome = async () => {
  try {
    const lock = await lockDataFolder(folder);
    await lock.release();
    return 'locked';
  } catch (thrown) {
    if (thrown instanceof Trouble) return thrown.problem.code;
    throw thrown;
  }
};

/** The real module, as one file that plain Node runs in a process of its own. */
async function bundled(): Promise<string> {
  const outDir = join(root, 'bundle');
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: new URL('../../electron/transcript/folder-lock.ts', import.meta.url).pathname,
      outDir,
      rollupOptions: { output: { entryFileNames: 'folder-lock.mjs' } },
      emptyOutDir: true,
      target: 'node20',
    },
    ssr: { noExternal: true },
  });
  const script = join(outDir, 'hold.mjs');
  await writeFile(
    script,
    `import { lockDataFolder } from './folder-lock.mjs';
     await lockDataFolder(process.argv[2]).then(() => process.send('locked'), () => process.send('refused'));
     setInterval(() => {}, 1000);`,
  );
  return script;
}

function otherProcess(script: string): ChildProcess {
  const child = fork(script, [folder], { execArgv: [], stdio: 'ignore' });
  children.push(child);
  return child;
}

const said = async (child: ChildProcess): Promise<unknown> => (await once(child, 'message'))[0];

describe('the lock on a data folder', () => {
  it('is held once, and can be had again after it was given back', async () => {
    const lock = await lockDataFolder(folder);
    expect(await outcome()).toBe('ceremony.busy');
    await lock.release();
    expect(await outcome()).toBe('locked');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given to one of many who ask at once', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => lockDataFolder(folder)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['keyturn.lock']);
  });

  it('holds against another process until that is killed', async () => {
    const script = await bundled();
    const first = otherProcess(script);
    expect(await said(first)).toBe('locked');
    expect(await outcome()).toBe('ceremony.busy');
    expect(await said(otherProcess(script))).toBe('refused');

    const gone = once(first, 'exit');
    first.kill('SIGKILL');
    await gone;
    expect(await outcome()).toBe('locked');
  });

  it('is taken over by one alone when many find it stale', async () => {
    const script = await bundled();
    const first = otherProcess(script);
    expect(await said(first)).toBe('locked');
    const gone = once(first, 'exit');
    first.kill('SIGKILL');
    await gone;
    const answers = await Promise.all(Array.from({ length: 4 }, () => said(otherProcess(script))));
    expect(answers.sort()).toEqual(['locked', 'refused', 'refused', 'refused']);
    expect((await readdir(folder)).filter((name) => name.startsWith('keyturn.lock'))).toEqual([
      'keyturn.lock',
    ]);
  });

  it('is taken over by one alone, round after round', async () => {
    const lock = await lockDataFolder(folder);
    const mine = lockFileSchema.parse(JSON.parse(await readFile(lockFile(), 'utf8')));
    await lock.release();
    const stale = JSON.stringify({ ...mine, holder: { ...mine.holder, startedAt: '1' } });
    for (let round = 0; round < 15; round += 1) {
      await writeFile(lockFile(), stale);
      const answers = await Promise.allSettled(
        Array.from({ length: 12 }, () => lockDataFolder(folder)),
      );
      const taken = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(taken).toHaveLength(1);
      expect(await readdir(folder)).toEqual(['keyturn.lock']);
      await taken[0]?.release();
    }
  });

  it.skipIf(process.platform !== 'linux')(
    'is not held by a later process that was given the same number, nor by an earlier boot',
    async () => {
      const lock = await lockDataFolder(folder);
      const mine = lockFileSchema.parse(JSON.parse(await readFile(lockFile(), 'utf8')));
      const rewrite = (change: object) =>
        writeFile(lockFile(), JSON.stringify({ ...mine, holder: { ...mine.holder, ...change } }));

      await rewrite({});
      expect(await outcome()).toBe('ceremony.busy');
      await rewrite({ startedAt: '1' });
      expect(await outcome()).toBe('locked');
      await rewrite({ boot: '00000000-0000-0000-0000-000000000000' });
      expect(await outcome()).toBe('locked');
      await lock.release();
    },
  );

  it('is not held by a file that a power cut damaged', async () => {
    await (await lockDataFolder(folder)).release();
    for (const damage of ['', '\0\0\0\0', '{"holder":']) {
      await writeFile(lockFile(), damage);
      expect(await outcome()).toBe('locked');
    }
  });

  it('gives back only what it holds', async () => {
    const lock = await lockDataFolder(folder);
    await rm(lockFile());
    const next = await lockDataFolder(folder);
    await lock.release();
    expect(await outcome()).toBe('ceremony.busy');
    await next.release();
  });

  it.skipIf(process.platform === 'win32')('is for its owner only', async () => {
    await lockDataFolder(folder);
    expect((await stat(lockFile())).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });
});
