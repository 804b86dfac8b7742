import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
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
});
test.afterEach(async () => {
  await app.close().catch(() => undefined);
  await outside.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

/** The power goes. The app is started again, and the unfinished ceremony is taken up from Home. */
async function powerCut(): Promise<void> {
  const before = await timesResumed();
  await app.kill();
  app = await launch({ dataFolder, allowRealCluster: true });
  performer = await Performer.of(app);
  await performer.verb(new RegExp(`^Take it up again: ${siteName}`)).click();
  // The record is compared with Vault and the keychain before anything else can be asked.
  // Not as the last event: the watch may see the promotion in the same moment.
  await expect.poll(timesResumed).toBe(before + 1);
}

const timesResumed = async (): Promise<number> =>
  (await eventTypes()).filter((type) => type === 'resumed').length;

async function eventTypes(): Promise<string[]> {
  const folder = join(dataFolder, 'records');
  const [file] = await readdir(folder).catch(() => []);
  if (!file) return [];
  const lines = (await readFile(join(folder, file), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => {
    const entry: unknown = JSON.parse(line);
    if (typeof entry !== 'object' || entry === null || !('event' in entry)) return '';
    const { event } = entry;
    return typeof event === 'object' && event !== null && 'type' in event ? String(event.type) : '';
  });
}

const share = (n: number): string => outside.site.envelope(n).share.expose();

test('SIGKILL after every step: the ceremony goes on where it was', async () => {
  test.setTimeout(300_000);
  await performer.verb(`Start ceremony for ${siteName}`).click();
  await expect(performer.verb('Check the cluster')).toBeVisible();
  await powerCut();
  await performer.preflight();
  await powerCut();
  await performer
    .verb('Go on to the people')
    .click()
    .catch(() => undefined);
  await performer.rosterOf('Robin', 'Wim', holders);
  await powerCut();
  await performer.start();
  for (const n of [0, 1, 2]) {
    await powerCut();
    await performer.giveShare(holders[n] ?? '', share(n));
  }
  await powerCut();
  await performer.decode();
  await powerCut();
  await performer.fence();
  await powerCut();
  await performer.promote(siteName, { secondPerson: 'Wim' });
  await powerCut();
  await performer.watch();
  await powerCut();
  await performer.deleteToken();
  await powerCut();
  await performer.end();
  const sent = outside.site.requests.filter(({ path }) => path.endsWith('/promote'));
  expect(sent, 'promote was sent once').toHaveLength(1);
});

test('SIGKILL while a share is under way: it is not sent again, and is found counted', async () => {
  await performer.verb(`Start ceremony for ${siteName}`).click();
  await performer.preflight();
  await performer.rosterOf('Robin', 'Wim', holders);
  await performer.start();
  const page = await performer.toTheField('Ana');
  await performer.shareField(page).fill(share(0));
  outside.site.faults.latency(1_500);
  await performer.verb(/^Give the /, page).click();
  await expect.poll(eventTypes).toContain('share.intended');
  // The server has the request and answers into the void.
  await expect
    .poll(() => outside.site.requests.filter(({ path }) => path.endsWith('/update')).length, {
      timeout: 20_000,
      intervals: [5],
    })
    .toBe(1);
  if (!(await eventTypes()).includes('share.accepted')) {
    await app.kill();
    await outside.site.faults.reset();
    app = await launch({ dataFolder, allowRealCluster: true });
    performer = await Performer.of(app);
    await performer.verb(new RegExp(`^Take it up again`)).click();
  }
  await expect.poll(eventTypes, { timeout: 20_000 }).toContain('share.accepted');
  expect(outside.site.requests.filter(({ path }) => path.endsWith('/update'))).toHaveLength(1);
});
