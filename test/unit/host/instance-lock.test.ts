import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimDataFolder } from '../../../electron/host/instance-lock.ts';
import { Trouble } from '../../../shared/problem.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the second claim is refused until the first is given back', async () => {
  const giveBack = await claimDataFolder(folder);
  const refusal = await claimDataFolder(folder).catch((thrown: unknown) => thrown);
  expect(refusal).toBeInstanceOf(Trouble);
  expect(refusal).toMatchObject({ problem: { code: 'ceremony.busy' } });
  await giveBack();
  expect(await readdir(folder)).toEqual([]);
  await (
    await claimDataFolder(folder)
  )();
});

test('of many at once exactly one gets it', async () => {
  const claims = await Promise.allSettled(Array.from({ length: 8 }, () => claimDataFolder(folder)));
  expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a lock left by a process that was killed is taken over', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const file = join(folder, 'instance.lock');
  await writeFile(file, `${child.pid} 12345`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (
    await claimDataFolder(folder)
  )();
});

test.each(['', 'nonsense', '-1 5', `${process.pid} 1`])(
  'a lock that says %j stands for no running Keyturn',
  async (text) => {
    await writeFile(join(folder, 'instance.lock'), text);
    await (
      await claimDataFolder(folder)
    )();
  },
);

test('a folder that does not exist yet is made, for its owner only', async () => {
  const deeper = join(folder, 'a/b');
  const giveBack = await claimDataFolder(deeper);
  expect(await readdir(deeper)).toEqual(['instance.lock']);
  await giveBack();
});
