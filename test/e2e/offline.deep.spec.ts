import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { launch, type RunningApp } from './driver/launch.ts';
import { Performer } from './driver/perform.ts';

let app: RunningApp;
let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyturn-offline-'));
  await mkdir(join(folder, 'usb'));
  app = await launch({ dataFolder: join(folder, 'data') });
});
test.afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const usb = (): string => join(folder, 'usb');
const camera = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const { state } = await navigator.permissions.query({ name: 'camera' });
    return state;
  });

/** The codes on the screen, each as a picture that somebody took of it. */
async function photograph(guide: Page, name: string): Promise<readonly string[]> {
  await guide.getByRole('button', { name: 'Hold this code' }).click();
  const picture = guide.getByRole('img', { name: /as a QR code$/ });
  const caption = await guide.getByText(/QR code \d+ of \d+$/).textContent();
  const count = Number(/of (\d+)$/.exec(caption ?? '')?.[1]);
  const files: string[] = [];
  for (let place = 0; place < count; place += 1) {
    const file = join(usb(), `${name}-${place}.png`);
    // Not under the bar on top, which would hide a part of the code.
    await picture.evaluate((code) => code.scrollIntoView({ block: 'center' }));
    await picture.screenshot({ path: file });
    files.push(file);
    await guide.getByRole('button', { name: 'Next code' }).click();
  }
  return files;
}

test('a share that was sealed at the offline desk is given to Vault by the operator’s laptop', async () => {
  const performer = await Performer.of(app);
  const { guide } = performer;
  await performer.startPractice();
  await performer.preflight();
  await performer.people();
  await performer.start();

  // The paper envelope of a holder, as the practice clusters made it.
  const envelope = await performer.toTheField('Ana');
  await performer.verb('Take Ana’s practice envelope', envelope).click();
  await expect(performer.shareField(envelope)).not.toHaveValue('');
  const share = await performer.shareField(envelope).inputValue();
  await performer.verb('Close without giving', envelope).click();

  await guide.getByText('A holder is elsewhere').click();
  await performer.verb('Make an invitation').click();
  const pictures = await photograph(guide, 'invitation');
  expect(pictures.length).toBeGreaterThan(2);
  await guide.getByLabel('Folder to save the file in').fill(usb());
  await performer.verb('Save it as a file').click();
  await expect(guide.getByText('Saved', { exact: true })).toBeVisible();
  await performer.verb(/^Stop safely/).click();

  await performer.verb('Offline desk').click();
  await performer.verb('Begin: Answer an invitation').click();
  await performer.verb('Read the invitation').click();
  const scan = await app.page('scan');
  expect(await camera(scan)).toBe('granted');
  expect(await camera(guide)).toBe('denied');
  // One picture is missed: the mixes make up for it.
  await scan.getByLabel('Pictures or a file').setInputFiles(pictures.slice(1));
  await expect(scan.getByRole('heading', { name: 'Read', exact: true })).toBeVisible();
  await performer.closeEntry(scan);
  await expect(guide.getByText('The invitation is good')).toBeVisible();

  await performer.verb('Seal a share').click();
  const sealing = await app.page('share-entry');
  expect(await camera(sealing)).toBe('denied');
  await sealing.getByLabel('Ana', { exact: true }).check();
  await performer.verb('Continue', sealing).click();
  await performer.verb('The words match', sealing).click();
  await performer.shareField(sealing).fill(share);
  await performer.verb(/^Seal the /, sealing).click();
  await expect(performer.title('Sealed, Ana', sealing)).toBeVisible();
  await performer.closeEntry(sealing);
  await expect(guide.getByText('The share of Ana is sealed')).toBeVisible();
  await performer.verb('Save it as a file').click();
  await expect(guide.getByText('Saved', { exact: true })).toBeVisible();
  const sealed = (await readdir(usb())).find((name) => name.startsWith('keyturn-sealed-share'));

  await performer.verb('Home').click();
  await guide
    .getByRole('button', { name: /^Take it up again/ })
    .first()
    .click();
  // It is still open, as it was left.
  await performer.verb('Read a sealed share').click();
  const reading = await app.page('scan');
  await reading.getByLabel('Pictures or a file').setInputFiles(join(usb(), sealed ?? ''));
  await expect(reading.getByText('Vault counted it: 1 of 3.')).toBeVisible();
  await performer.closeEntry(reading);
  await performer.verb('Read a sealed share').click();
  const again = await app.page('scan');
  await again.getByLabel('Pictures or a file').setInputFiles(join(usb(), sealed ?? ''));
  await expect(again.getByText('Each is used once')).toBeVisible();
});
