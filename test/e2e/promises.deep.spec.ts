import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { coresIn } from '../search/guide.ts';
import { filesBelow } from '../search/places.ts';
import { searchRehearsal, wherePlanted } from '../search/rehearsed.ts';
import { Search, type Hit } from '../search/search.ts';
import { launch } from './driver/launch.ts';
import { Performer } from './driver/perform.ts';

/* Secrets are found nowhere: every way that can be rehearsed, with every picture read. */

const always = ['vault-token', 'record-signing-key'] as const;
const attempt = ['share', 'otp', 'encoded-token', 'dr-operation-token', 'fingerprint-key'] as const;

for (const [way, vault, kinds] of [
  ['ceremony', '1', attempt],
  ['ceremony', '2', attempt],
  ['break-glass', '2', attempt],
  ['batch', '1', ['batch-token']],
  ['batch', '2', ['batch-token']],
  ['planned', '1', ['batch-token', 'activation-token']],
  ['planned', '2', ['batch-token', 'activation-token']],
] as const)
  test(`the rehearsal of ${way} on Vault ${vault}.x leaves none of its secrets anywhere`, async () => {
    const words = ['--way', way, '--vault', vault];
    const searched = await searchRehearsal({ words, pictures: 'all' });
    console.log(`${way} on ${vault}.x: ${searched.covered}`);
    expect(searched.line).toMatchObject({ way, vault, ceremony: 'closed', promoted: true });
    expect(searched.hits).toEqual([]);
    expect(searched.kinds).toEqual(expect.arrayContaining([...always, ...kinds]));
    expect(searched.planted).toEqual(expect.arrayContaining([...wherePlanted()]));
  });

test('a share page that crashes with a share typed in leaves no core dump and nothing of the share', async () => {
  const [dataFolder, own] = await Promise.all(
    ['data', 'own'].map((name) => mkdtemp(join(tmpdir(), `keyturn-crash-${name}-`))),
  );
  if (dataFolder === undefined || own === undefined) throw new Error('There is no folder.');
  await chmod(own, 0o1777);
  const app = await launch({ dataFolder, env: { TMPDIR: own }, coresIn: own });
  test.skip(app.host === 'electron', 'Electron’s core dumps are the system’s business');
  try {
    const performer = await Performer.of(app);
    await performer.startPractice();
    await performer.preflight();
    await performer.people();
    await performer.start();
    const page = await performer.toTheField('Ana');
    await performer.verb('Take Ana’s practice envelope', page).click();
    await expect(performer.shareField(page)).not.toHaveValue('');
    const value = await performer.shareField(page).inputValue();
    const search = await Search.for([{ kind: 'share', value }]);

    const session = await page.context().newCDPSession(page);
    const closed = page.waitForEvent('close', { timeout: 60_000 });
    // A crash never answers.
    void session.send('Page.crash').catch(() => undefined);
    await closed;
    await expect(performer.verb('Open the share page')).toBeVisible();
    await app.kill();
    const hits: Hit[] = [];
    for (const folder of [dataFolder, own])
      for await (const place of filesBelow(folder)) hits.push(...search.in(place));
    expect(hits).toEqual([]);
    expect(await coresIn(own)).toEqual([]);
    // A process that is not held back leaves one here, where this system writes them beside a process.
    spawnSync('sh', ['-c', 'ulimit -c unlimited; sh -c "kill -ABRT \\$\\$"'], { cwd: own });
    const dumps = (await coresIn(own)).length > 0;
    console.log(dumps ? 'core dumps are on here' : 'core dumps go elsewhere here, or are off');
  } finally {
    await app.kill();
    await Promise.all([dataFolder, own].map((one) => rm(one, { recursive: true, force: true })));
  }
});
