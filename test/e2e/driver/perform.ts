import { expect, type Page } from '@playwright/test';
import type { RunningApp } from './launch.ts';

/** The names a practice roster is filled with; holder n brings share n. */
export const holders = ['Ana', 'Ben', 'Chidi', 'Dana', 'Emil'] as const;

/** Called with every window at every step, for whoever wants a picture of it. */
export type Look = (page: Page, name: string) => Promise<void>;
const noLook: Look = () => Promise.resolve();

/**
 * Does what people do, in the windows, by what they read there: buttons and fields are found by
 * their names only. Used by the end-to-end tests and by the rehearsal.
 */
export class Performer {
  readonly app: RunningApp;
  readonly guide: Page;
  readonly #look: Look;

  private constructor(app: RunningApp, guide: Page, look: Look) {
    this.app = app;
    this.guide = guide;
    this.#look = look;
  }

  static async of(app: RunningApp, look: Look = noLook): Promise<Performer> {
    return new Performer(app, await app.page('guide'), look);
  }

  verb(name: string | RegExp, page: Page = this.guide) {
    return page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  title(name: string | RegExp, page: Page = this.guide) {
    return page.getByRole('heading', { level: 1, name });
  }

  async startPractice(): Promise<void> {
    const practice = this.guide
      .getByRole('main')
      .getByRole('button', { name: 'Practice', exact: true });
    await expect(practice).toBeVisible();
    await this.#look(this.guide, 'home');
    await practice.click();
    await expect(this.verb('Check the cluster')).toBeVisible();
    await this.#look(this.guide, 'preflight');
  }

  async preflight(): Promise<void> {
    await this.verb('Check the cluster').click();
    await expect(this.verb('Go on to the people')).toBeVisible({ timeout: 30_000 });
    await this.#look(this.guide, 'preflight-checked');
    await this.verb('Go on to the people').click();
  }

  async people(): Promise<void> {
    await expect(this.verb('Keep these names')).toBeVisible();
    await this.#look(this.guide, 'people');
    await this.verb('Keep these names').click();
    await expect(this.verb('Start the attempt')).toBeVisible();
  }

  /** For a cluster that is not practice: nobody's name is filled in. */
  async rosterOf(operator: string, witness: string, names: readonly string[]): Promise<void> {
    await this.guide.getByLabel('Operator', { exact: true }).fill(operator);
    await this.guide.getByLabel('Witness').fill(witness);
    await this.guide.getByLabel('Key holders').fill(names.join('\n'));
    await this.people();
  }

  async start(): Promise<void> {
    await this.#look(this.guide, 'start');
    await this.verb('Start the attempt').click();
    await expect(this.verb('Open the share page')).toBeVisible({ timeout: 30_000 });
    await this.#look(this.guide, 'shares');
  }

  /** Opens the share page and goes as far as the field: name chosen, words confirmed. */
  async toTheField(holder: string): Promise<Page> {
    await this.verb(/^(Open|Show) the share page$/).click();
    const page = await this.app.page('share-entry');
    await page.getByLabel(holder, { exact: true }).check();
    await this.#look(page, `share-${holder}-who`);
    await this.verb('Continue', page).click();
    await expect(this.verb('The words match', page)).toBeVisible();
    await this.#look(page, `share-${holder}-words`);
    await this.verb('The words match', page).click();
    await expect(this.shareField(page)).toBeVisible();
    return page;
  }

  shareField(page: Page) {
    return page.getByLabel(/, in hex or base64, or encrypted/);
  }

  /** One holder gives one share. Without a text it is the one from the practice envelope. */
  async giveShare(holder: string, text?: string): Promise<void> {
    const page = await this.toTheField(holder);
    if (text === undefined) await this.verb(`Take ${holder}’s practice envelope`, page).click();
    else await this.shareField(page).fill(text);
    await this.#look(page, `share-${holder}-field`);
    await this.verb(/^Give the /, page).click();
    await expect(this.title(`Thank you, ${holder}`, page)).toBeVisible({ timeout: 30_000 });
    await this.#look(page, `share-${holder}-given`);
    await this.closeEntry(page);
  }

  async closeEntry(page: Page): Promise<void> {
    const closed = page.waitForEvent('close');
    await this.verb('Close', page).click();
    await closed;
  }

  async decode(): Promise<void> {
    await expect(this.verb('Decode the token')).toBeVisible({ timeout: 30_000 });
    await this.#look(this.guide, 'decode');
    await this.verb('Decode the token').click();
    await expect(this.verb('Put the statement on the record')).toBeVisible({ timeout: 30_000 });
  }

  async fence(): Promise<void> {
    await this.guide
      .getByLabel('How it is kept away')
      .fill('The site has no power; port 8201 is closed at the firewall; DNS is moved.');
    await this.guide.getByLabel('Who confirmed it').fill('Nadia');
    await this.#look(this.guide, 'fencing');
    await this.verb('Put the statement on the record').click();
    await expect(this.verb('Open the promote page')).toBeVisible();
    await this.#look(this.guide, 'promote-ready');
  }

  /** Fills the promote page and reads it over; the last button is not pressed. */
  async openPromote(cluster: string, secondPerson: string, force = false): Promise<Page> {
    await this.verb(/^(Open|Show) the promote page( again)?$/).click();
    const page = await this.app.page('promote');
    await page.getByLabel('The cluster’s name').fill(cluster);
    await page.getByLabel('A second person who agrees').fill(secondPerson);
    if (force) {
      await page.getByLabel(/Promote by force/).check();
      const sentence = 'Data that has not arrived here may be lost';
      await page.getByLabel('Type this sentence').fill(sentence);
    }
    await this.#look(page, 'promote-page');
    await this.verb('Review', page).click();
    await this.#look(page, 'promote-review');
    return page;
  }

  async promote(cluster: string, { secondPerson = 'Wim', force = false } = {}): Promise<void> {
    const page = await this.openPromote(cluster, secondPerson, force);
    await this.verb(`Promote ${cluster}${force ? ' by force' : ''}`, page).click();
    await expect(this.title('Sent', page)).toBeVisible({ timeout: 60_000 });
    await this.#look(page, 'promote-sent');
    await this.closeEntry(page);
  }

  async watch(): Promise<void> {
    await this.#look(this.guide, 'watching');
    await expect(this.verb('Delete the token')).toBeVisible({ timeout: 660_000 });
    await this.#look(this.guide, 'promoted');
  }

  async deleteToken(): Promise<void> {
    await this.verb('Delete the token').click();
    await expect(this.verb('End the ceremony')).toBeVisible({ timeout: 60_000 });
    await this.#look(this.guide, 'token-deleted');
  }

  async end(): Promise<void> {
    await this.verb('End the ceremony').click();
    await expect(this.guide.getByRole('main').getByRole('button', { name: 'Home' })).toBeVisible({
      timeout: 30_000,
    });
    await this.#look(this.guide, 'ended');
  }

  /** From Home to a closed ceremony on the practice clusters. */
  async practiceFromStartToEnd(): Promise<void> {
    await this.practiceToTheChecklist();
    await this.end();
  }

  /** @param witness in place of the name that practice fills in. */
  async practiceToTheChecklist(witness?: string): Promise<void> {
    await this.startPractice();
    await this.preflight();
    if (witness !== undefined) await this.guide.getByLabel('Witness').fill(witness);
    await this.people();
    await this.start();
    for (const holder of holders.slice(0, 3)) await this.giveShare(holder);
    await this.decode();
    await this.fence();
    await this.promote('Practice DR');
    await this.watch();
    await this.deleteToken();
  }
}
