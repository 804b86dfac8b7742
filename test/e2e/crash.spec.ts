import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { filesBelow } from '../search/places.ts';
import { Search } from '../search/search.ts';
import { launch } from './driver/launch.ts';
import { Performer } from './driver/perform.ts';

/* A page and an app that die with a share in them, on a system where every process may write down its memory. */

/** In this folder, with core dumps of any size allowed. */
const dumping = (folder: string): readonly string[] => [
  'sh',
  '-c',
  'cd "$0" && ulimit -c unlimited && exec "$@"',
  folder,
];

let own: string;
let dumps: string;
test.beforeEach(async () => {
  own = await mkdtemp(join(tmpdir(), 'keyturn-crash-'));
  dumps = join(own, 'dumps');
  await mkdir(dumps);
  // Chromium may run as `nobody`.
  for (const folder of [own, dumps]) await chmod(folder, 0o1777);
});
test.afterEach(() => rm(own, { recursive: true, force: true, maxRetries: 10 }));

test('a share page that crashes, then the app itself: no memory is written down, and the share is nowhere', async () => {
  test.skip(process.platform !== 'linux', 'only Linux says where its dumps go');
  const app = await launch({
    dataFolder: join(own, 'data'),
    env: { TMPDIR: own },
    through: dumping(dumps),
  });
  try {
    test.skip(app.host === 'electron', 'Electron’s dumps are the system’s business');
    const performer = await Performer.of(app);
    await performer.startPractice();
    await performer.preflight();
    await performer.people();
    await performer.start();
    const page = await performer.toTheField('Ana');
    await performer.verb('Take Ana’s practice envelope', page).click();
    await expect(performer.shareField(page)).not.toHaveValue('');
    const share = await performer.shareField(page).inputValue();
    const search = await Search.for([{ kind: 'share', value: share }]);
    const placesOfShare = async (): Promise<readonly string[]> => {
      const found = new Set<string>();
      for await (const place of filesBelow(own))
        if (search.in(place).length > 0) found.add(place.name);
      return [...found];
    };

    const session = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    // What crashes never answers.
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
    await expect(performer.verb('Open the share page')).toBeVisible();
    expect(await placesOfShare()).toEqual([]);

    // Now main, which has read that share too: it made the envelope.
    const { pid } = app;
    if (pid === undefined) throw new Error('The app has no process.');
    process.kill(pid, 'SIGSEGV');
    await expect.poll(() => isRunning(pid)).toBe(false);
    expect(await placesOfShare()).toEqual([]);
    expect(await readdir(dumps)).toEqual([]);

    // The search is proven: a dump with the share in it, where this system puts dumps, is found.
    const left = await dumpWith(share);
    expect(await placesOfShare()).toEqual([left]);
  } finally {
    await app.kill();
  }
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A process that nothing holds back dies with the share in its environment. @returns its dump. */
async function dumpWith(share: string): Promise<string> {
  const [, ...words] = dumping(dumps);
  spawnSync('sh', [...words, 'sh', '-c', 'kill -ABRT $$'], {
    env: { ...process.env, SHARE: share },
  });
  const [dump] = await readdir(dumps);
  if (dump !== undefined) return join(dumps, dump);
  const pattern = await readFile('/proc/sys/kernel/core_pattern', 'utf8');
  console.log(`not proven with a real dump: this system sends them to ${pattern.trim()}`);
  const written = join(dumps, 'core');
  await writeFile(written, Buffer.concat([Buffer.alloc(4096), Buffer.from(share)]));
  return written;
}
