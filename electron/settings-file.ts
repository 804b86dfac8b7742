import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Profile } from '../shared/profile.ts';
import { printable } from '../shared/transcript/printable.ts';
import { defaults, frameSchema, parseStoredProfile, type SettingsData } from './settings-schema.ts';

/** More than a thousand profiles; a bigger file is not ours. */
const largestFile = 64 * 1024 * 1024;

export interface ReadSettings {
  readonly data: SettingsData;
  readonly notices: readonly string[];
}

/**
 * Looks at `settings.json` before electron-store does: a file it cannot read would stop the app, or be lost.
 * After this the file is either absent or whole.
 */
export function readSettingsFile(folder: string, now: () => number): ReadSettings {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'settings.json');
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return { data: defaults, notices: [] };

  const readable = stat.isFile() && stat.size <= largestFile;
  const frame = frameSchema.safeParse(readable ? readJson(path) : undefined);
  if (!frame.success) {
    const keptAs = freePath(folder, 'settings.unreadable', now);
    renameSync(path, keptAs);
    return { data: defaults, notices: [wholeFileNotice(basename(keptAs))] };
  }
  if (process.platform !== 'win32') chmodSync(path, 0o600);

  const profiles: Profile[] = [];
  const notices: string[] = [];
  for (const candidate of frame.data.profiles) {
    const parsed = parseStoredProfile(candidate);
    const double = parsed.ok && profiles.some(({ id }) => id === parsed.profile.id);
    if (parsed.ok && !double) {
      profiles.push(parsed.profile);
      continue;
    }
    const keptAs = freePath(folder, 'profile.unreadable', now);
    writeFileSync(keptAs, JSON.stringify(candidate, null, 2), { flag: 'wx', mode: 0o600 });
    const why = parsed.ok ? 'its id is there twice' : parsed.why;
    notices.push(oneProfileNotice(candidate, why, basename(keptAs)));
  }
  return { data: { ...frame.data, profiles }, notices };
}

const wholeFileNotice = (keptAs: string): string =>
  `The settings file could not be read: it was cut off, edited or damaged. It is kept as ${keptAs}, and Keyturn starts without profiles. Ceremonies and the keychain are not affected.`;

function oneProfileNotice(candidate: unknown, why: string, keptAs: string): string {
  return `The cluster profile ${nameOf(candidate)} could not be used: ${why}. It is kept as ${keptAs}; the other profiles are here.`;
}

function nameOf(candidate: unknown): string {
  if (typeof candidate !== 'object' || candidate === null || !('name' in candidate)) {
    return 'without a name';
  }
  return typeof candidate.name === 'string'
    ? `"${printable(candidate.name.slice(0, 80))}"`
    : 'without a name';
}

function readJson(path: string): unknown {
  const bytes = readFileSync(path);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function freePath(folder: string, name: string, now: () => number): string {
  const time = new Date(now()).toISOString().replace(/[-:.]/g, '');
  for (let n = 1; ; n += 1) {
    const path = join(folder, `${name}-${time}${n === 1 ? '' : `-${n}`}.json`);
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return path;
  }
}
