import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { holders } from '../e2e/driver/perform.ts';
import { patience, wordsIn, type Laptop } from './split-laptop.ts';
import type { PersonsKey } from './split-keys.ts';

/** What the people elsewhere are sent or told. */
export interface Invited {
  readonly pictures: readonly string[];
  readonly file: string;
  /** Read aloud on the telephone: the signer's fingerprint. */
  readonly signer: readonly string[];
}

const cluster = 'Practice DR';
const invitation = `The invitation to ${cluster}`;

/** The operator, Robin: the practice clusters run here, and the ceremony. */
export class Operator {
  readonly #laptop: Laptop;

  constructor(laptop: Laptop) {
    this.#laptop = laptop;
  }

  /** The practice clusters, the way to them, and the third holder's envelope as a PGP share. */
  async practice(third: PersonsKey): Promise<{ access: string; encryptedEnvelope: string }> {
    const laptop = this.#laptop;
    await laptop.go('Practice');
    await laptop.press('Start the clusters only');
    await expect(laptop.performer.verb('Open a ceremony on it')).toBeVisible(patience);
    await laptop.unfold('Practise with another Keyturn');
    await laptop.press('Make the access');
    const access = await laptop.save(`The access to ${cluster}`);
    await laptop.unfold('An envelope as a PGP share');
    await laptop.guide.getByLabel('Envelope', { exact: true }).selectOption('3');
    await laptop.guide.getByLabel('The holder’s public key').fill(third.publicKey);
    await laptop.press('Make the envelope');
    const encryptedEnvelope = await laptop.save('Practice envelope 3');
    await laptop.look('practice');
    return { access, encryptedEnvelope };
  }

  /** Up to the shares, in PGP mode with the officer's key. */
  async start(officer: PersonsKey): Promise<void> {
    const { guide, performer } = this.#laptop;
    await this.#laptop.press('Open a ceremony on it');
    await performer.preflight();
    await performer.people();
    await guide.getByText('An officer’s OpenPGP key, from a file').click();
    const choose = guide.getByRole('button', { name: 'Choose the public key' });
    await choose
      .locator('xpath=..')
      .locator('input[type="file"]')
      .setInputFiles(officer.publicFile);
    await expect(guide.getByText('Read these words aloud with the key’s owner')).toBeVisible(
      patience,
    );
    await performer.start();
  }

  /** What is in the paper envelopes: opened, and the page closed without giving. */
  async paperEnvelopes(): Promise<readonly string[]> {
    const { performer } = this.#laptop;
    const shares: string[] = [];
    for (const holder of holders) {
      const page = await performer.toTheField(holder);
      await this.#laptop.press(`Take ${holder}’s practice envelope`, page);
      await expect(performer.shareField(page)).not.toHaveValue('');
      shares.push(await performer.shareField(page).inputValue());
      const closed = page.waitForEvent('close');
      await this.#laptop.press('Close without giving', page);
      await closed;
    }
    return shares;
  }

  async invite(): Promise<Invited> {
    const laptop = this.#laptop;
    await laptop.unfold('A holder is elsewhere');
    await laptop.press('Make an invitation');
    const pictures = await laptop.photograph(invitation);
    const file = await laptop.save(invitation);
    await laptop.look('invitation');
    return { pictures, file, signer: await wordsIn(laptop.guide, 'Whose invitation it is') };
  }

  /** Nobody presses anything before: the share that came straight to Vault is seen by itself. */
  async nameTheDirectShare(holder: string): Promise<void> {
    const laptop = this.#laptop;
    const named = laptop.performer.verb(`${holder} gave it from another laptop`);
    await expect(named).toBeVisible(patience);
    await laptop.look('elsewhere');
    await named.click();
    await expect(laptop.performer.verb('Open the share page')).toBeVisible(patience);
  }

  async takeSealedShare(files: readonly string[], says: string): Promise<void> {
    await this.#laptop.unfold('A holder is elsewhere');
    await this.#laptop.scan('Read a sealed share', files, says);
  }

  async handOutEncodedToken(to: string): Promise<readonly string[]> {
    const laptop = this.#laptop;
    await expect(laptop.performer.verb('Decrypt with a key file')).toBeVisible(patience);
    await laptop.unfold('The owner of the key is elsewhere');
    await laptop.guide.getByLabel('Whom it is for').fill(to);
    await laptop.press('Make codes and a file of it');
    const pictures = await laptop.photograph(`The encoded token for ${to}`);
    await laptop.look('encoded-token');
    return pictures;
  }

  async takeDecodedToken(from: string, pictures: readonly string[]): Promise<void> {
    const laptop = this.#laptop;
    await laptop.unfold('It is decoded on another laptop');
    await laptop.look('take-token');
    await laptop.scan(
      'Read the decoded token',
      pictures,
      `The token that ${from} decoded is in the keychain.`,
    );
    await expect(laptop.performer.verb('Put the statement on the record')).toBeVisible(patience);
  }

  async promoteAndClose(): Promise<void> {
    const { performer } = this.#laptop;
    await performer.fence();
    await performer.promote(cluster);
    await performer.watch();
    await performer.deleteToken();
    await performer.end();
  }

  /** What the practice clusters were asked, by every laptop, as the screen tells it. */
  async keepRequests(out: string): Promise<string> {
    const laptop = this.#laptop;
    await laptop.guide.getByRole('main').getByRole('button', { name: 'Home' }).click(patience);
    await laptop.go('Practice');
    await laptop.unfold('What the clusters were asked');
    await laptop.press('Show it');
    const lines = laptop.guide.getByRole('list', { name: 'Calls' }).getByRole('listitem');
    await lines.first().waitFor(patience);
    const file = join(out, 'requests.txt');
    await appendFile(file, `${(await lines.allTextContents()).join('\n')}\n`);
    return file;
  }
}
