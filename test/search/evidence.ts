import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ChromiumHost } from '../../electron/host/chromium.ts';
import { chromiumWithWholeStrings, heapOf, overhear } from './guide.ts';
import { processesFrom } from './places.ts';
import { rememberSecrets } from './remember.ts';

/**
 * What a rehearsal held, said and left while it ran, put into a folder for the test that searches it:
 * the secrets themselves, and beside them copies of every place they must not be in. The folder
 * is as secret as the keychain, and it is the test's to remove.
 */
export class Evidence {
  readonly #folder: string;
  readonly #known = rememberSecrets();
  readonly #said = new Set<string>();
  #heard: readonly string[] = [];
  /** Looks like a share and is none: put on the record as a note, it must be found wherever notes are. */
  readonly #plant = randomBytes(33).toString('base64');

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Before the host is made. */
  static async begin(folder: string): Promise<Evidence> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Chromium may run as `nobody`, who does not come into the folder of the evidence.
    process.env['KEYTURN_CHROMIUM'] = await chromiumWithWholeStrings(tmpdir());
    return new Evidence(folder);
  }

  /** Before the app has the host. */
  overhear(host: ChromiumHost): void {
    this.#heard = overhear(host);
  }

  /** At every picture. */
  async look(page: Page, name: string): Promise<void> {
    for (const process_ of await processesFrom(process.pid))
      this.#said.add(`${process_.name}\n${process_.said}`);
    if (name === 'preflight-checked') await this.#note(page);
  }

  /** While everything still runs and nothing has been tidied up. */
  async finish(guide: Page): Promise<void> {
    const write = (name: string, content: string | Uint8Array): Promise<void> =>
      writeFile(join(this.#folder, name), content, { mode: 0o600 });
    await write('heap.json', await heapOf(guide));
    await write('messages.txt', this.#heard.join('\n'));
    await write('processes.txt', [...this.#said].join('\n\n'));
    await write('secrets.json', JSON.stringify({ known: this.#known, plant: this.#plant }));
    spawnSync('cp', ['-a', tmpdir(), join(this.#folder, 'temporary')]);
  }

  async #note(guide: Page): Promise<void> {
    await guide.getByText('Add a note', { exact: true }).click();
    await guide.getByLabel('Note', { exact: true }).fill(`Planted: ${this.#plant}`);
    await guide.getByLabel('Written by').fill('Wim');
    await guide
      .getByLabel('Note', { exact: true })
      .screenshot({ path: join(this.#folder, 'note.png'), scale: 'device' });
    await guide.getByRole('button', { name: 'Add the note', exact: true }).click();
    await guide.getByText('It is on the record.').waitFor();
  }
}
