import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { forEveryone } from './driver/everyone.ts';
import { launch, type RunningApp } from './driver/launch.ts';
import { press, tabTo } from './driver/keyboard.ts';
import { Performer } from './driver/perform.ts';

/* For everyone who may have to do this at night: by keyboard alone, by screen reader, enlarged. */
let app: RunningApp;
let dataFolder: string;
test.beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-e2e-'));
  app = await launch({ dataFolder });
});
test.afterEach(async () => {
  await app.close();
  await rm(dataFolder, { recursive: true, force: true });
});

test('every screen: no axe violation, no sideways scrolling at 1024 × 700 and at 200 %', async () => {
  test.setTimeout(300_000);
  const seen: string[] = [];
  const performer = await Performer.of(app, async (page, name) => {
    seen.push(name);
    await forEveryone(page, name);
  });
  await performer.practiceFromStartToEnd();
  expect(seen.length).toBeGreaterThan(20);
});

test('a whole ceremony by keyboard alone', async () => {
  test.setTimeout(300_000);
  const guide = await app.page('guide');
  await tabTo(guide, 'Practice', { tag: 'button', last: true });
  await guide.keyboard.press('Enter');
  for (const verb of [
    'Check the cluster',
    'Go on to the people',
    'Keep these names',
    'Start the attempt',
  ])
    await press(guide, verb);
  for (const holder of ['Ana', 'Ben', 'Chidi']) {
    await press(guide, 'Open the share page');
    const page = await app.page('share-entry');
    await page.getByRole('radio').first().waitFor();
    await choose(page, holder);
    await press(page, 'Continue');
    await press(page, 'The words match');
    await press(page, `Take ${holder}’s practice envelope`);
    await press(page, 'Give the unseal key');
    await expect(page.getByRole('heading', { name: `Thank you, ${holder}` })).toBeVisible();
    await pressClose(page);
  }
  await press(guide, 'Decode the token');
  await typeInto(guide, 'How it is kept away', 'No power, and the firewall is closed.');
  await typeInto(guide, 'Who confirmed it', 'Nadia');
  await press(guide, 'Put the statement on the record');
  await press(guide, 'Open the promote page');
  const page = await app.page('promote');
  await typeInto(page, 'The cluster’s name', 'Practice DR');
  await typeInto(page, 'A second person who agrees', 'Wanda');
  await press(page, 'Review');
  await press(page, 'Promote Practice DR');
  await expect(page.getByRole('heading', { name: 'Sent' })).toBeVisible({ timeout: 30_000 });
  await pressClose(page);
  await press(guide, 'Delete the token', 60_000);
  await press(guide, 'End the ceremony', 60_000);
  await expect(guide.getByRole('heading', { level: 1, name: /was promoted/ })).toBeVisible();
});

/** The page goes away under the key that closes it. */
async function pressClose(page: Page): Promise<void> {
  const closed = page.waitForEvent('close');
  await tabTo(page, 'Close', { tag: 'button' });
  await page.keyboard.press('Enter').catch(() => undefined);
  await closed;
}

/** A group of radio buttons is one stop of Tab; the arrow keys move in it. */
async function choose(page: Page, holder: string): Promise<void> {
  const radio = page.getByLabel(holder, { exact: true });
  for (let n = 0; n < 40 && !(await radio.isChecked()); n += 1) {
    const inside = await page.evaluate(
      () => document.activeElement?.getAttribute('type') === 'radio',
    );
    if (!inside) await page.keyboard.press('Tab');
    else if (
      await page.evaluate(() => document.querySelector('input[type=radio]:checked') === null)
    )
      await page.keyboard.press('Space');
    else await page.keyboard.press('ArrowDown');
  }
  await expect(radio).toBeChecked();
}

async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label).waitFor();
  await tabTo(page, label, { tag: 'field' });
  await page.keyboard.type(text);
}
