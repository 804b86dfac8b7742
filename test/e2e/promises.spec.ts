import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { launch } from './driver/launch.ts';
import { OutsideSite, siteName } from './driver/outside-site.ts';
import { holders, Performer } from './driver/perform.ts';
import { everything, forms } from './driver/search.ts';

let dataFolder: string;
test.beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-e2e-'));
});
test.afterEach(() => rm(dataFolder, { recursive: true, force: true }));

test('no secret of a whole ceremony is in the data folder, the terminal, or anything the guide saw', async () => {
  test.setTimeout(300_000);
  const outside = await OutsideSite.start();
  const app = await launch({ dataFolder, allowRealCluster: true });
  try {
    const performer = await Performer.of(app);
    const { guide } = performer;
    await outside.describeTo(guide);
    // Everything that reaches the guide goes through its bridge: pushes and replies are kept as text.
    await guide.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      for (const name of [
        'ceremony.recorded',
        'ceremony.activity',
        'watch.reading',
        'surface.state',
      ])
        window.keyturn.on(name, (payload) => seen.push(JSON.stringify(payload)));
    });
    const texts: string[] = [];
    await performer.verb(`Start ceremony for ${siteName}`).click();
    await performer.preflight();
    await performer.rosterOf('Robin', 'Wim', holders);
    await performer.start();
    for (const n of [0, 1, 2]) {
      await performer.giveShare(holders[n] ?? '', outside.site.envelope(n).share.expose());
      texts.push(await guide.content());
    }
    await performer.decode();
    texts.push(await guide.content());
    await performer.fence();
    await performer.promote(siteName);
    await performer.watch();
    await performer.deleteToken();
    texts.push(await guide.content());
    await performer.end();
    texts.push(await guide.evaluate(() => JSON.stringify(Reflect.get(window, 'seen'))));

    const minted = outside.site.minted.at(-1);
    if (!minted) throw new Error('nothing was minted');
    const secrets = [
      ...[0, 1, 2].map((n) => outside.site.envelope(n).share.expose()),
      minted.otp,
      minted.encodedToken,
      minted.token,
    ];
    const places = await everything(dataFolder);
    places.set('the terminal', app.output());
    places.set('the guide', texts.join('\n'));
    expect([...places.keys()].some((path) => path.endsWith('.jsonl'))).toBe(true);
    const hits = secrets.flatMap((secret) =>
      forms(secret).flatMap((form) =>
        [...places].filter(([, text]) => text.includes(form)).map(([place]) => place),
      ),
    );
    expect(hits).toEqual([]);
    // The search itself finds what is there: the nonce is no secret, and is in record and guide.
    const nonce = /"nonce":"([0-9a-f-]{36})"/.exec([...places.values()].join('\n'))?.[1] ?? '';
    expect([...places.values()].filter((text) => text.includes(nonce)).length).toBeGreaterThan(1);
  } finally {
    await app.close();
    await outside.stop();
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

/** The last line of a rehearsal: what it promises. */
const lineSchema = z.object({
  ceremony: z.literal('closed'),
  promoted: z.literal(true),
  shares: z.literal(3),
  dataFolder: z.string(),
  practiceSecrets: z.object({
    shares: z.array(z.string()),
    otp: z.string(),
    encodedToken: z.string(),
    token: z.string(),
  }),
});

test('a rehearsal ends promoted, and its practice secrets are in nothing it wrote', async () => {
  test.setTimeout(300_000);
  const out = join(dataFolder, 'out');
  const script = join(import.meta.dirname, '../../scripts/rehearse.mjs');
  const run = spawnSync(process.execPath, [script, '--out', out], { encoding: 'utf8' });
  const line = lineSchema.parse(JSON.parse(run.stdout.trimEnd().split('\n').at(-1) ?? ''));
  const { practiceSecrets: said, dataFolder: app } = line;
  const secrets = [...said.shares, said.otp, said.encodedToken, said.token];
  expect(secrets).toHaveLength(8);
  const places = new Map([...(await everything(out)), ...(await everything(app))]);
  expect(places.size).toBeGreaterThan(20);
  const hits = secrets.flatMap((secret) =>
    forms(secret).flatMap((form) =>
      [...places].filter(([, text]) => text.includes(form)).map(([place]) => place),
    ),
  );
  expect(hits).toEqual([]);
  await rm(app, { recursive: true, force: true });
});
