import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const library = join(import.meta.dirname, '../../../scripts/lib/own-temporary.mjs');
let temporary: string;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'keyturn-own-'));
});
afterEach(() => rm(temporary, { recursive: true, force: true }));

/** A run that leaves a data folder behind. @returns what it printed; nothing where it ended badly. */
async function run(keep: boolean, end: string): Promise<string> {
  const code = `
    import { mkdtempSync } from 'node:fs';
    import { tmpdir } from 'node:os';
    import { withOwnTemporary } from ${JSON.stringify(library)};
    await withOwnTemporary(${keep}, async () => {
      console.log('Left: ' + mkdtempSync(tmpdir() + '/keyturn-data-'));
      ${end}
    });`;
  const said = promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, TMPDIR: temporary },
  });
  return said.then(({ stdout }) => stdout).catch(() => '');
}

it('what a run left in the temporary folder is removed at its end', async () => {
  expect(await run(false, '')).toContain(`Left: ${temporary}/keyturn-`);
  expect(await readdir(temporary)).toEqual([]);
});

it('also after a failure', async () => {
  expect(await run(false, 'throw new Error();')).toBe('');
  expect(await readdir(temporary)).toEqual([]);
});

it('and stays where that is asked for, with its place printed first', async () => {
  const [kept = '', left = ''] = (await run(true, '')).split('\n');
  expect(left).toContain(kept.replace('Kept: ', ''));
  expect(existsSync(left.replace('Left: ', ''))).toBe(true);
});
