import { execFile } from 'node:child_process';
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareBuilds } from '../../scripts/compare-builds.mjs';

/* Two whole packages of one commit, each made in a checkout of its own at another path. */

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-twice-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('two packages of one commit are the same, byte for byte', async () => {
  const [one, other] = [await packed('one'), await packed('another/place')];
  const { files, differences } = await compareBuilds(one, other);
  console.log(`Two packages compared: ${files} files, ${differences.length} differences.`);
  expect(differences).toEqual([]);
  expect(files).toBeGreaterThan(10);
});

/** @returns the folder with the package, its sums, its hash and its bill of materials. */
async function packed(name: string): Promise<string> {
  const checkout = join(folder, name, 'keyturn');
  const out = join(folder, name, 'dist');
  await run('git', ['clone', '--quiet', root, checkout]);
  // A link would lead both to one place.
  await cp(await realpath(join(root, 'node_modules')), join(checkout, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  const words = ['scripts/package.mjs', '--dir', '--stand-in', '--out', out];
  await run(process.execPath, words, { cwd: checkout });
  return out;
}
