import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launch } from './driver/launch.ts';
import { OutsideSite, siteName } from './driver/outside-site.ts';
import { holders, Performer } from './driver/perform.ts';
import { chromiumWithWholeStrings, heapOf, memoryOf, renderersAmong } from '../search/guide.ts';
import { filesBelow, processesFrom } from '../search/places.ts';
import { rememberSecrets } from '../search/remember.ts';
import { searchRehearsal, wherePlanted } from '../search/rehearsed.ts';
import { Search, type Hit, type Place } from '../search/search.ts';

let dataFolder: string;
test.beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-e2e-'));
});
test.afterEach(() => rm(dataFolder, { recursive: true, force: true }));

test('no secret of a whole ceremony is on disk, on the terminal, in the guide or in a process list, also after a crash', async () => {
  test.setTimeout(300_000);
  const known = rememberSecrets();
  const outside = await OutsideSite.start();
  // The app's temporary folder is its own, so that all of it can be searched. Chromium passes through.
  const own = await mkdtemp(join(tmpdir(), 'keyturn-own-'));
  await chmod(own, 0o1777);
  const env = { TMPDIR: own, KEYTURN_CHROMIUM: await chromiumWithWholeStrings(own) };
  const app = await launch({ dataFolder, allowRealCluster: true, env });
  try {
    const performer = await Performer.of(app);
    const { guide } = performer;
    const said = new Set<string>();
    const listen = async (): Promise<void> => {
      said.add(await guide.content());
      for (const one of await processesFrom(app.pid ?? 0)) said.add(`${one.name}\n${one.said}`);
    };
    await outside.describeTo(guide);
    await performer.verb(`Start ceremony for ${siteName}`).click();
    await performer.preflight();
    await performer.rosterOf('Robin', 'Wim', holders);
    await performer.start();
    for (const n of [0, 1, 2]) {
      await performer.giveShare(holders[n] ?? '', outside.site.envelope(n).share.expose());
      await listen();
    }
    await performer.decode();
    await performer.fence();
    await performer.promote(siteName);
    await listen();
    await performer.watch();
    const minted = outside.site.minted.at(-1);
    if (!minted) throw new Error('nothing was minted');
    const search = await Search.for([
      ...known,
      { kind: 'otp', value: minted.otp },
      { kind: 'encoded-token', value: minted.encodedToken },
      { kind: 'dr-operation-token', value: minted.token },
    ]);
    const hits: Hit[] = [];
    const look = (place: Place): void => void hits.push(...search.in(place));

    // The nonce is no secret, and the search finds it where it is.
    const attempt = /"nonce":"([0-9a-f-]{36})"/.exec(await recordIn(dataFolder))?.[1] ?? '';
    const seen = await Search.for([{ kind: 'share', value: attempt }]);
    if (app.host === 'chromium') {
      const heap = { name: 'the heap of the guide', bytes: await heapOf(guide) };
      look(heap);
      expect(seen.in(heap)).not.toEqual([]);
      const pids = (await processesFrom(app.pid ?? 0)).map(({ pid }) => pid);
      const read = await lookIntoMemory(pids, look, seen);
      console.log(
        read > 0
          ? `${read} MB of renderer memory searched`
          : 'not searched: the memory of the renderers (the system does not let us read it)',
      );
    }
    await app.kill();
    look({ name: 'the terminal', bytes: Buffer.from(app.output()) });
    look({ name: 'the guide and the processes', bytes: Buffer.from([...said].join('\n')) });
    const places: string[] = [];
    for (const folder of [dataFolder, own])
      for await (const place of filesBelow(folder)) {
        look(place);
        if (seen.in(place).length > 0) places.push(place.name);
      }
    expect(hits).toEqual([]);
    expect(places.some((place) => place.endsWith('.jsonl'))).toBe(true);
    expect([...search.counts.keys()].sort()).toEqual([
      'dr-operation-token',
      'encoded-token',
      'otp',
      'share',
      'vault-token',
    ]);
  } finally {
    await app.kill();
    await outside.stop();
    await rm(own, { recursive: true, force: true });
  }
});

test('files are for the person who runs the app, and nobody else', async () => {
  const app = await launch({ dataFolder });
  const performer = await Performer.of(app);
  await performer.startPractice();
  await performer.preflight();
  await app.close();
  for (const name of await readdir(dataFolder, { recursive: true })) {
    const { mode } = await stat(join(dataFolder, name));
    expect(mode & 0o077, name).toBe(0);
  }
});

test('a second instance on the same data folder says so and leaves the first alone', async () => {
  const app = await launch({ dataFolder });
  const main = join(import.meta.dirname, '../../out/chromium/main.js');
  test.skip(app.host === 'electron', 'Electron focuses the first instance instead');
  const second = spawnSync(process.execPath, [main, '--data', dataFolder], { encoding: 'utf8' });
  expect(second.status).toBe(1);
  expect(second.stderr).toMatch(/another Keyturn|already|in use/i);
  const performer = await Performer.of(app);
  await performer.startPractice();
  await app.close();
});

test('no keychain: says what is missing, and goes on in memory only by an explicit choice', async () => {
  const nowhere = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(dataFolder, 'no-bus')}` };
  const app = await launch({ dataFolder, env: nowhere });
  try {
    const performer = await Performer.of(app);
    const { guide } = performer;
    const practice = guide.getByRole('main').getByRole('button', { name: 'Practice', exact: true });
    await expect(practice).toBeDisabled();
    await expect(guide.getByText(/No keychain answers on this machine/).first()).toBeVisible();
    await guide.locator('summary', { hasText: 'Go on in memory only' }).click();
    await guide.getByLabel('Decided by').fill('Robin');
    await performer.verb('Go on in memory only').click();
    await practice.click();
    await performer.preflight();
    await performer.people();
    await performer.start();
    await performer.giveShare('Ana');
    const [newest] = (await readdir(join(dataFolder, 'records'))).sort().reverse();
    const record = await readFile(join(dataFolder, 'records', newest ?? ''), 'utf8');
    expect(record).toContain('"keychain":"memory"');
    expect(record).toContain('deviation.recorded');
  } finally {
    await app.close();
  }
});

test('a rehearsal ends promoted, and none of its secrets is in anything it wrote, said or kept in the guide', async () => {
  test.setTimeout(300_000);
  const { line, hits, planted, kinds, covered } = await searchRehearsal({ pictures: 'fields' });
  expect(line).toMatchObject({ ceremony: 'closed', promoted: true, shares: 3 });
  console.log(covered);
  expect(hits).toEqual([]);
  for (const kind of ['share', 'otp', 'encoded-token', 'dr-operation-token', 'fingerprint-key'])
    expect(kinds).toContain(kind);
  expect(planted).toEqual(expect.arrayContaining([...wherePlanted()]));
});

/** The record of the one ceremony there is. */
async function recordIn(folder: string): Promise<string> {
  const [name = ''] = (await readdir(join(folder, 'records'))).filter((one) =>
    one.endsWith('.jsonl'),
  );
  return readFile(join(folder, 'records', name), 'utf8');
}

/** Every renderer that runs: the guide's, and those that Chromium holds ready. In megabytes. */
async function lookIntoMemory(
  pids: readonly number[],
  look: (place: Place) => void,
  control: Search,
): Promise<number> {
  let bytes = 0;
  let found = false;
  for (const pid of await renderersAmong(pids))
    for await (const place of memoryOf(pid, `the memory of renderer ${pid}`)) {
      bytes += place.bytes.length;
      look(place);
      found ||= control.in(place).length > 0;
    }
  expect(found).toBe(bytes > 0);
  return Math.round(bytes / 1e6);
}
