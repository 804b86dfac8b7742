import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { Laptop, patience, wordsIn } from '../rehearsal/split-laptop.ts';
import { filesBelow } from '../search/places.ts';
import { Search, type Hit } from '../search/search.ts';
import { OutsideSite, siteName } from './driver/outside-site.ts';
import { holders } from './driver/perform.ts';

/*
 * Two laptops, and somebody with the vault command who gives in the same moment: the last share lands
 * from the holder's laptop, and the encoded token goes home from there.
 */
const root = join(import.meta.dirname, '../..');

let outside: OutsideSite;
let out: string;
const laptops: Laptop[] = [];
test.beforeEach(async () => {
  test.skip(process.platform !== 'linux', 'two keychains side by side are made on Linux only');
  outside = await OutsideSite.start();
  out = await mkdtemp(join(tmpdir(), 'keyturn-handed-'));
});
test.afterEach(async () => {
  for (const laptop of laptops.splice(0)) {
    await laptop.close();
    await rm(laptop.dataFolder, { recursive: true, force: true });
  }
  await outside.stop();
  await rm(out, { recursive: true, force: true });
});

async function laptopOf(name: string): Promise<Laptop> {
  const main = join(root, 'out/chromium/main.js');
  const look = () => Promise.resolve();
  const laptop = await Laptop.open({ name, out, main, look, allowRealCluster: true });
  laptops.push(laptop);
  await outside.describeTo(laptop.guide, { pinned: true });
  return laptop;
}

test('the encoded token that landed on a holder’s laptop goes back as codes, and the ceremony goes on', async () => {
  const robin = await laptopOf('operator');
  const operator = robin.performer;
  await robin.press(`Start ceremony for ${siteName}`);
  await operator.preflight();
  await operator.rosterOf('Robin', 'Wim', holders);
  await operator.start();
  await operator.giveShare('Ana', outside.site.envelope(0).share.expose());
  await robin.unfold('A holder is elsewhere');
  await robin.press('Make an invitation');
  const invitation = await robin.save(`The invitation to ${siteName}`);
  const signer = await wordsIn(robin.guide, 'Whose invitation it is');

  const ben = await laptopOf('holder');
  await ben.go('I hold a share');
  await ben.scan('Read the invitation', [invitation], 'The invitation was read');
  await ben.trust(signer, 'Ben');
  await landLast(ben);
  await expect(operator.title('The server knows no attempt')).toBeVisible(patience);

  // Nothing else can be begun on that laptop, and after a look elsewhere it is still there.
  await expect(ben.performer.title('Hand back the encoded token')).toBeVisible(patience);
  await ben.guide.reload();
  await ben.go('I hold a share');
  await expect(ben.guide.getByText('It is kept in the keychain of this laptop')).toBeVisible();
  await expect(ben.performer.verb('Robin has it')).toBeHidden();
  await ben.press('Show it for Robin');
  const codes = await ben.photograph('The encoded token for Robin');

  await robin.unfold('A holder’s laptop has the encoded token');
  await robin.scan('Read the encoded token', codes, 'Ben gave the last share.');
  await operator.decode();
  await ben.guide.getByLabel('Your name').fill('Ben');
  await ben.press('Robin has it');
  await expect(ben.performer.title('I hold a share')).toBeVisible(patience);

  const record = await ben.export();
  const types = [...(await readFile(record, 'utf8')).matchAll(/"type":"([a-z.]+)"/g)];
  expect(types.slice(-4).map(([, type]) => type)).toEqual([
    'token.kept',
    'token.offered',
    'token.handed',
    'part.ended',
  ]);
  const verifier = join(root, 'out/verifier/keyturn-verify.mjs');
  await promisify(execFile)(process.execPath, [verifier, record]);
  await searchEverything();
});

/** Chidi's share arrives between the status that Ben's laptop reads and the share that it sends. */
async function landLast(laptop: Laptop): Promise<void> {
  const { faults } = outside.site;
  await laptop.press('Give my share to Vault');
  const page = await laptop.window('share-entry');
  await page.getByLabel('Ben', { exact: true }).check();
  await laptop.press('Continue', page);
  await laptop.press('The words match', page);
  await laptop.performer.shareField(page).fill(outside.site.envelope(1).share.expose());
  await expect(page.getByRole('button', { name: /practice envelope/ })).toHaveCount(0);
  // Every answer waits from here on: a share that was sent is on its way for as long.
  faults.latency(3_000);
  await laptop.press(/^Give the /, page);
  await expect
    .poll(() => written(join(laptop.dataFolder, 'parts')), { timeout: 30_000, intervals: [20] })
    .toContain('"type":"share.intended"');
  await faults.giveElsewhere(2);
  faults.latency(0);
  await expect(page.getByText('yours was the last')).toBeVisible(patience);
  await laptop.closeWindow(page);
}

async function written(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  return (await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))).join('');
}

/** Both laptops, what was carried between them, and the records: the nonce is there, and no secret. */
async function searchEverything(): Promise<void> {
  const minted = outside.site.minted.at(-1);
  if (!minted) throw new Error('Nothing was minted.');
  const search = await Search.for([
    ...[0, 1, 2].map(
      (n) => ({ kind: 'share', value: outside.site.envelope(n).share.expose() }) as const,
    ),
    { kind: 'otp', value: minted.otp },
    { kind: 'encoded-token', value: minted.encodedToken },
    { kind: 'dr-operation-token', value: minted.token },
  ]);
  const nonce = /"nonce":"([0-9a-f-]{36})"/.exec(await written(partsOf(1)))?.[1] ?? '';
  const control = await Search.for([{ kind: 'share', value: nonce }]);
  const hits: Hit[] = [];
  for (const folder of [...laptops.map(({ dataFolder }) => dataFolder), out]) {
    let seen = false;
    for await (const place of filesBelow(folder)) {
      hits.push(...search.in(place));
      seen ||= control.in(place).length > 0;
    }
    expect(seen, folder).toBe(true);
  }
  expect(hits).toEqual([]);
}

const partsOf = (place: number): string => join(laptops[place]?.dataFolder ?? '', 'parts');
