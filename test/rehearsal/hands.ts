import { expect, type Page } from '@playwright/test';
import type { PracticeDesk } from '../../electron/handlers/practice-desk.ts';
import type { Look, Performer } from '../e2e/driver/perform.ts';

export const patience = { timeout: 30_000 };

/** What every part of a rehearsal works with: the windows, the practice site, the camera. */
export class Hands {
  readonly performer: Performer;
  readonly practice: PracticeDesk;
  readonly look: Look;

  constructor(performer: Performer, practice: PracticeDesk, look: Look) {
    this.performer = performer;
    this.practice = practice;
    this.look = look;
  }

  get guide(): Page {
    return this.performer.guide;
  }

  picture(name: string): Promise<void> {
    return this.look(this.guide, name);
  }

  async press(name: string | RegExp): Promise<void> {
    await this.performer.verb(name).click(patience);
  }

  /** A place of the bar at the side. */
  async go(place: string): Promise<void> {
    await this.guide.getByRole('navigation').getByText(place, { exact: true }).first().click();
  }

  /** The root token of the practice primary, on the page that was opened for it. */
  async enterRootToken(label: string, verb: string, picture: string): Promise<void> {
    const page = await this.performer.app.page('secret-entry');
    await page.getByLabel(label, { exact: true }).fill(this.practice.rootToken.expose());
    await this.look(page, `${picture}-page`);
    await this.performer.verb(verb, page).click();
    await expect(this.performer.verb('Close', page)).toBeVisible(patience);
    await this.look(page, `${picture}-sent`);
    await this.performer.closeEntry(page);
  }
}
