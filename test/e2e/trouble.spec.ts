import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launch, type RunningApp } from './driver/launch.ts';
import { OutsideSite, siteName } from './driver/outside-site.ts';
import { holders, Performer } from './driver/perform.ts';

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
  await performer.verb(`Start ceremony for ${siteName}`).click();
  await performer.preflight();
  await performer.rosterOf('Robin', 'Wim', holders);
  await performer.start();
});
test.afterEach(async () => {
  await app.close();
  await outside.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

const share = (n: number): string => outside.site.envelope(n).share.expose();

test('a wrong share at the threshold: what is known, and round 2 with the same nonce', async () => {
  await performer.giveShare('Ana', share(0));
  await performer.giveShare('Ben', share(1));
  const words = await performer.guide
    .getByText(/^Nonce/)
    .first()
    .innerText();
  const page = await performer.toTheField('Chidi');
  await performer.shareField(page).fill(outside.site.foreignShare().expose());
  await performer.verb(/^Give the /, page).click();
  await expect(page.getByText('Vault cannot say which one')).toBeVisible();
  await performer.closeEntry(page);
  await expect(performer.guide.getByText('0 of 3').first()).toBeVisible();
  expect(
    await performer.guide
      .getByText(/^Nonce/)
      .first()
      .innerText(),
  ).toBe(words);
  for (const n of [0, 1, 2]) await performer.giveShare(holders[n] ?? '', share(n));
  await performer.decode();
});

test('the same share twice, in another encoding: caught here, not sent', async () => {
  await performer.giveShare('Ana', share(0));
  const page = await performer.toTheField('Ben');
  const hex = Buffer.from(share(0), 'base64').toString('hex');
  const sent = outside.site.requests.length;
  await performer.shareField(page).fill(hex);
  await performer.verb(/^Give the /, page).click();
  await expect(page.getByText(/already given in this round/)).toBeVisible();
  expect(outside.site.requests).toHaveLength(sent);
});

test('text that is no share: said while typing, and the button stays closed', async () => {
  const page = await performer.toTheField('Ana');
  for (const text of ['abc', 'zz zz', '00'.repeat(40)]) {
    await performer.shareField(page).fill(text);
    await expect(performer.verb(/^Give the /, page)).toBeDisabled();
  }
  // 1 MiB of text neither freezes the page nor is it sent.
  await performer.shareField(page).fill('A'.repeat(1024 * 1024));
  await expect(performer.verb(/^Give the /, page)).toBeDisabled();
  await performer.shareField(page).fill(` ${share(0).slice(0, 20)}\n\t${share(0).slice(20)} `);
  await expect(performer.verb(/^Give the /, page)).toBeEnabled();
});

test('another operator cancels: the next share stays here, and the guide shows the ways on', async () => {
  await performer.giveShare('Ana', share(0));
  outside.site.faults.cancelByAnother();
  const page = await performer.toTheField('Ben');
  await performer.shareField(page).fill(share(1));
  const updates = () => outside.site.requests.filter(({ path }) => path.endsWith('/update')).length;
  const before = updates();
  await performer.verb(/^Give the /, page).click();
  await expect(page.getByText(/The server knows no attempt/)).toBeVisible();
  expect(updates()).toBe(before);
  await performer.closeEntry(page);
  await expect(performer.verb('Check with Vault')).toBeVisible();
  await expect(performer.verb('Start a new attempt')).toBeVisible();
});

test('another operator starts: superseded, and the words on screen are no longer asked for', async () => {
  await outside.site.faults.startByAnother();
  await performer.verb('Check with Vault').click();
  await expect(performer.guide.getByText(/whoever started it/).first()).toBeVisible();
  await expect(performer.verb('Open the share page')).toHaveCount(0);
});

test('cancelling asks for the name, and ends the attempt on the server', async () => {
  await performer.guide.locator('summary', { hasText: 'Cancel' }).click();
  await performer.guide
    .getByRole('button', { name: /Cancel the attempt/ })
    .first()
    .click();
  const dialog = performer.guide.getByRole('alertdialog');
  await dialog.getByRole('textbox').fill(siteName);
  await dialog.getByRole('button', { name: /Cancel the attempt/ }).click();
  await expect(performer.verb('Start a new attempt')).toBeVisible();
  expect(outside.site.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
});

test('promote answers "still catching up": told apart, asked again, then by force with its price', async () => {
  for (const n of [0, 1, 2]) await performer.giveShare(holders[n] ?? '', share(n));
  await performer.decode();
  await performer.fence();
  outside.site.faults.promoteRefuses({ times: 1 });
  await performer.openPromote(siteName, 'Wim');
  const page = await app.page('promote');
  await performer.verb(`Promote ${siteName}`, page).click();
  await expect(page.getByText(/catching up/).first()).toBeVisible({ timeout: 30_000 });
  await performer.closeEntry(page);
  await performer.promote(siteName, { secondPerson: 'Wim', force: true });
  await performer.watch();
});

test('the OTP on paper: shown once after a second person agreed, entered again, and it decodes', async () => {
  const { guide } = performer;
  await guide.locator('summary', { hasText: 'The OTP: write it down' }).click();
  await guide.getByLabel('Who sees the OTP').fill('Robin');
  await guide.getByLabel('Who agreed').first().fill('robin ');
  await performer.verb('Show the OTP in its own window').click();
  await expect(guide.getByText('Enter the name of a second person.')).toBeVisible();
  expect(app.isOpen('secret-entry')).toBe(false);
  await guide.getByLabel('Who agreed').first().fill('Wim');
  await performer.verb('Show the OTP in its own window').click();
  const shown = await app.page('secret-entry');
  await performer.verb('Show the OTP now', shown).click();
  const characters = shown.locator('.character');
  await expect(characters.first()).toBeVisible();
  const otp = (await characters.allInnerTexts()).join('');
  expect(otp).toHaveLength(28);
  await performer.verb('Written down: hide it', shown).click();
  await expect(characters).toHaveCount(0);
  await performer.closeEntry(shown);

  await performer.verb('Enter the OTP from paper').click();
  const entry = await app.page('secret-entry');
  await entry.getByRole('textbox').fill(otp);
  await performer.verb('Keep this OTP', entry).click();
  await performer.closeEntry(entry);
  for (const n of [0, 1, 2]) await performer.giveShare(holders[n] ?? '', share(n));
  await performer.decode();
});

test('the old primary comes back as active: the alarm fills the screen', async () => {
  for (const n of [0, 1, 2]) await performer.giveShare(holders[n] ?? '', share(n));
  await performer.decode();
  await performer.fence();
  await performer.promote(siteName);
  await performer.watch();
  await outside.site.faults.primaryUp();
  const alarm = performer.guide.getByRole('alertdialog');
  await expect(alarm).toContainText('Two primaries are active', { timeout: 30_000 });
  await performer.verb(/^This is being seen to/).click();
  await expect(performer.guide.getByText('The old one answers at')).toBeVisible();
});

test('a ceremony whose cluster is gone can be left, and says what stays open', async () => {
  for (const node of outside.site.nodes) await outside.site.faults.nodeDown(node);
  const { guide } = performer;
  await guide.locator('summary', { hasText: 'Cancel' }).click();
  await performer.verb('Leave it unfinished').click();
  const dialog = guide.getByRole('alertdialog');
  await dialog.getByLabel('Why it is left').fill('The site is lost.');
  await dialog.getByRole('button', { name: 'Leave it unfinished' }).click();
  await expect(
    guide.getByRole('heading', { name: 'The ceremony was left unfinished' }),
  ).toBeVisible();
  await expect(guide.getByText(/An attempt may still be open on the server/)).toBeVisible();
});
