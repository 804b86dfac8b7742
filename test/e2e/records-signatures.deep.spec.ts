import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { generateKey } from 'openpgp';
import { toWords } from '../../shared/codec/words.ts';
import { wholeCeremony } from '../fakes/events.ts';
import { Gpg } from '../fakes/gpg.ts';
import { gpgNotHere } from '../fakes/gpg-home.ts';
import { fileOf, journalLines, newSigner, signed } from '../fakes/records.ts';
import { forEveryone } from './driver/everyone.ts';
import { launch, type RunningApp } from './driver/launch.ts';
import { holders, Performer } from './driver/perform.ts';
import { button, openRecords, verifies } from './driver/records.ts';
import { chooseFile, saveStatement, signerNamed, signFile } from './driver/sign.ts';

/* Signatures of people: at Promote over the head of the record as it stands, and on a record from elsewhere. */
let app: RunningApp;
let dataFolder: string;
let drive: string;
let gpg: Gpg;
test.beforeEach(async () => {
  const why = gpgNotHere();
  test.skip(why !== undefined, `signatures of people are made with gpg (${why ?? ''})`);
  dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-e2e-'));
  drive = await mkdtemp(join(tmpdir(), 'keyturn-drive-'));
  gpg = new Gpg();
  app = await launch({ dataFolder });
});
test.afterEach(async () => {
  await app.close();
  gpg.close();
  for (const folder of [dataFolder, drive]) await rm(folder, { recursive: true, force: true });
});

const needsPath = 'Electron asks for the folder in the system’s dialog, which no test can press';

test('the second person signs the head at Promote with the key set at the roster', async () => {
  test.skip(app.host === 'electron', needsPath);
  const wanda = signerNamed(gpg, 'Wanda');
  const performer = await Performer.of(app);
  const { guide } = performer;
  await performer.startPractice();
  await performer.preflight();
  await performer.people();

  await guide.getByText('set a PIN or a key (may be left out)').click();
  await guide.getByText('Or an OpenPGP key: a signature at Promote').click();
  const { privateKey } = await generateKey({ userIDs: [{ name: 'Wanda' }] });
  await guide.getByLabel('OpenPGP public key').fill(privateKey);
  await expect(guide.getByText('That is a private key, and it was not taken.')).toBeVisible();
  await expect(guide.getByLabel('OpenPGP public key')).toHaveValue('');
  await guide.getByLabel('OpenPGP public key').fill(wanda.publicKey);
  await performer.verb('Set this key').click();
  await expect(guide.getByText('The key of Wanda is on the record')).toBeVisible();
  await expect(guide.getByText(words(gpg)).first()).toBeVisible();
  await forEveryone(guide, 'roster-signing-key');

  await performer.start();
  for (const holder of holders.slice(0, 3)) await performer.giveShare(holder);
  await performer.decode();
  await performer.fence();
  await performer.verb('Open the promote page').click();
  const page = await app.page('promote');
  await page.getByLabel('The cluster’s name').fill('Practice DR');
  await expect(page.getByLabel('The signature', { exact: true })).toBeHidden();
  await page.getByLabel('A second person who agrees').fill('Wanda');
  const statement = await saved(page);
  expect(await readFile(statement, 'utf8')).toBe(await page.locator('#statement').innerText());
  await forEveryone(page, 'promote-signature');

  // Signed by somebody else of the same name: not sent, and said so.
  const other = new Gpg();
  const wrong = await signFile(signerNamed(other, 'Wanda'), statement);
  await page.getByLabel('Or the file with the signature').setInputFiles(wrong);
  await performer.verb('Review', page).click();
  await expect(page.getByText('with a signature over the head of the record')).toBeVisible();
  await performer.verb('Promote Practice DR', page).click();
  await expect(page.getByText('9 tries are left')).toBeVisible({ timeout: 30_000 });
  await forEveryone(page, 'promote-signature-refused');
  other.close();

  await performer.verb('Change it', page).click();
  await expect(page.getByLabel('The signature', { exact: true })).toHaveValue('');
  await page
    .getByLabel('Or the file with the signature')
    .setInputFiles(await signFile(wanda, statement));
  await performer.verb('Review', page).click();
  await forEveryone(page, 'promote-signature-review');
  await performer.verb('Promote Practice DR', page).click();
  await expect(performer.title('Sent', page)).toBeVisible({ timeout: 60_000 });
  await performer.closeEntry(page);
  await performer.watch();
  await performer.deleteToken();
  await performer.end();

  // The record says how the second person proved who they are, and gpg agrees, with the key on it.
  await guide.getByText(/^The record so far: /).click();
  await guide.getByText('Sign the record, or take a copy along').click();
  await expect(guide.getByText('The key of an installation')).toBeVisible();
  await guide.getByText('Export this record', { exact: true }).click();
  await guide.getByLabel('Folder to export to').fill(drive);
  await performer.verb('Export the record').click();
  await expect(guide.getByText('The record was exported')).toBeVisible({ timeout: 60_000 });
  await forEveryone(guide, 'ended-exported');
  const names = await readdir(drive);
  const folder = join(drive, names.find((name) => name.startsWith('keyturn-2')) ?? '');
  const record = join(folder, 'record.jsonl');
  expect(await readFile(record, 'utf8')).toContain('OpenPGP signature over the head');
  const told = spawnSync(
    process.execPath,
    [join(folder, 'keyturn-verify.mjs'), record, '--openpgp', join(drive, 'for gpg')],
    { encoding: 'utf8', env: {} },
  );
  expect(told.stderr).toBe('');
  expect(told.stdout.split('\n')[0]).toBe('CONSISTENT, ORIGIN UNKNOWN');
  const commands = told.stdout.split('\n').filter((line) => line.startsWith('  gpg '));
  expect(commands).toHaveLength(2);
  for (const command of commands) gpg.shell(command);
});

test('a record from elsewhere is kept, checked, signed by a person, and goes back with both signatures', async () => {
  test.skip(app.host === 'electron', needsPath);
  const guide = await app.page('guide');
  const maker = newSigner();
  const lines = journalLines(wholeCeremony);
  const theirs = join(drive, 'record.jsonl');
  await writeFile(theirs, fileOf(...lines, signed(lines, maker)));

  await openRecords(guide);
  await guide.getByText('Check a record from elsewhere', { exact: true }).click();
  await guide.getByLabel('Fingerprint of the key').fill(maker.identity.words.join(' '));
  await guide.getByLabel('File with the record').fill(theirs);
  await guide.getByText('Keep a copy among the records from elsewhere').click();
  await button(guide, 'Check the record').click();
  await expect(guide.getByText('The check said then: INTACT')).toBeVisible();
  await guide.getByText('Check a record from elsewhere', { exact: true }).click();
  const copy = guide.getByRole('listitem').filter({ hasText: 'From elsewhere' });
  await copy.getByText('Check, sign or remove the copy of Payments DR').click();
  await expect(copy.getByText('The key of an installation')).toBeVisible();

  const ana = signerNamed(gpg, 'Ana');
  await copy.getByText('Add a person’s OpenPGP signature').click();
  await expect(button(copy, 'Check it and put it on the record')).toBeDisabled();
  await expect(copy.getByText('The statement it was made over is needed too')).toBeVisible();
  const statement = await saveStatement(copy, ana, drive);
  await forEveryone(guide, 'records-copy-statement');

  // Somebody else's signature over the same file is not Ana's, and says so.
  const eve = new Gpg();
  const wrong = join(drive, 'wrong.asc');
  eve.key('Ana');
  eve.run('--armor', '--output', wrong, '--detach-sign', statement);
  eve.close();
  await chooseFile(copy, 'Take the signature from a file', wrong);
  await button(copy, 'Check it and put it on the record').click();
  await expect(copy.getByRole('alert')).toContainText('not made over this statement');
  await forEveryone(guide, 'records-copy-refused');

  await chooseFile(copy, 'Take the signature from a file', await signFile(ana, statement));
  await button(copy, 'Check it and put it on the record').click();
  await expect(copy.getByText('The signature is on the record')).toBeVisible();
  await expect(copy.getByRole('listitem').filter({ hasText: 'Ana' })).toBeVisible();
  await copy.getByLabel('Folder for the copy').fill(drive);
  await button(copy, 'Export the copy with its signatures').click();
  const written = await copy.getByText(/^Written to /).innerText();
  await forEveryone(guide, 'records-copy-signed');

  const folder = written.replace('Written to ', '');
  await verifies(folder, ana, ['--fingerprint', maker.identity.fingerprint], 'INTACT');

  // Removing asks first, and says what is lost with it.
  await button(copy, 'Remove the copy').click();
  const dialog = guide.getByRole('alertdialog');
  await expect(dialog).toContainText('the signatures that were added to it here');
  await forEveryone(guide, 'records-copy-remove');
  await button(dialog, 'Remove the copy').click();
  await expect(copy).toHaveCount(0);
});

async function saved(page: Page): Promise<string> {
  await page.getByLabel('Folder for the statement').fill(drive);
  await page.getByRole('button', { name: 'Save the statement to a file' }).click();
  const file = page.getByText(/\/statement\.txt$/).last();
  await expect(file).toBeVisible();
  return (await file.innerText()).replace('Saved as ', '');
}

/** The fingerprint of the only key here, as it is read aloud. */
function words(of: Gpg): string {
  const listing = of.run('--with-colons', '--list-keys').toString();
  return toWords(/^fpr:+([0-9A-F]{40}):/m.exec(listing)?.[1]?.toLowerCase() ?? '').join(' ');
}
