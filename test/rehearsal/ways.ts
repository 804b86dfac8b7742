import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { PracticeDesk } from '../../electron/handlers/practice-desk.ts';
import type { PracticeVersion } from '../../shared/contract/guide.ts';
import { holders, type Look, type Performer } from '../e2e/driver/perform.ts';
import { closeChecklist } from './checklist.ts';
import { Hands, patience } from './hands.ts';
import { issueBatchToken } from './shift-desk.ts';

/** What can be rehearsed: each way, a planned failover, and that one there and back. */
export const rehearsedWays = ['ceremony', 'batch', 'break-glass', 'planned', 'fail-back'] as const;
export type RehearsedWay = (typeof rehearsedWays)[number];
/** Whether Vault 1.x or 2.x is played. */
export const versionOf: Readonly<Record<'1' | '2', PracticeVersion>> = { 1: '1.21.4', 2: '2.0.1' };

const practiceCluster = 'Practice DR';
const wayBackCluster = 'Practice DR (way back)';

/** Plays one way from Home to a closed ceremony, as people do it: by what they read in the windows. */
export class WayPlayer {
  readonly #performer: Performer;
  readonly #practice: PracticeDesk;
  readonly #look: Look;
  readonly #vault: '1' | '2';
  readonly #hands: Hands;

  constructor(performer: Performer, practice: PracticeDesk, look: Look, vault: '1' | '2') {
    this.#performer = performer;
    this.#practice = practice;
    this.#look = look;
    this.#vault = vault;
    this.#hands = new Hands(performer, practice, look);
  }

  async play(way: RehearsedWay): Promise<void> {
    const planned = way === 'planned' || way === 'fail-back';
    await this.#practice.start({
      shares: 5,
      threshold: 3,
      outageSeconds: 5,
      version: versionOf[this.#vault],
      primary: way === 'batch' || planned ? 'alive' : 'gone',
      performanceSecondary: false,
    });
    if (way === 'batch' || planned) await this.#issueBatchToken();
    if (planned) return this.#thereAndBack(way === 'fail-back');
    if (way === 'batch') await this.#practice.fault('primary-goes');
    await this.#openCeremony(practiceCluster);
    if (way === 'ceremony' && this.#vault === '2') await this.#enterVaultToken();
    if (way === 'break-glass') await this.#openDoor();
    await this.#people();
    if (way === 'batch') await this.#arm();
    else await this.#shares();
    if (way === 'break-glass') await this.#closeDoor();
    const performer = this.#performer;
    await performer.fence();
    await performer.promote(practiceCluster);
    await this.#look(this.#guide, 'watching');
    if (way !== 'batch') {
      await performer.watch();
      await performer.deleteToken();
    }
    await this.#toChecklist();
    await performer.end();
  }

  /** A planned failover, and where that is rehearsed the same flow the other way round. */
  async #thereAndBack(back: boolean): Promise<void> {
    await this.#planned(practiceCluster, 'For the way back');
    if (!back) return;
    await this.#guide.getByRole('main').getByRole('button', { name: 'Home' }).click();
    await this.#planned(wayBackCluster, 'Night shift again');
  }

  async #planned(cluster: string, nextToken: string): Promise<void> {
    await this.#openCeremony(cluster);
    await this.#demoteFirst(cluster);
    await this.#people();
    await this.#arm();
    await this.#performer.promote(cluster);
    await this.#look(this.#guide, 'watching');
    await this.#toChecklist();
    await closeChecklist(this.#hands, { cluster, token: nextToken });
    await this.#performer.end();
  }

  async #toChecklist(): Promise<void> {
    await expect(this.#performer.verb('End the ceremony')).toBeVisible(patience);
    await this.#look(this.#guide, 'aftercare');
    await this.#guide
      .getByRole('heading', { name: 'After the promotion' })
      .evaluate((heading) => heading.scrollIntoView({ block: 'center' }));
    await this.#look(this.#guide, 'checklist');
  }

  get #guide(): Page {
    return this.#performer.guide;
  }

  async #press(name: string | RegExp): Promise<void> {
    await this.#hands.press(name);
  }

  /** The shift desk, while the primary works: Home shows it as soon as practice runs. */
  async #issueBatchToken(): Promise<void> {
    await expect(this.#performer.verb(`Shift desk of ${practiceCluster}`)).toBeVisible(patience);
    await this.#look(this.#guide, 'home');
    await this.#press(`Shift desk of ${practiceCluster}`);
    await issueBatchToken(this.#hands, 'Night shift');
  }

  async #openCeremony(cluster: string): Promise<void> {
    await this.#hands.go('Practice');
    await this.#look(this.#guide, 'practice');
    await this.#press(
      cluster === practiceCluster ? 'Open a ceremony on it' : `Open a ceremony on ${cluster}`,
    );
    await this.#press('Check the cluster');
    await expect(this.#performer.verb(/^Check again$/)).toBeVisible(patience);
    await this.#look(this.#guide, 'preflight-checked');
  }

  /** A planned failover begins with the primary: its snapshot, then its demotion. */
  async #demoteFirst(cluster: string): Promise<void> {
    const guide = this.#guide;
    const file = join(tmpdir(), `keyturn-${Date.now()}.snap`);
    await guide.getByText('Take a raft snapshot of it first').click();
    await guide.getByLabel('The new file').fill(file);
    await this.#look(guide, 'snapshot');
    await this.#press('Enter the token and take the snapshot');
    await this.#hands.enterRootToken('Token of the old primary', 'Take the snapshot', 'snapshot');
    await expect(guide.getByText('A snapshot of the primary was taken')).toBeVisible(patience);
    await rm(file);
    await guide.getByText('Demote it: a planned failover').click();
    await guide.getByLabel(/^The cluster’s name, to be sure/).fill(cluster);
    await guide.getByLabel('Who demotes it').fill('Robin');
    await guide.getByLabel('Second person who agrees to the demotion').fill('Wim');
    await this.#look(guide, 'demote');
    await this.#press('Demote the primary from here');
    await this.#hands.enterRootToken(
      'Token of the primary',
      'Demote the primary with this token',
      'demote',
    );
    await expect(guide.getByText('The old primary was demoted from here')).toBeVisible(patience);
    const active = guide.getByText('The primary answers as active').filter({ visible: true });
    await expect(active).toHaveCount(0, patience);
    await this.#look(guide, 'preflight-demoted');
  }

  async #enterVaultToken(): Promise<void> {
    await this.#press('Enter the Vault token');
    await this.#hands.enterRootToken('Vault token', 'Use this token', 'vault-token');
    await this.#press('Check again');
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
}
