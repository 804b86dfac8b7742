import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file below a folder, as bytes read as Latin-1: what a search for text would find. */
export async function everything(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    if ((await stat(path)).isFile()) found.set(path, await readFile(path, 'latin1'));
  }
  return found;
}

/** The forms in which a secret could lie around. */
export function forms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const decoded = Buffer.from(secret, 'base64');
  return [secret, bytes.toString('hex'), bytes.toString('base64'), decoded.toString('hex')].filter(
    (form) => form.length >= 16,
  );
}

/** Where one of the secrets lies, in whatever form. */
export const placesOf = (
  secrets: readonly string[],
  places: ReadonlyMap<string, string>,
): readonly string[] => [
  ...new Set(
    secrets
      .flatMap(forms)
      .flatMap((form) => [...places].filter(([, text]) => text.includes(form)))
      .map(([place]) => place),
  ),
];
