import fs, { readlinkSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename, relative, sep } from 'node:path';

/*
 * Told of everything that is done to a file of one folder. The first import of a child: some packages
 * take hold of Node's file calls when they are loaded.
 */

let folder: string | undefined;
let heard: (act: string) => void = () => undefined;

/** From now on each act below `root` is told, right before it is done. */
export function onDiskAct(root: string, tell: (act: string) => void): void {
  folder = root;
  heard = tell;
}

/** Of an act that is wrapped elsewhere. */
export function tellDiskAct(what: string, path: string): void {
  if (folder === undefined) return;
  const inside = relative(folder, path);
  if (inside.startsWith('..') || inside.startsWith(sep)) return;
  heard(`${what} ${nameOf(path)}`);
}

/** Linux alone says which file a descriptor is. */
export const pathOf = (fd: number): string => readlinkSync(`/proc/self/fd/${fd}`);

/** A file's name without what differs from run to run. */
function nameOf(path: string): string {
  const name = basename(path);
  if (name === 'records') return 'the folder of the records';
  if (name === 'data') return 'the data folder';
  if (name.startsWith('keyturn.lock.after')) return 'the right to follow a lock';
  if (name.startsWith('keyturn.lock')) return 'the lock';
  if (name.startsWith('settings.json')) return 'the settings';
  if (name.endsWith('.snapshot')) return 'the snapshot';
  if (name.includes('.signatures.')) return 'the signatures';
  return name.includes('.torn-') ? 'the torn line' : 'the journal';
}

const { link, mkdir, open, rename, rm } = promises;
const { fsyncSync, renameSync, writeSync } = fs;

const isThere = (path: string): boolean => fs.existsSync(path);

promises.link = async (from, to) => {
  tellDiskAct('link to', String(to));
  return link(from, to);
};
promises.rename = async (from, to) => {
  tellDiskAct('rename to', String(to));
  return rename(from, to);
};
promises.rm = async (path, options) => {
  if (isThere(String(path))) tellDiskAct('removal of', String(path));
  return rm(path, options);
};
promises.open = async (path, flags, mode) => {
  const mayCreate =
    typeof flags === 'number' ? (flags & fs.constants.O_CREAT) !== 0 : flags !== 'r';
  if (flags !== undefined && mayCreate && !isThere(String(path)))
    tellDiskAct('creation of', String(path));
  return open(path, flags, mode);
};
Reflect.set(promises, 'mkdir', (path: string, options: fs.MakeDirectoryOptions) => {
  if (!isThere(path)) tellDiskAct('creation of', path);
  return mkdir(path, options);
});
fs.renameSync = (from, to) => {
  tellDiskAct('rename to', String(to));
  renameSync(from, to);
};
fs.fsyncSync = (fd) => {
  tellDiskAct('fsync of', pathOf(fd));
  fsyncSync(fd);
};
Reflect.set(fs, 'writeSync', (fd: number, ...how: readonly unknown[]) => {
  tellDiskAct('write to', pathOf(fd));
  const written: unknown = Reflect.apply(writeSync, fs, [fd, ...how]);
  return written;
});
syncBuiltinESMExports();
