import { spawnSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Signer } from './sign.ts';

export const button = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole('button', { name, exact: typeof name === 'string' });

/** From wherever the guide is. */
export async function openRecords(guide: Page): Promise<void> {
  const home = guide.getByRole('main').getByRole('button', { name: 'Home' });
  if (await home.isVisible()) await home.click();
  await guide.getByRole('navigation').getByRole('button', { name: 'Records' }).click();
  await expect(guide.getByRole('heading', { level: 1, name: 'Records' })).toBeVisible();
}

/**
 * An exported folder, with the verifier that came along, on plain Node; then with gpg itself, as that
 * verifier says.
 *
 * @param given what the verifier is told: `--fingerprint` and the like.
 */
export async function verifies(
  folder: string,
  { gpg }: Signer,
  given: readonly string[],
  says: string,
): Promise<void> {
  const openPgp = join(await mkdtemp(`${folder}-for-gpg-`), 'files');
  const told = spawnSync(
    process.execPath,
    [
      join(folder, 'keyturn-verify.mjs'),
      join(folder, 'record.jsonl'),
      ...given,
      '--openpgp',
      openPgp,
    ],
    { encoding: 'utf8', env: {} },
  );
  expect(told.stderr).toBe('');
  expect(told.stdout.split('\n')[0]).toBe(says);
  expect(told.status).toBe(0);
  const commands = told.stdout.split('\n').filter((line) => line.startsWith('  gpg '));
  expect(commands).toHaveLength(2);
  for (const command of commands) gpg.shell(command);
}
