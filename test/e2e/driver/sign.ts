import { readFile } from 'node:fs/promises';
import { expect, type Locator } from '@playwright/test';
import type { Gpg } from '../../fakes/gpg.ts';

export interface Signer {
  readonly name: string;
  /** Their own machine: no key of it comes near the app but the public one. */
  readonly gpg: Gpg;
  readonly publicKey: string;
}

export const signerNamed = (gpg: Gpg, name: string): Signer => ({
  name,
  gpg,
  publicKey: gpg.key(name),
});

/** Signs a saved file as the guide says, and gives the path of what gpg made of it. */
export async function signFile({ gpg, name }: Signer, file: string): Promise<string> {
  gpg.run('--local-user', name, '--armor', '--detach-sign', file);
  const signature = `${file}.asc`;
  expect(await readFile(signature, 'utf8')).toContain('-----BEGIN PGP SIGNATURE-----');
  return signature;
}

/** Opens the form for a person's signature, and saves what they have to sign. @returns its path. */
export async function saveStatement(
  within: Locator,
  { name, publicKey }: Signer,
  folder: string,
): Promise<string> {
  await within.getByLabel('Who signs').fill(name);
  await within.getByLabel('OpenPGP public key').fill(publicKey);
  await within.getByLabel('Folder for the statement').fill(folder);
  await within.getByRole('button', { name: 'Save the statement to sign' }).click();
  const saved = within.getByText(/\/statement\.txt$/);
  await expect(saved).toBeVisible();
  const file = await saved.innerText();
  await expect(within.getByText(`gpg --armor --detach-sign '${file}'`)).toBeVisible();
  return file;
}

/** Chooses a file with the button of this name, as the browser's own dialog does. */
export async function chooseFile(within: Locator, button: string, path: string): Promise<void> {
  const asked = within.page().waitForEvent('filechooser');
  await within.getByRole('button', { name: button }).click();
  await (await asked).setFiles(path);
}
