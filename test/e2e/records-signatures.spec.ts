import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { Gpg } from '../fakes/gpg.ts';
import { gpgNotHere } from '../fakes/gpg-home.ts';
import { partOpened, wholePart } from '../fakes/part-events.ts';
import { fileOf, journalLines } from '../fakes/records.ts';
import { shiftOpened, wholeShift } from '../fakes/shift-events.ts';
import { forEveryone } from './driver/everyone.ts';
import { launch, type RunningApp } from './driver/launch.ts';
import { Performer } from './driver/perform.ts';
import { button, openRecords, verifies } from './driver/records.ts';
import { chooseFile, saveStatement, signerNamed, type Signer } from './driver/sign.ts';

/* People put signatures of their own on records, of whatever kind they are. */
let app: RunningApp;
let dataFolder: string;
let drive: string;
let gpg: Gpg;
test.beforeEach(async () => {
  const why = gpgNotHere();
  test.skip(why !== undefined, `signatures of people are made with gpg (${why ?? ''})`);
  dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-e2e-'));
  drive = await mkdtemp(join(tmpdir(), 'keyturn-drive-'));
  await keep('shifts', shiftOpened.id, wholeShift);
  await keep('parts', partOpened.id, wholePart);
  gpg = new Gpg();
  app = await launch({ dataFolder });
});
test.afterEach(async () => {
  await app.close();
  gpg.close();
  for (const folder of [dataFolder, drive]) await rm(folder, { recursive: true, force: true });
});

test('a record that is still written gets a note, and is signed by the laptop and by a person', async () => {
  test.skip(app.host === 'electron', needsPath);
  const performer = await Performer.of(app);
  const { guide } = performer;
  const ben = signerNamed(gpg, 'Ben');
  await performer.startPractice();
  await guide.getByText('Add a note', { exact: true }).click();
  await button(guide, 'Add the note').click();
  await expect(guide.getByText('The note is empty.')).toBeVisible();
  await guide.getByLabel('Note', { exact: true }).fill('The lights went out twice.');
  await guide.getByLabel('Written by').fill('Wim');
  await button(guide, 'Add the note').click();
  await expect(guide.getByText('It is on the record.')).toBeVisible();
  await expect(guide.getByLabel('Note', { exact: true })).toHaveValue('');

  await guide.getByText(/^The record so far: /).click();
  const aside = guide.getByRole('complementary', { name: 'Beside the step' });
  await expect(aside.getByText('Wim noted: The lights went out twice.')).toBeVisible();
  await guide.getByText('Sign the record, or take a copy along').click();
  await button(guide, 'Sign the record as it is now').click();
  await expect(guide.getByText(/^Signed with the key of this installation: /)).toBeVisible();
  await signedBy(guide, ben);
  await forEveryone(guide, 'unfinished-signed');
  await guide.getByText('Export this record', { exact: true }).click();
  await guide.getByLabel('Folder to export to').fill(drive);
  await button(guide, 'Export the record').click();
  await expect(guide.getByText('The record was exported')).toBeVisible({ timeout: 60_000 });
  const folder = await guide.getByText(/\/keyturn-\d{8}-\d{6}-\w{8}$/).innerText();
  expect(await readFile(join(folder, 'record.jsonl'), 'utf8')).toContain('lights went out twice');
  await verifies(folder, ben, [], 'CONSISTENT, ORIGIN UNKNOWN');
});

test('where there are only a shift and a holder’s part, both are found, read and signed', async () => {
  test.skip(app.host === 'electron', needsPath);
  const guide = await app.page('guide');
  const ana = signerNamed(gpg, 'Ana');
  await openRecords(guide);
  await expect(guide.getByRole('status').getByText('2 records')).toBeVisible();
  await guide.getByLabel('Search').fill('payments robin');
  await expect(guide.getByRole('status').getByText('2 of 2 records')).toBeVisible();
  await guide.getByLabel('Search').fill('ana');
  await expect(guide.getByRole('status').getByText('1 of 2 records')).toBeVisible();
  await expect(button(guide, /^Read the record of the shift/)).toHaveCount(0);

  await button(guide, /^Read the record of the part, Payments DR/).click();
  await expect(guide.getByText('1 share given to Vault on a holder’s laptop.')).toBeVisible();
  await expect(guide.getByText('Nobody has signed this record.')).toBeVisible();
  await button(guide, 'Sign the record as it is now').click();
  await expect(guide.getByText('The key of an installation')).toBeVisible();
  await signedBy(guide, ana);
  await forEveryone(guide, 'part-signed');

  await button(guide, 'All records').click();
  await guide.getByLabel('Search').fill('');
  await button(guide, /^Read the record of the shift, payments-frankfurt/).click();
  await expect(guide.getByText(/may be valid until 2\d Nov 2026, \d\d:\d\d\./)).toBeVisible();
  await button(guide, 'Sign the record as it is now').click();
  await expect(guide.getByText('The key of an installation')).toBeVisible();
  await signedBy(guide, ana);
});

const needsPath = 'Electron asks for the folder in the system’s dialog, which no test can press';

/** A record of another day, as it lies in the data folder. */
async function keep(folder: string, id: string, events: readonly unknown[]): Promise<void> {
  await mkdir(join(dataFolder, folder), { recursive: true });
  const file = join(dataFolder, folder, `${id}.jsonl`);
  await writeFile(file, fileOf(...journalLines(events)), { mode: 0o600 });
}

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
}
