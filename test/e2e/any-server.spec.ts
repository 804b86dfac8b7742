import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { forEveryone } from './driver/everyone.ts';
import { launch, type RunningApp } from './driver/launch.ts';
import { OutsideSite, siteName } from './driver/outside-site.ts';
import { holders, Performer } from './driver/perform.ts';

/* What any Vault is opened for beside a failover: a root token; unsealing is in the deep share. */
let app: RunningApp;
let outside: OutsideSite;
let dataFolder: string;
let performer: Performer;

test.beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-e2e-'));
  outside = await OutsideSite.start({}, 'there');
  app = await launch({ dataFolder, allowRealCluster: true });
  performer = await Performer.of(app);
  const { primary } = outside.site;
  await outside.describeTo(performer.guide, { nodes: [primary], primaryNodes: [] });
});
test.afterEach(async () => {
  await app.close().catch(() => undefined);
  await outside.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

const share = (n: number): string => outside.site.envelope(n).share.expose();

test('a root token: made, shown to one person, revoked with proof', async () => {
  const { guide } = performer;
  await performer.verb(`Prepare ${siteName}`).click();
  await forEveryone(guide, 'profile-begin');
  await performer.verb(`Root token of ${siteName}`).click();
  await performer.preflight();
  await performer.rosterOf('Robin', 'Wim', holders);
  await performer.start();
  for (const n of [0, 1, 2]) await performer.giveShare(holders[n] ?? '', share(n));
  await performer.verb('Decode the token').click({ timeout: 30_000 });
  await expect(performer.title('Use the root token, then revoke it')).toBeVisible();
  await forEveryone(guide, 'root-in-hand');

  await performer.verb('Show the root token in its own window').click();
  const page = await app.page('secret-entry');
  await performer.verb('Show the root token now', page).click();
  const shown = page.getByRole('list', { name: 'The root token in groups of four' });
  await expect(shown.getByRole('listitem')).toHaveCount(7);
  await forEveryone(page, 'root-token-shown');
  await performer.verb('Written down: hide it', page).click();
  await expect(shown).toHaveCount(0);
  await performer.closeEntry(page);
  await expect(guide.getByText(/It was shown once, last to Robin/)).toBeVisible();

  await performer.verb('Revoke the root token').click();
  await expect(performer.title('The root token is settled')).toBeVisible({ timeout: 30_000 });
  await expect(guide.getByText(/^Proof: Vault accepted it before, revoked it/)).toBeVisible();
  await forEveryone(guide, 'root-settled');
  await performer.verb('Close the ceremony').click();
  await expect(guide.getByRole('main').getByRole('button', { name: 'Home' })).toBeVisible();
});
