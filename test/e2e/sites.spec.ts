import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { forEveryone } from './driver/everyone.ts';
import { tabTo } from './driver/keyboard.ts';
import { launch, type RunningApp } from './driver/launch.ts';
import { Performer } from './driver/perform.ts';

/* Many sites in one list, and one site on its map. */
let app: RunningApp;
let dataFolder: string;
test.beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-e2e-'));
});
test.afterEach(async () => {
  await app.close();
  await rm(dataFolder, { recursive: true, force: true });
});

/** Nothing listens on this port of this machine. */
const profiles = Array.from({ length: 200 }, (_, n) => ({
  id: `site-${n}`,
  kind: 'real',
  name: `Site ${n}`,
  colour: 'teal',
  nodes: ['https://127.0.0.1:1'],
  primaryNodes: [],
  seal: 'shamir',
  tls: {},
}));

test('200 sites: search and scroll by keyboard; a look draws only what changed, in few batches', async () => {
  const settings = { version: 1, profiles, preferences: { theme: 'system' } };
  await writeFile(join(dataFolder, 'settings.json'), JSON.stringify(settings));
  app = await launch({ dataFolder, allowRealCluster: true });
  const page = await app.page('guide');
  await page.getByRole('button', { name: 'Sites', exact: true }).click();
  const rows = page.getByRole('list', { name: 'Sites' }).getByRole('listitem');
  await expect(rows).toHaveCount(200);
  // Nobody asked yet, so nobody was contacted.
  await expect(page.getByText('Not looked at yet')).toHaveCount(201); // The filter has it too.
  const elements = await page.locator('main *').count();
  expect(elements / 200, 'elements for each row').toBeLessThan(20);

  await tabTo(page, 'Search', { tag: 'field' });
  await page.keyboard.type('site 19');
  await expect(rows).toHaveCount(12);
  for (let n = 0; n < 'site 19'.length; n += 1) await page.keyboard.press('Backspace');
  await expect(rows).toHaveCount(200);
  await rows.last().getByRole('button').focus();
  await expect(rows.last()).toBeInViewport();

  await page.evaluate(() => {
    const seen = { pushes: 0, readings: 0, added: 0, removed: 0 };
    window.keyturn.on('topology.readings', (payload) => {
      seen.pushes += 1;
      seen.readings += JSON.stringify(payload).split('"triedAt"').length - 1;
      document.body.dataset['seen'] = JSON.stringify(seen);
    });
    const list = document.querySelector('ul[aria-label="Sites"]');
    if (list === null) throw new Error('no list');
    new MutationObserver((changes) => {
      for (const { addedNodes, removedNodes } of changes) {
        seen.added += addedNodes.length;
        seen.removed += removedNodes.length;
      }
    }).observe(list, { childList: true });
  });
  await page.getByRole('button', { name: 'Look at all now' }).click();
  await expect(page.getByText('200 of 200 sites; 200 looked at')).toBeVisible({ timeout: 90_000 });
  const seen = seenSchema.parse(JSON.parse((await page.getAttribute('body', 'data-seen')) ?? '{}'));
  expect(seen).toMatchObject({ added: 0, removed: 0 });
  expect(seen.pushes, 'fewer pushes than readings').toBeLessThan(seen.readings / 2);
  await expect(rows.first()).toContainText('Not visible from here');
  await page.getByLabel('Show', { exact: true }).selectOption('All clusters answer');
  await expect(page.getByText('No site fits')).toBeVisible();
});

test('the map of the practice site, without asking, by keyboard and for everyone', async () => {
  app = await launch({ dataFolder });
  const performer = await Performer.of(app);
  await performer.startPractice();
  await performer.verb(/^Stop safely/).click();
  const page = performer.guide;
  await performer.verb('Sites').click();
  const row = page.getByRole('button', { name: /^Practice DR.*Look at this/ });
  await expect(row).toBeVisible();
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(performer.title('Map of Practice DR')).toBeVisible();
  const tree = page.getByRole('list', { name: /^The site's clusters/ });
  await expect(tree.getByText('Standby')).toHaveCount(2);
  await expect(tree.getByText('Not visible from here').first()).toBeVisible();
  await expect(tree.getByText(/since \d\d:\d\d:\d\d/).first()).toBeVisible();
  await page.getByText('The whole site as a table').click();
  await expect(page.getByRole('rowheader', { name: 'Practice DR (DR secondary)' })).toHaveCount(3);
  await forEveryone(page, 'map');
});

const seenSchema = z.object({
  pushes: z.number(),
  readings: z.number(),
  added: z.number(),
  removed: z.number(),
});
