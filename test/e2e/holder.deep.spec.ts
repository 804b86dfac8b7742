import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launch, type RunningApp } from './driver/launch.ts';
import { Performer } from './driver/perform.ts';

let app: RunningApp;
let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-holder-e2e-'));
  await mkdir(join(folder, 'usb'));
  app = await launch({ dataFolder: join(folder, 'data') });
});
test.afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** One app plays both laptops: the ceremony is left open, and the invitation comes as a file. */
test('a holder follows the invitation to Vault, and the last share is not given from there', async () => {
  const usb = join(folder, 'usb');
  const performer = await Performer.of(app);
  const { guide } = performer;
  await performer.startPractice();
  await performer.preflight();
  await performer.people();
  await performer.start();
  await guide.getByText('A holder is elsewhere').click();
  await performer.verb('Make an invitation').click();
  await guide.getByLabel('Folder to save the file in').fill(usb);
  await performer.verb('Save it as a file').click();
  await expect(guide.getByText('Saved', { exact: true })).toBeVisible();
  const invitation = (await readdir(usb)).find((name) => name.startsWith('keyturn-invitation'));
  await performer.verb(/^Stop safely/).click();

  await performer.verb('Follow an invitation').click();
  await performer.verb('Read the invitation').click();
  const scan = await app.page('scan');
  await scan.getByLabel('Pictures or a file').setInputFiles(join(usb, invitation ?? ''));
  await expect(scan.getByRole('heading', { name: 'Read', exact: true })).toBeVisible();
  await performer.closeEntry(scan);
  await expect(guide.getByText('The invitation is good')).toBeVisible();
  await expect(guide.getByRole('img', { name: '0 of 3 unseal keys given' })).toBeVisible();

  const give = async (holder: string, verb: string) => {
    await performer.verb(verb).click();
    const page = await app.page('share-entry');
    await page.getByLabel(holder, { exact: true }).check();
    await performer.verb('Continue', page).click();
    await performer.verb('The words match', page).click();
    await performer.verb(`Take ${holder}’s practice envelope`, page).click();
    await performer.verb(/^Give the /, page).click();
    await expect(performer.title(`Thank you, ${holder}`, page)).toBeVisible({ timeout: 30_000 });
    await performer.closeEntry(page);
  };
  await give('Ana', 'Give my share to Vault');
  await expect(guide.getByText('Vault counted the share of Ana')).toBeVisible();
  await give('Ben', 'Give another share to Vault');
  await expect(guide.getByRole('img', { name: '2 of 3 unseal keys given' })).toBeVisible();
  await expect(performer.verb('Give another share to Vault')).toBeHidden();
  await expect(performer.verb('Seal my share for the operator')).toBeVisible();

  await performer.verb('End this work and go Home').click();
  await performer.verb('Records').click();
  await expect(guide.getByText('2 shares given to Vault on a holder’s laptop.')).toBeVisible();
});
