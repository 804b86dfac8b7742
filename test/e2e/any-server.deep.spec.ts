import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { forEveryone } from './driver/everyone.ts';
import { launch, type RunningApp } from './driver/launch.ts';
import { OutsideSite, siteName } from './driver/outside-site.ts';
import { holders, Performer } from './driver/perform.ts';

/* Unsealing through the windows, with what goes wrong on the way. */
let app: RunningApp;
let outside: OutsideSite;
let dataFolder: string;
let performer: Performer;

test.beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-e2e-'));
  outside = await OutsideSite.start();
  app = await launch({ dataFolder, allowRealCluster: true });
  performer = await Performer.of(app);
  await outside.describeTo(performer.guide);
});
test.afterEach(async () => {
  await app.close().catch(() => undefined);
  await outside.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

const share = (n: number): string => outside.site.envelope(n).share.expose();

test('unsealing: node after node, a round that fails, and one node left to somebody', async () => {
  const { guide } = performer;
  const { site } = outside;
  const [, second = '', third = ''] = site.nodes.map((node) => new URL(node).host);
  for (const node of site.nodes.slice(1)) site.faults.seal(node);

  await performer.verb(`Unseal of ${siteName}`).click();
  await performer.verb('Check the cluster').click();
  await performer.verb('Go on to the people').click({ timeout: 30_000 });
  await guide.getByLabel('Operator', { exact: true }).fill('Robin');
  await guide.getByLabel('Witness').fill('Wim');
  await guide.getByLabel('Key holders').fill(holders.join('\n'));
  await performer.verb('Keep these names').click();
  await forEveryone(guide, 'unseal-begin');
  await performer.verb('Read the nodes and begin').click();
  await expect(performer.title(`Unseal ${second}`)).toBeVisible({ timeout: 30_000 });
  await forEveryone(guide, 'unsealing');

  await give(0, second);
  await give(1, second);
  const page = await toTheField(2);
  const wrong = 'ab'.repeat(32) + '07';
  await performer.shareField(page).fill(wrong);
  await performer.verb(/^Give the /, page).click();
  await expect(performer.title('The share was not accepted', page)).toBeVisible();
  await performer.closeEntry(page);
  await expect(guide.getByRole('alert').getByText(/they did not unseal/)).toBeVisible();
  await forEveryone(guide, 'unseal-round-failed');

  for (const n of [0, 1, 2]) await give(n, second);
  await expect(performer.title(`Unseal ${third}`)).toBeVisible({ timeout: 30_000 });
  await guide.getByText(`Leave ${third} as it is`).click();
  await guide
    .getByRole('textbox', { name: 'Why', exact: true })
    .first()
    .fill('Its disk is being replaced.');
  await forEveryone(guide, 'unseal-leave');
  await performer.verb('Leave this node sealed').click();
  await expect(performer.title('No node is left to unseal')).toBeVisible();
  await forEveryone(guide, 'unseal-done');
  await performer.verb('Close the ceremony').click();
  await expect(guide.getByText(/was left sealed\. Decided by Robin/).first()).toBeVisible();
  await forEveryone(guide, 'unseal-ended');
});

/** As far as the field: the name is chosen, and the node's address compared. */
async function toTheField(n: number): Promise<Page> {
  await performer.verb(/^(Open|Show) the share page$/).click();
  const page = await app.page('share-entry');
  await page.getByLabel(holders[n] ?? '', { exact: true }).check();
  await performer.verb('Continue', page).click();
  await performer.verb('The address matches', page).click();
  await expect(performer.shareField(page)).toBeVisible();
  return page;
}

async function give(n: number, node: string): Promise<void> {
  await expect(performer.title(`Unseal ${node}`)).toBeVisible({ timeout: 30_000 });
  const page = await toTheField(n);
  await performer.shareField(page).fill(share(n));
  await performer.verb(/^Give the /, page).click();
  await expect(performer.title(`Thank you, ${holders[n] ?? ''}`, page)).toBeVisible();
  await performer.closeEntry(page);
}
