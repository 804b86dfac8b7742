import { expect, type Page } from '@playwright/test';
import type { PracticeDesk } from '../../electron/handlers/practice-desk.ts';
import type { PracticeVersion } from '../../shared/contract/guide.ts';
import { holders, type Look, type Performer } from '../e2e/driver/perform.ts';

/** The four ways that can be rehearsed, and whether Vault 1.x or 2.x is played. */
export const rehearsedWays = ['ceremony', 'batch', 'break-glass', 'planned'] as const;
export type RehearsedWay = (typeof rehearsedWays)[number];
export const versionOf: Readonly<Record<'1' | '2', PracticeVersion>> = { 1: '1.21.4', 2: '2.0.1' };

const cluster = 'Practice DR';
const patience = { timeout: 30_000 };

/** Plays one way from Home to a closed ceremony, as people do it: by what they read in the windows. */
export class WayPlayer {
  readonly #performer: Performer;
  readonly #practice: PracticeDesk;
  readonly #look: Look;
  readonly #vault: '1' | '2';

  constructor(performer: Performer, practice: PracticeDesk, look: Look, vault: '1' | '2') {
    this.#performer = performer;
    this.#practice = practice;
    this.#look = look;
    this.#vault = vault;
  }

  async play(way: RehearsedWay): Promise<void> {
    await this.#practice.start({
      shares: 5,
      threshold: 3,
      outageSeconds: 5,
      version: versionOf[this.#vault],
      primary: way === 'batch' || way === 'planned' ? 'alive' : 'gone',
      performanceSecondary: false,
    });
    if (way === 'batch' || way === 'planned') await this.#issueBatchToken();
    if (way === 'batch') await this.#practice.fault('primary-goes');
    await this.#openCeremony();
    if (way === 'planned') await this.#demoteFirst();
    if (way === 'ceremony' && this.#vault === '2') await this.#enterVaultToken();
    if (way === 'break-glass') await this.#openDoor();
    await this.#people();
    if (way === 'batch' || way === 'planned') await this.#arm();
    else await this.#shares();
    if (way === 'break-glass') await this.#closeDoor();
    const performer = this.#performer;
    if (way !== 'planned') await performer.fence();
    await performer.promote(cluster);
    await this.#look(this.#guide, 'watching');
    if (way === 'ceremony' || way === 'break-glass') {
      await performer.watch();
      await performer.deleteToken();
    }
    await expect(performer.verb('End the ceremony')).toBeVisible(patience);
    await this.#look(this.#guide, 'aftercare');
    await this.#guide
      .getByRole('heading', { name: 'After the promotion' })
      .evaluate((heading) => heading.scrollIntoView({ block: 'center' }));
    await this.#look(this.#guide, 'checklist');
    if (way === 'planned') await this.#reattach();
    await performer.end();
  }

  get #guide(): Page {
    return this.#performer.guide;
  }

  async #press(name: string | RegExp): Promise<void> {
    await this.#performer.verb(name).click(patience);
  }

  /** A place of the bar at the side. */
  async #go(place: string): Promise<void> {
    await this.#guide.getByRole('navigation').getByText(place, { exact: true }).first().click();
  }

  /** The shift desk, while the primary works: policy, role, token. */
  async #issueBatchToken(): Promise<void> {
    // Home was shown before the practice clusters ran.
    await this.#go('Practice');
    await this.#go('Home');
    await expect(this.#performer.verb(`Shift desk of ${cluster}`)).toBeVisible(patience);
    await this.#look(this.#guide, 'home');
    await this.#press(`Shift desk of ${cluster}`);
    await this.#guide.getByLabel('Your name').fill('Robin');
    await this.#look(this.#guide, 'shift-desk');
    await this.#press('Take the shift');
    await this.#press("Use the practice operator's token");
    for (const part of ['policy', 'role']) {
      await this.#press(`Compare the ${part}`);
      await this.#look(this.#guide, `shift-${part}`);
      await this.#press(`Yes, write the ${part}`);
      await expect(this.#guide.getByText('As it should be')).toHaveCount(
        part === 'policy' ? 1 : 2,
        patience,
      );
    }
    await this.#guide.getByLabel('What to call it').fill('Night shift');
    await this.#press('Issue the batch token');
    await expect(this.#guide.getByText('Night shift').first()).toBeVisible(patience);
    await this.#look(this.#guide, 'shift-token');
  }

  async #openCeremony(): Promise<void> {
    await this.#go('Practice');
    await this.#look(this.#guide, 'practice');
    await this.#press('Open a ceremony on it');
    await this.#press('Check the cluster');
    await expect(this.#performer.verb(/^Check again$/)).toBeVisible(patience);
    await this.#look(this.#guide, 'preflight-checked');
  }

  async #demoteFirst(): Promise<void> {
    await this.#guide.getByText('Demote the primary from here').click();
    await this.#guide.getByLabel(/^The cluster’s name, to be sure/).fill(cluster);
    await this.#guide.getByLabel('Who demotes it').fill('Robin');
    await this.#guide.getByLabel('Second person who agrees to the demotion').fill('Wim');
    await this.#look(this.#guide, 'demote');
    await this.#press('Enter the token and demote');
    const page = await this.#performer.app.page('secret-entry');
    await page
      .getByLabel('Token of the primary', { exact: true })
      .fill(this.#practice.rootToken.expose());
    await this.#look(page, 'demote-page');
    await this.#performer.verb('Demote the primary with this token', page).click();
    await this.#closed(page, 'demote-sent');
    await expect(this.#guide.getByText('The old primary was demoted from here')).toBeVisible(
      patience,
    );
    await this.#press('Check again');
    await this.#look(this.#guide, 'preflight-demoted');
  }

  async #enterVaultToken(): Promise<void> {
    await this.#press('Enter the Vault token');
    const page = await this.#performer.app.page('secret-entry');
    await page.getByLabel('Vault token', { exact: true }).fill(this.#practice.rootToken.expose());
    await this.#look(page, 'vault-token');
    await this.#performer.verb('Use this token', page).click();
    await this.#closed(page, 'vault-token-kept');
    await this.#press('Check again');
  }

  async #closed(page: Page, picture: string): Promise<void> {
    await expect(this.#performer.verb('Close', page)).toBeVisible(patience);
    await this.#look(page, picture);
    await this.#performer.closeEntry(page);
  }

  async #openDoor(): Promise<void> {
    await this.#press('Nobody has one');
    await this.#guide.getByRole('textbox', { name: 'Server administrator' }).fill('Sasha');
    await this.#look(this.#guide, 'break-glass');
    await this.#press('Show what to change');
    await expect(this.#performer.verb('It is set: ask every node')).toBeVisible(patience);
    await this.#look(this.#guide, 'open-the-door');
    await this.#practice.fault('door-opened');
    await this.#press('It is set: ask every node');
  }

  async #people(): Promise<void> {
    await expect(this.#performer.verb('Go on to the people')).toBeVisible(patience);
    await this.#look(this.#guide, 'preflight-good');
    await this.#press('Go on to the people');
    await expect(this.#performer.verb('Keep these names')).toBeVisible();
    await this.#look(this.#guide, 'people');
    await this.#press('Keep these names');
  }

  async #arm(): Promise<void> {
    await expect(this.#performer.verb('Use this batch token')).toBeEnabled(patience);
    await this.#look(this.#guide, 'batch-token');
    await this.#press('Use this batch token');
    await expect(this.#performer.verb('Use this batch token')).toHaveCount(0, patience);
    await this.#look(this.#guide, 'armed');
  }

  async #shares(): Promise<void> {
    const performer = this.#performer;
    await performer.start();
    for (const holder of holders.slice(0, 3)) await performer.giveShare(holder);
    await expect(performer.verb('Decode the token')).toBeVisible(patience);
    await this.#look(this.#guide, 'decode');
    await this.#press('Decode the token');
  }

  async #closeDoor(): Promise<void> {
    await expect(this.#performer.verb('It is closed: ask every node')).toBeVisible(patience);
    await this.#look(this.#guide, 'close-the-door');
    await this.#practice.fault('door-closed');
    await this.#press('It is closed: ask every node');
  }

  /** The old primary becomes the DR secondary of the new one, up to stream-wals. */
  async #reattach(): Promise<void> {
    const item = (title: string) => this.#press(new RegExp(`^${title}: `));
    await item('A request on the clients’ address is answered');
    await this.#press('With the practice operator’s token: Enter a client’s token');
    await this.#isDone('A request on the clients’ address is answered');
    await item('The ports between the two clusters are open');
    await this.#guide.getByLabel('The owner of the network').fill('Nadia');
    await this.#guide
      .getByLabel('How it was seen to, or why it is not')
      .fill('8201 both ways and 8200 were tried from both sides.');
    await this.#look(this.#guide, 'ports');
    await this.#press('It is done');
    await this.#isDone('The ports between the two clusters are open');
    await item('The versions fit');
    await this.#press('Look now');
    await this.#isDone('The versions fit');
    await item('The old primary follows the new one');
    await this.#look(this.#guide, 'attach');
    await this.#press('With the practice operator’s token: Get an activation token');
    await expect(this.#performer.verb(/^Attach with the batch token/)).toBeVisible(patience);
    await this.#look(this.#guide, 'activated');
    await this.#press(/^Attach with the batch token/);
    await this.#isDone('The old primary follows the new one');
    await this.#look(this.#guide, 'attached');
  }

  async #isDone(title: string): Promise<void> {
    await expect(this.#performer.verb(`${title}: done`)).toBeVisible(patience);
  }
}
