import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { z } from 'zod';
import { PracticeSite, type PracticeOptions } from '../../../electron/practice/site.ts';
import type {} from '../../../renderer/keyturn.d.ts';
import { pinsSchema } from '../../../shared/profile.ts';

export const siteName = 'Harbour DR';

/**
 * The practice site in the test's own process, so that it outlives the app, and known to the app
 * as a real cluster: what a crash of the laptop looks like from a Vault that goes on running.
 */
export class OutsideSite {
  readonly site: PracticeSite;
  readonly #folder: string;

  private constructor(site: PracticeSite, folder: string) {
    this.site = site;
    this.#folder = folder;
  }

  /** @param primary gone, as on the night of a failover; or still there, for what is made on it. */
  static async start(
    options: PracticeOptions = {},
    primary: 'gone' | 'there' = 'gone',
  ): Promise<OutsideSite> {
    const folder = await mkdtemp(join(tmpdir(), 'keyturn-site-'));
    const site = await PracticeSite.start({ outageMs: 1_000, ...options });
    if (primary === 'gone') await site.faults.primaryDown();
    await writeFile(join(folder, 'client.pem'), site.clientCertificate.certPem);
    await writeFile(join(folder, 'client-key.pem'), site.clientCertificate.keyPem, { mode: 0o600 });
    return new OutsideSite(site, folder);
  }

  async stop(): Promise<void> {
    await this.site.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /**
   * Saves the profile through the guide's own bridge and opens Home afresh.
   *
   * @param pinned tested in daylight, too: its certificate and ids are pinned.
   */
  async describeTo(
    guide: Page,
    {
      nodes = this.site.nodes,
      primaryNodes = [this.site.primary],
      pinned = false,
    }: { nodes?: readonly string[]; primaryNodes?: readonly string[]; pinned?: boolean } = {},
  ): Promise<void> {
    const draft = {
      name: siteName,
      colour: 'violet',
      nodes,
      primaryNodes,
      seal: 'shamir',
      tls: {
        caPem: this.site.caPem,
        clientCertFile: join(this.#folder, 'client.pem'),
        clientKeyFile: join(this.#folder, 'client-key.pem'),
      },
    };
    const saved = await guide.evaluate(
      (profile) => window.keyturn.call('profiles.save', { draft: profile }),
      draft,
    );
    expect(saved.ok).toBe(true);
    if (pinned) await pin(guide, savedSchema.parse(saved).value.id, draft);
    await guide.reload();
  }
}

const savedSchema = z.object({ value: z.object({ id: z.string() }) });
const testedSchema = z.object({ value: z.object({ pins: pinsSchema }) });

async function pin(guide: Page, id: string, draft: object): Promise<void> {
  const tested = await guide.evaluate(
    (profile) => window.keyturn.call('profiles.test', { draft: profile }),
    draft,
  );
  const { pins } = testedSchema.parse(tested).value;
  const pinned = await guide.evaluate((asked) => window.keyturn.call('profiles.pin', asked), {
    id,
    pins,
  });
  expect(pinned.ok).toBe(true);
}
