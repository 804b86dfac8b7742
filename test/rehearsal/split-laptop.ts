import { appendFile, mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { decodeQR } from 'qr/decode.js';
import { startKeyring, type StartedKeyring } from '../../scripts/lib/keyring.mjs';
import { launchChromiumHost, type RunningApp } from '../e2e/driver/launch.ts';
import { Performer, type Look } from '../e2e/driver/perform.ts';

export const patience = { timeout: 60_000 };

export interface LaptopOptions {
  /** What the files of this laptop are called by. */
  readonly name: string;
  /** Where pictures go, what is carried between the laptops, and the records. */
  readonly out: string;
  /** The Chromium host's program. */
  readonly main: string;
  readonly look: Look;
  readonly allowRealCluster?: boolean;
}

/**
 * One person's laptop: an instance of Keyturn in a process of its own, with a data folder, a bus and a
 * keychain that no other has. What leaves it is a file or a picture of a code in `carried`.
 */
export class Laptop {
  readonly name: string;
  readonly dataFolder: string;
  readonly performer: Performer;
  readonly #options: LaptopOptions;
  readonly #app: RunningApp;
  readonly #keyring: StartedKeyring;

  private constructor(
    options: LaptopOptions,
    dataFolder: string,
    app: RunningApp,
    performer: Performer,
    keyring: StartedKeyring,
  ) {
    this.name = options.name;
    this.#options = options;
    this.dataFolder = dataFolder;
    this.#app = app;
    this.performer = performer;
    this.#keyring = keyring;
  }

  static async open(options: LaptopOptions): Promise<Laptop> {
    const { name, main, out, allowRealCluster = false } = options;
    await mkdir(join(out, 'carried'), { recursive: true });
    const dataFolder = await mkdtemp(join(tmpdir(), `keyturn-split-${name}-`));
    const keyring = await startKeyring();
    const env = { ...keyring.env, ...keyring.home };
    const app = await launchChromiumHost({ dataFolder, main, env, allowRealCluster });
    const look: Look = (page, what) => options.look(page, `${name}-${what}`);
    return new Laptop(options, dataFolder, app, await Performer.of(app, look), keyring);
  }

  async close(): Promise<void> {
    await this.#app.close();
    await this.#keyring.stop();
  }

  get guide(): Page {
    return this.performer.guide;
  }

  look(what: string, page: Page = this.guide): Promise<void> {
    return this.#options.look(page, `${this.name}-${what}`);
  }

  async press(name: string | RegExp, page: Page = this.guide): Promise<void> {
    await this.performer.verb(name, page).click(patience);
  }

  /** A place of the bar at the side. */
  async go(place: string): Promise<void> {
    await this.guide.getByRole('navigation').getByText(place, { exact: true }).first().click();
  }

  /** What most people do not need right now. */
  async unfold(title: string | RegExp): Promise<void> {
    const summary = this.guide.locator('summary', { hasText: title });
    const open = await summary.locator('xpath=..').getAttribute('open', patience);
    if (open === null) await summary.click();
  }

  window(surface: 'share-entry' | 'secret-entry' | 'scan'): Promise<Page> {
    return this.#app.page(surface);
  }

  closeWindow(page: Page): Promise<void> {
    return this.performer.closeEntry(page);
  }

  /** The codes on the screen, each as a picture that somebody took of it. @returns the files. */
  async photograph(title: string): Promise<readonly string[]> {
    const codes = this.#codes(title);
    await codes.waitFor(patience);
    const hold = codes.getByRole('button', { name: 'Hold this code' });
    if (await hold.isVisible()) await hold.click();
    const caption = (await codes.locator('figcaption').textContent()) ?? '';
    const count = Number(/of (\d+)$/.exec(caption)?.[1] ?? '1');
    const files: string[] = [];
    for (let place = 0; place < count; place += 1) {
      const picture = codes.getByRole('img');
      // Not under the bar on top, which would hide a part of the code.
      await picture.evaluate((code) => code.scrollIntoView({ block: 'center' }));
      const file = join(this.#carried, `${this.name}-${fileNameOf(title)}-${place + 1}.png`);
      await picture.screenshot({ path: file });
      await appendFile(join(this.#options.out, 'qr-payloads.txt'), `${await read(picture)}\n`);
      files.push(file);
      if (count > 1) await codes.getByRole('button', { name: 'Next code' }).click();
    }
    return files;
  }

  /** The same as a file on the drive that everybody carries. */
  async save(title: string): Promise<string> {
    const codes = this.#codes(title);
    await codes.waitFor(patience);
    const parcel = codes.locator('xpath=..');
    const before = new Set(await readdir(this.#carried));
    await parcel.getByLabel('Folder to save the file in').fill(this.#carried);
    await parcel.getByRole('button', { name: 'Save it as a file' }).click();
    await expect(parcel.getByText('Saved', { exact: true })).toBeVisible(patience);
    const file = (await readdir(this.#carried)).find((name) => !before.has(name));
    if (file === undefined) throw new Error(`${title} was not saved.`);
    return join(this.#carried, file);
  }

  /** Reads pictures or a file on the scan page, which the press of a verb opens. */
  async scan(verb: string, files: readonly string[], says: string | RegExp): Promise<void> {
    await this.press(verb);
    const page = await this.window('scan');
    await page.getByLabel('Pictures or a file').setInputFiles([...files]);
    await expect(page.getByText(says)).toBeVisible(patience);
    await this.look('read', page);
    await this.closeWindow(page);
  }

  /** Where the signer is not known: all words, on the telephone. */
  async trust(heard: readonly string[], comparedBy: string): Promise<void> {
    const words = this.guide.locator('figure', { hasText: 'Compare every word by voice' });
    const shown = await wordsIn(this.guide, 'Compare every word by voice');
    expect(shown).toEqual(heard);
    await this.look('signer');
    // What lies below on the same page may ask who agreed to something else.
    const form = this.guide.locator('form').filter({ has: words });
    await form.getByLabel('Who compared the words').fill(comparedBy);
    await form.getByLabel('Who agreed').fill('Nadia');
    await this.press('All words are the same');
    await expect(words).toHaveCount(0, patience);
    await expect(this.guide.getByText('The invitation is good')).toBeVisible(patience);
  }

  /** The newest record, with its report, into a folder of its own. @returns its `record.jsonl`. */
  async export(): Promise<string> {
    const folder = join(this.#options.out, 'records', this.name);
    await mkdir(folder, { recursive: true });
    await this.go('Records');
    await this.performer
      .verb(/^Read the record of /)
      .first()
      .click(patience);
    await this.look('record');
    await this.unfold('Export this record');
    await this.guide.getByLabel('Folder to export to').fill(folder);
    await this.press('Export the record');
    await expect(this.guide.getByText('The record was exported')).toBeVisible(patience);
    const [exported = ''] = await readdir(folder);
    return join(folder, exported, 'record.jsonl');
  }

  get #carried(): string {
    return join(this.#options.out, 'carried');
  }

  #codes(title: string): Locator {
    return this.guide
      .locator('figure', { hasText: title })
      .filter({ has: this.guide.locator('img') });
  }
}

/** The words of a fingerprint or a nonce, as they are read aloud. */
export async function wordsIn(page: Page, title: string): Promise<readonly string[]> {
  const words = page.locator('figure', { hasText: title }).locator('li');
  await words.first().waitFor(patience);
  return words.evaluateAll((items) =>
    items.map((item) => item.lastChild?.textContent?.trim() ?? ''),
  );
}

const fileNameOf = (title: string): string => title.toLowerCase().replaceAll(/[^a-z]+/g, '-');

const side = 800;

/** What a code on the screen says, read from its own pixels. */
async function read(picture: Locator): Promise<string> {
  const dark = await picture.evaluate((image, wide) => {
    const canvas = document.createElement('canvas');
    canvas.width = wide;
    canvas.height = wide;
    const context = canvas.getContext('2d');
    if (!(image instanceof HTMLImageElement) || !context) throw new Error('No picture is there.');
    context.fillStyle = 'white';
    context.fillRect(0, 0, wide, wide);
    context.drawImage(image, 20, 20, wide - 40, wide - 40);
    const { data } = context.getImageData(0, 0, wide, wide);
    return Array.from({ length: wide * wide }, (_, at) =>
      (data[at * 4] ?? 0) < 128 ? '1' : '0',
    ).join('');
  }, side);
  const data = new Uint8Array(side * side * 4).fill(255);
  for (let at = 0; at < dark.length; at += 1)
    if (dark[at] === '1') data.fill(0, at * 4, at * 4 + 3);
  return decodeQR({ width: side, height: side, data });
}
