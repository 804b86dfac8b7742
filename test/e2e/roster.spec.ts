import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { z } from 'zod';
import { toWords } from '../../shared/codec/words.ts';
import { launch, type RunningApp } from './driver/launch.ts';
import { holders, Performer } from './driver/perform.ts';

/* Who takes part, and by which script: the site's check, the second person's PIN, what the witness writes. */
let app: RunningApp;
let dataFolder: string;
test.beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-e2e-'));
  await writeFile(
    join(dataFolder, 'script.yaml'),
    [
      'version: 1',
      'title: Payments, second site',
      'steps:',
      '  - id: phone-the-noc',
      '    at: start',
      '    title: Phone the NOC',
      '    owner: operator',
      '    text: Say that the failover begins.',
      '    check: The NOC knows.',
      '',
    ].join('\n'),
  );
  app = await launch({ dataFolder });
});
test.afterEach(async () => {
  await app.close();
  await rm(dataFolder, { recursive: true, force: true });
});

const secret = 'amber 7 lantern';

test('a roster with bags, a required check, a PIN at Promote, sign-off, and the head on paper', async () => {
  test.setTimeout(240_000);
  const performer = await Performer.of(app);
  const { guide } = performer;
  await performer.startPractice();
  await performer.preflight();

  // Operator and witness are two people; holders may come with organisation and bag.
  await guide.getByLabel('Operator', { exact: true }).fill('Wanda');
  await performer.verb('Keep these names').click();
  await expect(guide.getByText('The rule of this site:')).toBeVisible();
  await guide.getByLabel('Operator', { exact: true }).fill('Robin');
  const lines = ['Ana; Acme; 114', ...holders.slice(1)];
  await guide.getByLabel('Key holders').fill(lines.join('\n'));
  await performer.verb('Keep these names').click();

  // The site's check holds the start back.
  const start = performer.verb('Start the attempt');
  await expect(start).toBeDisabled();
  await expect(guide.getByRole('main')).toContainText('Ana (Acme, bag 114)');
  await noViolation(guide);
  await guide.getByLabel('Checked by (Phone the NOC)').fill('Wanda');
  await performer.verb('Checked: Phone the NOC').click();
  await expect(start).toBeEnabled();

  await setPin(performer);
  await signOff(performer);
  await performer.start();
  expect(await wordsOnScreen(guide)).toEqual(await headWordsAfter('attempt.started'));

  for (const holder of holders.slice(0, 3)) await performer.giveShare(holder);
  await expect(performer.verb('Decode the token')).toBeVisible();
  expect(await wordsOnScreen(guide)).toEqual(await headWordsAfter('token.encoded.kept'));
  await performer.decode();
  await performer.fence();
  await promoteWithPin(performer);
  await performer.watch();
  await performer.deleteToken();
  await performer.end();
  expect(await wordsOnScreen(guide)).toEqual(await headWordsAfter('ceremony.ended'));

  const types = (await entries()).map(({ event }) => event.type);
  for (const type of ['script.adopted', 'check.done', 'pin.set', 'step.signed-off', 'pin.refused'])
    expect(types).toContain(type);
  expect(JSON.stringify(await entries())).not.toContain(secret);
});

test('the script for paper', async () => {
  const performer = await Performer.of(app);
  const { guide } = performer;
  await performer.startPractice();
  await guide.getByText('Show the command').click();
  await performer.verb(/^Write the script for paper/).click();
  await expect(guide.getByText('Print it from')).toBeVisible();
  const folder = join(dataFolder, 'printed');
  const names = await readdir(folder);
  expect(names.filter((name) => name.endsWith('.pdf'))).toHaveLength(1);
  const file = names.find((name) => name.endsWith('.html')) ?? '';
  const page = await readFile(join(folder, file), 'utf8');
  expect(page).toContain('Payments, second site');
  expect(page).toContain('The NOC knows.');
});

async function setPin(performer: Performer): Promise<void> {
  const { guide } = performer;
  await guide.getByText('set a PIN or a key (may be left out)').click();
  await expect(guide.getByRole('textbox', { name: 'Second person' })).toHaveValue('Wanda');
  await performer.verb('Set a PIN').click();
  const page = await app.page('secret-entry');
  await page.getByLabel('PIN', { exact: true }).fill('short');
  await expect(performer.verb('Set this PIN', page)).toBeDisabled();
  await page.getByLabel('PIN', { exact: true }).fill(secret);
  await noViolation(page);
  await performer.verb('Set this PIN', page).click();
  await expect(page.getByText('The PIN is set.')).toBeVisible();
  await performer.closeEntry(page);
  await expect(guide.getByText('Wanda has set a PIN')).toBeVisible();
}

async function signOff(performer: Performer): Promise<void> {
  const { guide } = performer;
  await guide.getByText('Sign off a step').click();
  await expect(guide.getByText('Is everybody ready to start the attempt?')).toBeVisible();
  await expect(guide.getByLabel('Signed off by')).toHaveValue('Wanda');
  await performer.verb('Sign off').click();
  await expect(guide.getByText(/^Signed off by Wanda, /)).toBeVisible();
  await noViolation(guide);
}

async function promoteWithPin(performer: Performer): Promise<void> {
  await performer.verb('Open the promote page').click();
  const page = await app.page('promote');
  await page.getByLabel('The cluster’s name').fill('Practice DR');
  await expect(page.getByLabel('The PIN of Wanda')).toBeHidden();
  await page.getByLabel('A second person who agrees').fill('Wanda');
  await page.getByLabel('The PIN of Wanda').fill('amber 8 lantern');
  await noViolation(page);
  await performer.verb('Review', page).click();
  await performer.verb('Promote Practice DR', page).click();
  await expect(page.getByText('4 tries are left')).toBeVisible({ timeout: 30_000 });
  await performer.verb('Change it', page).click();
  await expect(page.getByLabel('The PIN of Wanda')).toHaveValue('');
  await page.getByLabel('The PIN of Wanda').fill(secret);
  await performer.verb('Review', page).click();
  await expect(page.getByText('with the PIN set at roster')).toBeVisible();
  await performer.verb('Promote Practice DR', page).click();
  await expect(performer.title('Sent', page)).toBeVisible({ timeout: 60_000 });
  await performer.closeEntry(page);
}

async function noViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .exclude('[data-live-announcer]')
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join()}`)).toEqual(
    [],
  );
}

const wordsOnScreen = async (guide: Page): Promise<readonly string[]> => {
  const notice = guide.getByText('Witness: write these eight words').locator('..');
  await expect(notice).toBeVisible();
  return (await notice.locator('p').nth(1).innerText()).split(' ');
};

const entrySchema = z.object({ hash: z.string(), event: z.looseObject({ type: z.string() }) });

/** The record as it is on disk. */
async function entries() {
  const folder = join(dataFolder, 'records');
  const [file = ''] = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  const lines = (await readFile(join(folder, file), 'utf8')).trim().split('\n');
  return lines.map((line) => entrySchema.parse(JSON.parse(line)));
}

async function headWordsAfter(type: string): Promise<readonly string[]> {
  const entry = (await entries()).findLast(({ event }) => event.type === type);
  return toWords(entry?.hash ?? '').slice(0, 8);
}
