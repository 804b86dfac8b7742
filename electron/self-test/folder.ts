import { constants } from 'node:fs';
import { access, lstat, readdir, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Check } from '../../shared/self-test.ts';
import { answersOf } from './check.ts';

const space = answersOf('disk-space');
const modes = answersOf('file-modes');

const leastBytes = 50 * 1024 ** 2;
const enoughBytes = 500 * 1024 ** 2;
/** What Keyturn writes into its folder; Electron keeps files of its own beside them. */
const ours = /^(records|shifts|script|settings|profile|keyturn\.lock)/;
const mostEntries = 10_000;

/** Whether the record can be written where it belongs. */
export async function checkDiskSpace(dataFolder: string): Promise<Check> {
  const place = await nearestThere(dataFolder);
  try {
    const { bavail, bsize } = await statfs(place);
    const free = bavail * bsize;
    const what = `${Math.floor(free / 1024 ** 2)} MiB are free for ${dataFolder}.`;
    const todo = 'Make room: without it no event can be written, and no step goes on.';
    if (free < leastBytes) return space.stop(what, todo);
    const writable = await access(place, constants.W_OK).then(
      () => true,
      () => false,
    );
    if (!writable)
      return space.stop(
        `${place} cannot be written to.`,
        'Give the person who runs Keyturn the right to write there, or name another folder with --data.',
      );
    return free < enoughBytes ? space.look(what, todo) : space.fine(what);
  } catch {
    return space.unknown(`How much room is left at ${place} could not be read.`, 'Look yourself.');
  }
}

async function nearestThere(folder: string): Promise<string> {
  for (let place = folder; ; place = dirname(place)) {
    const there = await lstat(place).then(
      () => true,
      () => false,
    );
    if (there || dirname(place) === place) return place;
  }
}

/** Whether anybody else on this machine can read or change what Keyturn keeps. */
export async function checkFileModes(
  dataFolder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<Check> {
  if (platform === 'win32')
    return modes.unknown(
      `Windows keeps rights in lists that are not read here. The data folder is ${dataFolder}.`,
      'Look at its properties, Security: only you, SYSTEM and Administrators belong there.',
    );
  const folder = await lstat(dataFolder).catch(() => undefined);
  if (folder === undefined)
    return modes.fine('There is no data folder yet; it will be made for this user alone.');
  const faults: string[] = [];
  let looked = 0;
  const look = async (path: string, inside: boolean): Promise<void> => {
    looked += 1;
    if (looked > mostEntries) return;
    const stat = await lstat(path);
    if (stat.isSymbolicLink()) return void faults.push(`${path} is a link to another place`);
    if (stat.uid !== process.getuid?.()) faults.push(`${path} belongs to another user`);
    // Below a folder that nobody else may enter, reading rights open nothing.
    const mask = inside ? 0o022 : 0o077;
    if ((stat.mode & mask) !== 0)
      faults.push(`${path} has the mode ${(stat.mode & 0o777).toString(8)}`);
    if (!stat.isDirectory()) return;
    const names = await readdir(path);
    for (const name of inside ? names : names.filter((each) => ours.test(each)))
      await look(join(path, name), true);
  };
  try {
    await look(dataFolder, false);
  } catch {
    return modes.unknown(
      `The rights below ${dataFolder} could not all be read.`,
      'Run the self-test as the person who runs Keyturn.',
    );
  }
  if (looked > mostEntries)
    return modes.unknown(
      `Only the first ${mostEntries} entries of ${dataFolder} were looked at.`,
      'Look at the others yourself.',
    );
  const [first] = faults;
  if (first === undefined) return modes.fine(`Only this user can enter ${dataFolder}.`);
  const more = faults.length > 1 ? `, and ${faults.length - 1} more like it` : '';
  return modes.look(
    `Others may be able to read or change what is kept: ${first}${more}.`,
    `Find out who made it so; then chmod -R go-rwx ${dataFolder}`,
  );
}
