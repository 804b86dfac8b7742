import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import type { PersonsKey } from './split-keys.ts';
import { patience, type Laptop } from './split-laptop.ts';
import type { Invited } from './split-operator.ts';

/* The people who are not at the operator's laptop, each at their own. */

/** The way to the practice clusters, brought beforehand as a real profile would be. */
export async function bringProfile(laptop: Laptop, access: string): Promise<void> {
  await laptop.go('Practice');
  await laptop.scan('Read the access', [access], 'takes part in Practice DR now');
  await expect(laptop.performer.verb('Leave that practice')).toBeVisible(patience);
}

/** Reads the invitation as codes, one of them missed, and compares the signer's words. */
export async function follow(laptop: Laptop, holder: string, invited: Invited): Promise<void> {
  await laptop.go('I hold a share');
  await laptop.scan('Read the invitation', invited.pictures.slice(1), 'The invitation was read');
  await laptop.trust(invited.signer, holder);
  await laptop.look('invited');
}

/** Ana has a route to Vault: her share goes there from her own laptop. */
export async function giveDirectly(laptop: Laptop, holder: string, share: string): Promise<void> {
  await laptop.press('Give my share to Vault');
  const page = await toTheField(laptop, holder);
  await laptop.performer.shareField(page).fill(share);
  await laptop.press(/^Give the /, page);
  await expect(laptop.performer.title(`Thank you, ${holder}`, page)).toBeVisible(patience);
  await laptop.look('given', page);
  await laptop.closeWindow(page);
  await expect(laptop.guide.getByText(`Vault counted the share of ${holder}`)).toBeVisible(
    patience,
  );
  await laptop.look('counted');
}

/** Ben has none: his share leaves sealed, as pictures of codes. */
export async function sealAsCodes(
  laptop: Laptop,
  holder: string,
  share: string,
): Promise<readonly string[]> {
  await seal(laptop, holder, (page) => laptop.performer.shareField(page).fill(share));
  return laptop.photograph(`The sealed share of ${holder}`);
}

/** Chidi's share is encrypted to his own key: opened with it, and sealed at once, as a file. */
export async function sealEncrypted(
  laptop: Laptop,
  holder: string,
  { envelope, key }: { readonly envelope: string; readonly key: PersonsKey },
): Promise<string> {
  const message = await readFile(envelope, 'utf8');
  await expect(laptop.guide.getByText('The next share is the last')).toBeVisible(patience);
  await seal(laptop, holder, async (page) => {
    await laptop.performer.shareField(page).fill(message);
    await useKey(page, key);
  });
  return laptop.save(`The sealed share of ${holder}`);
}

/** Olga's laptop has no network: she decodes the token, and it goes back sealed. */
export async function decodeAndSeal(
  laptop: Laptop,
  { pictures, invited, key }: Decoding,
): Promise<readonly string[]> {
  await laptop.go('Offline desk');
  await laptop.press('Begin: Decode a token');
  await laptop.scan('Read its QR codes', pictures, 'The encrypted token is on the desk');
  await laptop.press('Open it with a key file');
  const page = await laptop.window('secret-entry');
  await useKey(page, key);
  await laptop.look('key', page);
  await laptop.press('Open it', page);
  await expect(laptop.performer.verb('Close', page)).toBeVisible(patience);
  await laptop.closeWindow(page);
  await expect(laptop.guide.getByText('The token is decoded')).toBeVisible(patience);
  await laptop.scan('Read the invitation', [invited.file], 'The invitation was read');
  await laptop.trust(invited.signer, 'Olga');
  await laptop.guide.getByLabel('Who decoded it').fill('Olga');
  await laptop.press(/^Seal it to Robin/);
  const sealed = await laptop.photograph('The token that Olga decoded');
  await laptop.look('sealed-token');
  return sealed;
}

export interface Decoding {
  readonly pictures: readonly string[];
  readonly invited: Invited;
  readonly key: PersonsKey;
}

async function seal(
  laptop: Laptop,
  holder: string,
  enter: (page: Page) => Promise<void>,
): Promise<void> {
  await laptop.press('Seal my share for the operator');
  const page = await toTheField(laptop, holder);
  await enter(page);
  await laptop.look('field', page);
  await laptop.press(/^Seal the /, page);
  await expect(laptop.performer.title(`Sealed, ${holder}`, page)).toBeVisible(patience);
  await laptop.closeWindow(page);
  await laptop.look('sealed');
}

async function toTheField(laptop: Laptop, holder: string): Promise<Page> {
  const page = await laptop.window('share-entry');
  await page.getByLabel(holder, { exact: true }).check();
  await laptop.press('Continue', page);
  await laptop.look('words', page);
  await laptop.press('The words match', page);
  await expect(laptop.performer.shareField(page)).toBeVisible(patience);
  return page;
}

async function useKey(page: Page, { privateFile, passphrase }: PersonsKey): Promise<void> {
  await page.getByLabel('Key file', { exact: true }).setInputFiles(privateFile);
  await page.getByLabel('Its passphrase', { exact: true }).fill(passphrase);
}
