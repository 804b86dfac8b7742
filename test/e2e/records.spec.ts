import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { z } from 'zod';
import type {} from '../../renderer/keyturn.d.ts';
import { launch, type RunningApp } from './driver/launch.ts';
import { OutsideSite, siteName } from './driver/outside-site.ts';
import { holders, Performer } from './driver/perform.ts';

/** A holder's name that would be markup, and that would turn the rest of its line around. */
const hostile = 'Emil <img src=x> \u202Eevil';

let app: RunningApp;
let dataFolder: string;
let drive: string;
test.beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-e2e-'));
  drive = await mkdtemp(join(tmpdir(), 'keyturn-drive-'));
  app = await launch({ dataFolder, allowRealCluster: true });
});
test.afterEach(async () => {
  await app.close();
  for (const folder of [dataFolder, drive]) await rm(folder, { recursive: true, force: true });
});

const needsPath = 'Electron asks for the folder in the system’s dialog, which no test can press';

test('a ceremony’s record: found, exported with its report, without a secret in it', async () => {
  test.setTimeout(300_000);
  test.skip(app.host === 'electron', needsPath);
  const outside = await OutsideSite.start();
  try {
    const performer = await Performer.of(app);
    const { guide } = performer;
    await outside.describeTo(guide);
    await performer.verb(`Start ceremony for ${siteName}`).click();
    await performer.preflight();
    await performer.rosterOf('Robin', 'Wim', [...holders.slice(0, 4), hostile]);
    await performer.start();
    for (const n of [0, 1, 2])
      await performer.giveShare(holders[n] ?? '', outside.site.envelope(n).share.expose());
    await performer.decode();
    await performer.fence();
    await performer.promote(siteName);
    await performer.watch();
    await performer.deleteToken();
    await performer.end();

    await openRecords(performer);
    await isAccessible(guide);
    await guide.getByLabel('Search').fill('nobody');
    await expect(guide.getByText('No record has all of these words')).toBeVisible();
    await guide.getByLabel('Search').fill('chidi harbour');
    await expect(guide.getByRole('status').getByText('1 of 1 record')).toBeVisible();
    await performer.verb(/^Read the record of Harbour DR/).click();

    await performer.verb('Check this record').click();
    // The name that looks like markup is remarked on: nobody should have to wonder.
    await expect(guide.getByText('UNCHANGED, WITH REMARKS', { exact: true })).toBeVisible();
    await guide.getByText('Export this record', { exact: true }).click();
    await guide.getByText('A4', { exact: true }).click();
    await guide.getByLabel('Folder to export to').fill(join(drive, 'gone'));
    await performer.verb('Export the record').click();
    await expect(guide.getByRole('alert')).toContainText('cannot be found');
    await guide.getByLabel('Folder to export to').fill(drive);
    await performer.verb('Export the record').click();
    await expect(guide.getByText('The record was exported')).toBeVisible({ timeout: 60_000 });
    await isAccessible(guide);

    const [id = '', ...others] = await readdir(drive);
    expect(others).toEqual([]);
    const names = ['record.jsonl', 'report.html', 'report.pdf'];
    expect((await readdir(join(drive, id))).sort()).toEqual(
      [...names, 'READ-ME-FIRST.txt', 'keyturn-verify.mjs'].sort(),
    );
    const [record = '', html = '', pdf = ''] = await Promise.all(
      names.map((name) => readFile(join(drive, id, name), 'latin1')),
    );
    for (const name of names)
      expect((await stat(join(drive, id, name))).mode & 0o077, name).toBe(0);

    const [head = ''] =
      /[0-9a-f]{64}/.exec(/"hash":"[^"]*"(?!.*"hash")/s.exec(record)?.[0] ?? '') ?? [];
    expect(html).toContain(`QR code of the head: ${head}`);
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf).toContain('/StructTreeRoot');
    expect(pdf).toMatch(/\/Marked true/);
    expect(pdf).toContain('/Lang');
    // The verifier that came along, on plain Node and in an empty environment.
    const verify = [join(drive, id, 'keyturn-verify.mjs'), join(drive, id, 'record.jsonl')];
    const verdict = spawnSync(process.execPath, verify, { encoding: 'utf8', env: {} });
    expect(verdict.stdout).toContain('CONSISTENT, ORIGIN UNKNOWN');
    expect(verdict.status).toBe(0);

    const paper = textOf(join(drive, id, 'report.pdf'));
    if (paper === undefined) console.log('not read: the text of the PDF (pdftotext is missing)');
    else {
      const [first = ''] = paper.split('\f');
      expect(first).toContain(siteName);
      expect(first).toContain('The secondary was promoted. The ceremony was closed.');
      expect(first).toContain('3 of 3 counted: Ana, Ben, Chidi.');
      expect(first).toContain('The head of this record');
      expect(paper).toContain(head);
      expect(first).toContain('Emil <img src=x>');
      expect(paper).not.toContain('\u202E');
    }

    const minted = outside.site.minted.at(-1);
    if (!minted) throw new Error('nothing was minted');
    const secrets = [
      ...[0, 1, 2].map((n) => outside.site.envelope(n).share.expose()),
      minted.otp,
      minted.encodedToken,
      minted.token,
    ];
    for (const secret of secrets)
      for (const text of [record, html, pdf, paper ?? '']) expect(text).not.toContain(secret);

    await performer.verb('Export the record').click();
    await expect(guide.getByRole('alert')).toContainText('What is there was not touched');

    // The same record as somebody else would get it: whole, but by whom nobody here was told.
    await performer.verb('All records').click();
    await guide.getByText('Check a record from elsewhere', { exact: true }).click();
    await guide.getByLabel('File with the record').fill(join(drive, id, 'record.jsonl'));
    await guide.getByText('Keep a copy among the records from elsewhere').click();
    await performer.verb('Check the record').click();
    await expect(guide.getByText('CONSISTENT, ORIGIN UNKNOWN', { exact: true })).toBeVisible();
    await expect(guide.getByText('The check said then: CONSISTENT, ORIGIN UNKNOWN')).toBeVisible();
    await isAccessible(guide);
  } finally {
    await outside.stop();
  }
});

test('a record is deleted only by the name of its cluster; an unfinished one is not offered', async () => {
  const performer = await Performer.of(app);
  const { guide } = performer;
  await performer.startPractice();
  await performer.verb(/^Stop safely/).click();
  await openRecords(performer);
  await expect(performer.verb(/^Take it up again/)).toBeVisible();
  await expect(performer.verb(/^Read the record/)).toHaveCount(0);

  await endAll(guide);
  await guide.reload();
  await openRecords(performer);
  await performer.verb(/^Read the record/).click();
  await guide.getByText('Delete this record', { exact: true }).click();
  await performer.verb('Delete the record').click();
  const dialog = guide.getByRole('alertdialog');
  await expect(dialog).toContainText('What is lost');
  await isAccessible(guide);
  const confirm = dialog.getByRole('button', { name: 'Delete the record' });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('Name of the cluster').fill('Practice DR');
  await confirm.click();
  await expect(guide.getByRole('status').filter({ hasText: 'was deleted' })).toBeVisible();
  await expect(guide.getByText('No ceremony has ended yet')).toBeVisible();
  expect((await readdir(join(dataFolder, 'records'))).filter((n) => n.endsWith('.jsonl'))).toEqual(
    [],
  );
});

async function openRecords(performer: Performer): Promise<void> {
  const home = performer.guide.getByRole('main').getByRole('button', { name: 'Home' });
  if (await home.isVisible()) await home.click();
  await performer.guide.getByRole('navigation').getByRole('button', { name: 'Records' }).click();
  await expect(performer.title('Records')).toBeVisible();
  await expect(performer.guide.getByLabel('Search')).toBeVisible();
}

/** Ends what is unfinished, through the guide's own bridge. */
async function endAll(guide: Page): Promise<void> {
  const all = lines.parse(
    await guide.evaluate(() => window.keyturn.call('ceremony.list', undefined)),
  );
  for (const { id } of all.value) {
    const ended = await guide.evaluate((of) => window.keyturn.call('ceremony.end', { id: of }), id);
    expect(ended.ok).toBe(true);
  }
}

const lines = z.object({ value: z.array(z.object({ id: z.string() })) });

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .exclude('[data-live-announcer]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}

function textOf(pdf: string): string | undefined {
  const { status, stdout } = spawnSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}
