import { open, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readRegularFile } from './regular-file.ts';

/** Keeps the bytes of a torn last line as `<name>.torn-<time>` and returns that name. */
export function keepTornTail(path: string, tail: Uint8Array, now: number): Promise<string> {
  return keep(path, `${basename(path)}.torn-`, tail, now);
}

/**
 * Keeps a copy of a journal that was changed as `<name>.unreadable-<time>` and returns that name. The same
 * bytes are copied once only, however often they are looked at.
 */
export async function copyUnreadable(
  path: string,
  bytes: Uint8Array,
  now: number,
): Promise<string> {
  const prefix = `${basename(path)}.unreadable-`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(prefix)) continue;
    // Whatever else has such a name is no copy: another one is made.
    const kept = await readRegularFile(join(dirname(path), name), bytes.length).catch(
      () => undefined,
    );
    if (kept?.equals(bytes) === true) return name;
  }
  return keep(path, prefix, bytes, now);
}

/** A folder's own entry survives a power cut only when it is synced as well. Windows cannot, and need not. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** An instant as part of a file name, the same on every system: `20261123T031500123Z`. */
export const fileTime = (now: number): string => new Date(now).toISOString().replace(/[-:.]/g, '');

async function keep(path: string, prefix: string, bytes: Uint8Array, now: number): Promise<string> {
  const name = await freeName(dirname(path), `${prefix}${fileTime(now)}`);
  const file = await open(join(dirname(path), name), 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(dirname(path));
  return name;
}

async function freeName(folder: string, wanted: string): Promise<string> {
  const taken = new Set(await readdir(folder));
  if (!taken.has(wanted)) return wanted;
  for (let n = 2; ; n += 1) {
    if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`;
  }
}
