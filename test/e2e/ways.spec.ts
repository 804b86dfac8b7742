import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { forEveryone } from './driver/everyone.ts';
import { launch, type RunningApp } from './driver/launch.ts';
import { holders, Performer } from './driver/perform.ts';

/* The two ways beside the plain ceremony: a batch token that was prepared, and break glass. */
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

test('way A: the shift desk issues a batch token; the primary goes; the token promotes', async () => {
  const performer = await Performer.of(app);
  const { guide } = performer;
  await toPractice(performer, { version: '2.x, as 2.0.1', primary: 'Still works' });
  await performer.verb('Start the clusters only').click();
  await performer.verb('Shift desk of Practice DR').click({ timeout: 30_000 });

  await guide.getByLabel('Your name').fill('Robin');
  await forEveryone(guide, 'shift-take');
  await performer.verb('Take the shift').click();
  await performer.verb('Enter your Vault token').click();
  await giveRootToken(performer, 'Use this token');
  for (const part of ['policy', 'role']) {
    await performer.verb(`Compare the ${part}`).click();
    await performer.verb(`Yes, write the ${part}`).click();
    await expect(performer.verb(`Yes, write the ${part}`)).toHaveCount(0);
  }
  await guide.getByLabel('What to call it').fill('Night of 23 November');
  await performer.verb('Issue the batch token').click();
  await expect(guide.getByText('DR secondary: it takes the token')).toBeVisible();
  await expect(guide.getByText(/^Primary: it may promote/)).toBeVisible();
  await forEveryone(guide, 'shift-issued');

  await performer.verb('Practice').click();
  await causeIt(guide, 'The primary goes');
  await performer.verb('Open a ceremony on it').click();
  await performer.verb('Check the cluster').click();
  await performer.verb('Go on to the people').click({ timeout: 30_000 });
  await performer.verb('Keep these names').click();
  await expect(guide.getByRole('radio', { name: /^Night of 23 November/ })).toBeChecked();
  await forEveryone(guide, 'arm');
  await performer.verb('Use this batch token').click();
  await performer.fence();
  await performer.promote('Practice DR', { secondPerson: 'Wanda' });
  await expect(performer.verb('End the ceremony')).toBeVisible({ timeout: 60_000 });
  await forEveryone(guide, 'promoted-by-token');
  await performer.end();
  await expect(performer.title(/was promoted/)).toBeVisible();
});

test('way C: the door is opened on every node, and closed before Promote', async () => {
  const performer = await Performer.of(app);
  const { guide } = performer;
  await toOpenDoor(performer);
  await performer.verb('It is set: ask every node').click();
  await performer.verb('Go on to the people').click({ timeout: 30_000 });
  await performer.verb('Keep these names').click();
  await performer.verb('Start the attempt').click();
  for (const holder of holders.slice(0, 3)) await performer.giveShare(holder);
  await performer.verb('Decode the token').click({ timeout: 30_000 });

  // One node is forgotten: it is named, here and everywhere.
  await causeIt(guide, 'The server administrator closes the door and forgets one node');
  await performer.verb('It is closed: ask every node').click();
  await expect(performer.title('Not every node refuses yet')).toBeVisible();
  await forEveryone(guide, 'door-forgotten');
  await expect(theDoorIsOpen(guide)).toBeVisible();
  await performer.verb(/^Stop safely/).click();
  for (const place of ['Home', 'Sites', 'Records', 'Practice']) {
    await performer.verb(place).first().click();
    await expect(theDoorIsOpen(guide)).toBeVisible();
  }
  await performer.verb('See to the door of Practice DR').click();
  await causeIt(guide, 'The server administrator closes the door on every node');
  await performer.verb('Ask every node again').click();
  await performer.fence();
  await expect(theDoorIsOpen(guide)).toHaveCount(0);
  await performer.promote('Practice DR', { secondPerson: 'Wanda' });
  await performer.watch();
  await performer.deleteToken();
  await performer.end();
  await expect(performer.title(/was promoted/)).toBeVisible();
});

test('a door that nobody closed is told of at the next start', async () => {
  const performer = await Performer.of(app);
  await toOpenDoor(performer);
  await performer.verb('It is set: ask every node').click();
  await expect(performer.verb('Go on to the people')).toBeVisible({ timeout: 30_000 });
  await app.close();
  app = await launch({ dataFolder });
  const guide = await app.page('guide');
  await expect(theDoorIsOpen(guide)).toBeVisible();
  await forEveryone(guide, 'home-with-an-open-door');
});

/** Break glass, as far as the commands: Vault 2.x, and nobody has a token. */
async function toOpenDoor(performer: Performer): Promise<void> {
  const { guide } = performer;
  await toPractice(performer, { version: '2.x, as 2.0.1', primary: 'Has just gone' });
  await performer.verb('Practise with 3 of 5').click();
  await performer.verb('Check the cluster').click({ timeout: 30_000 });
  await performer.verb('Nobody has one').click({ timeout: 30_000 });
  await guide.getByLabel('Server administrator').fill('Nadia');
  await forEveryone(guide, 'door-who');
  await performer.verb('Show what to change').click();
  await causeIt(guide, 'The server administrator opens the door on every node');
  await forEveryone(guide, 'door-open');
}

async function toPractice(
  performer: Performer,
  { version, primary }: { version: string; primary: string },
): Promise<void> {
  const { guide } = performer;
  await guide.getByRole('navigation').getByRole('button', { name: 'Practice' }).click();
  await guide.getByText(version, { exact: true }).click();
  await guide.getByText(primary, { exact: true }).click();
  await guide.getByLabel('Outage during the promotion').selectOption('5 seconds');
}

async function causeIt(guide: Page, what: string): Promise<void> {
  const cause = guide.getByRole('button', { name: `Cause it: ${what}`, exact: true });
  if (!(await cause.isVisible())) await guide.getByText('Rehearse trouble').click();
  await cause.click();
  await expect(guide.getByText(`Done: ${what}.`)).toBeVisible();
}

async function giveRootToken(performer: Performer, verb: string): Promise<void> {
  const page = await performer.app.page('secret-entry');
  await performer.verb('Take the practice primary’s root token', page).click();
  await forEveryone(page, 'root-token');
  await performer.verb(verb, page).click();
  await performer.closeEntry(page);
}

const theDoorIsOpen = (guide: Page) => guide.getByText(/^The door is open on /);
