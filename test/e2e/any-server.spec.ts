import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { forEveryone } from './driver/everyone.ts';
import { launch, type RunningApp } from './driver/launch.ts';
import { OutsideSite, siteName } from './driver/outside-site.ts';
import { holders, Performer } from './driver/perform.ts';

/* What a described cluster is for beside a failover: a root token, the way back; unsealing is in the deep share. */
let app: RunningApp;
let outside: OutsideSite;
let dataFolder: string;
let performer: Performer;

test.beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-e2e-'));
  outside = await OutsideSite.start({}, 'there');
  app = await launch({ dataFolder, allowRealCluster: true });
  performer = await Performer.of(app);
});
test.afterEach(async () => {
  await app.close().catch(() => undefined);
  await outside.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

const share = (n: number): string => outside.site.envelope(n).share.expose();

test('a root token: made, shown to one person, revoked with proof', async () => {
  const { guide } = performer;
  await outside.describeTo(guide, { nodes: [outside.site.primary], primaryNodes: [] });
  await performer.verb(`Prepare ${siteName}`).click();
  await forEveryone(guide, 'profile-begin');
  await performer.verb(`Root token of ${siteName}`).click();
  await performer.preflight();
  await performer.rosterOf('Robin', 'Wim', holders);
  await performer.start();
  for (const n of [0, 1, 2]) await performer.giveShare(holders[n] ?? '', share(n));
  await performer.verb('Decode the token').click({ timeout: 30_000 });
  const inHand = performer.title('Use the root token, then revoke it');
  await expect(inHand).toBeFocused();
  await forEveryone(guide, 'root-in-hand');

  // Nobody has seen it: revoking is asked about, and Enter shows it.
  const revoke = performer.verb('Revoke the root token');
  await expect(revoke).toHaveCount(0);
  await performer.verb('Revoke it unseen').click();
  await forEveryone(guide, 'root-unseen');
  await performer.verb('Keep it').click();
  await inHand.press('Enter');
  const page = await app.page('secret-entry');
  await performer.verb('Show the root token now', page).click();
  const shown = page.getByRole('list', { name: 'The root token in groups of four' });
  await expect(shown.getByRole('listitem')).toHaveCount(7);
  await forEveryone(page, 'root-token-shown');
  await expect(revoke).toBeDisabled();
  await performer.verb('Written down: hide it', page).click();
  await expect(shown).toHaveCount(0);
  await performer.closeEntry(page);
  await expect(guide.getByText(/It was shown once, last to Robin/)).toBeVisible();

  await revoke.click();
  await expect(performer.title('The root token is settled')).toBeVisible({ timeout: 30_000 });
  await expect(guide.getByText(/^Proof: Vault accepted it before, revoked it/)).toBeVisible();
  await forEveryone(guide, 'root-settled');
  await performer.verb('Close the ceremony').click();
  await expect(guide.getByRole('main').getByRole('button', { name: 'Home' })).toBeVisible();
});

test('the way back is described with one press, and once', async () => {
  const { guide } = performer;
  await outside.describeTo(guide);
  await guide.getByRole('navigation').getByRole('button', { name: 'Clusters' }).click();
  const describeBack = performer.verb(`Describe the way back of ${siteName}`);
  await describeBack.click();
  await expect(guide.getByText(/describes the same site the other way round/)).toBeVisible();
  await expect(describeBack).toBeDisabled();
  await forEveryone(guide, 'way-back-described');

  // Its nodes are the old primary’s, and the other way round.
  await performer.verb(`Edit or test ${siteName} (way back)`).click();
  const { primary, nodes } = outside.site;
  await expect(guide.getByLabel('Nodes of the DR secondary')).toHaveValue(primary);
  await expect(guide.getByLabel(/^Nodes of the primary/)).toHaveValue(nodes.join('\n'));
});
