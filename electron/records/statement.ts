import { join } from 'node:path';
import { Trouble } from '../../shared/problem.ts';
import type { Host } from '../host/host.ts';
import { writeFolder } from '../transcript/export-folder.ts';

export interface StatementOrder {
  /** Of the new folder. */
  readonly name: string;
  /** The bytes to sign. */
  readonly statement: Uint8Array;
  /** A folder from a page; refused where the host has a dialog. */
  readonly typed: string | undefined;
}

export type SavedStatement =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'saved'; readonly folder: string; readonly file: string };

/**
 * Writes a statement for somebody to sign, on this machine or on another, with the commands for it:
 * both files or none.
 *
 * @throws Trouble `contract.refused`, `export.*`
 */
export async function saveStatement(
  host: Pick<Host, 'chooseFolder'>,
  { name, statement, typed }: StatementOrder,
): Promise<SavedStatement> {
  const into = await folderFor(host, 'Save the statement to', typed);
  if (into === undefined) return { kind: 'cancelled' };
  const files = new Map([
    ['statement.txt', statement],
    ['HOW-TO-SIGN.txt', Buffer.from(howTo)],
  ]);
  const folder = await writeFolder(into, name, files);
  return { kind: 'saved', folder, file: join(folder, 'statement.txt') };
}

/**
 * The folder that a person chose in the host's dialog, or typed where the host has none; `undefined`
 * when they chose none.
 *
 * @throws Trouble `contract.refused` where a page names a folder although there is a dialog.
 */
export async function folderFor(
  host: Pick<Host, 'chooseFolder'>,
  title: string,
  typed: string | undefined,
): Promise<string | undefined> {
  if (!host.chooseFolder) return typed ?? '';
  if (typed !== undefined) throw notTheirs;
  return host.chooseFolder(title);
}

const howTo = `statement.txt is what is to be signed: read it, it is two lines of text.
Do not edit it, and do not let a program add a line at its end.

    gpg --armor --detach-sign statement.txt     makes statement.txt.asc
    gpg --clearsign statement.txt               the same, with the text inside

Bring the .asc file back to Keyturn. Nothing here is secret.
`;

const notTheirs = new Trouble({
  code: 'contract.refused',
  known: 'A page named a folder. On this computer the folder is chosen in the system’s own dialog.',
  safe: 'Nothing was written.',
  next: 'Try again, and choose the folder in the dialog.',
});
