import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import type {} from '../../renderer/keyturn.d.ts';
import { wholeCeremony } from '../fakes/events.ts';
import { Gpg } from '../fakes/gpg.ts';
import { gpgNotHere } from '../fakes/gpg-home.ts';
import { fileOf, journalLines, newSigner, signed } from '../fakes/records.ts';
import { shiftOpened, wholeShift } from '../fakes/shift-events.ts';
import { forEveryone } from './driver/everyone.ts';
import { launch, type RunningApp } from './driver/launch.ts';
import { Performer } from './driver/perform.ts';
import { chooseFile, saveStatement, signerNamed, signFile, type Signer } from './driver/sign.ts';

/* People put signatures of their own on records: on one from elsewhere, and on one that is still written. */
let app: RunningApp;
let dataFolder: string;
let drive: string;
let gpg: Gpg;
test.beforeEach(async () => {
  const why = gpgNotHere();
  test.skip(why !== undefined, `signatures of people are made with gpg (${why ?? ''})`);
  dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-e2e-'));
  drive = await mkdtemp(join(tmpdir(), 'keyturn-drive-'));
  await mkdir(join(dataFolder, 'shifts'));
  const shift = join(dataFolder, 'shifts', `${shiftOpened.id}.jsonl`);
  await writeFile(shift, fileOf(...journalLines(wholeShift)), { mode: 0o600 });
  gpg = new Gpg();
  app = await launch({ dataFolder });
});
test.afterEach(async () => {
  await app.close();
  gpg.close();
  for (const folder of [dataFolder, drive]) await rm(folder, { recursive: true, force: true });
});

const needsPath = 'Electron asks for the folder in the system’s dialog, which no test can press';

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
  verifies(folder, ana, ['--fingerprint', maker.identity.fingerprint], 'INTACT');

  // Removing asks first, and says what is lost with it.
  await button(copy, 'Remove the copy').click();
  const dialog = guide.getByRole('alertdialog');
  await expect(dialog).toContainText('the signatures that were added to it here');
  await forEveryone(guide, 'records-copy-remove');
  await button(dialog, 'Remove the copy').click();
  await expect(copy).toHaveCount(0);
});

test('a record is signed unfinished, by the laptop and by a person; the record of a shift likewise', async () => {
  test.skip(app.host === 'electron', needsPath);
  const performer = await Performer.of(app);
  const { guide } = performer;
  const ben = signerNamed(gpg, 'Ben');
  await performer.startPractice();
  await guide.getByText(/^The record so far: /).click();
  await guide.getByText('Sign the record, or take a copy along').click();
  await button(guide, 'Sign the record as it is now').click();
  await expect(guide.getByText(/^Signed with the key of this installation: /)).toBeVisible();
  await signedBy(guide, ben);
  await guide.getByText('Export this record', { exact: true }).click();
  await guide.getByLabel('Folder to export to').fill(drive);
  await button(guide, 'Export the record').click();
  await expect(guide.getByText('The record was exported')).toBeVisible({ timeout: 60_000 });
  verifies(
    await guide.getByText(/\/keyturn-\d{8}-\d{6}-\w{8}$/).innerText(),
    ben,
    [],
    'CONSISTENT, ORIGIN UNKNOWN',
  );
  await performer.verb(/^Stop safely/).click();

  await openRecords(guide);
  await button(guide, /^Read the record of the shift, payments-frankfurt/).click();
  await expect(guide.getByText('Nobody has signed this record.')).toBeVisible();
  await button(guide, 'Sign the record as it is now').click();
  await expect(guide.getByText('The key of an installation')).toBeVisible();
  await signedBy(guide, ben);
});

/** A person's signature from the form to the list, with the text inside: one paste, no file. */
async function signedBy(guide: Page, person: Signer): Promise<void> {
  const main = guide.getByRole('main');
  await main.getByText('Add a person’s OpenPGP signature').click();
  const statement = await saveStatement(main, person, drive);
  person.gpg.run('--local-user', person.name, '--clearsign', statement);
  await chooseFile(main, 'Take the signature from a file', `${statement}.asc`);
  await button(main, 'Check it and put it on the record').click();
  await expect(main.getByText('The signature is on the record')).toBeVisible();
  await expect(main.getByRole('listitem').filter({ hasText: person.name }).first()).toBeVisible();
  await forEveryone(guide, `record-signed-by-${person.name}`);
}

/** With the verifier that came along, on plain Node; then gpg itself, as that verifier says. */
function verifies(folder: string, { gpg: theirs }: Signer, given: string[], says: string): void {
  const openPgp = join(drive, `for gpg ${given.length}`);
  const told = spawnSync(
    process.execPath,
    [
      join(folder, 'keyturn-verify.mjs'),
      join(folder, 'record.jsonl'),
      ...given,
      '--openpgp',
      openPgp,
    ],
    { encoding: 'utf8', env: {} },
  );
  expect(told.stderr).toBe('');
  expect(told.stdout.split('\n')[0]).toBe(says);
  expect(told.status).toBe(0);
  const commands = told.stdout.split('\n').filter((line) => line.startsWith('  gpg '));
  expect(commands).toHaveLength(2);
  for (const command of commands) theirs.shell(command);
}

const button = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole('button', { name, exact: typeof name === 'string' });

async function openRecords(guide: Page): Promise<void> {
  const home = guide.getByRole('main').getByRole('button', { name: 'Home' });
  if (await home.isVisible()) await home.click();
  await guide.getByRole('navigation').getByRole('button', { name: 'Records' }).click();
  await expect(guide.getByRole('heading', { level: 1, name: 'Records' })).toBeVisible();
}
