import { existsSync, rmSync } from 'node:fs';
import { chmod, chown, copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Playwright needs to start Chromium, and how to leave nothing behind. */
export interface ChromiumProfile {
  readonly folder: string;
  readonly executable: string;
  readonly env: Record<string, string>;
  dispose(): Promise<void>;
}

/**
 * The Chromium to run: `KEYTURN_CHROMIUM` if set, else the first of the usual places.
 * `undefined` where none is installed.
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env['KEYTURN_CHROMIUM'];
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  return usualPlaces[process.platform]?.find((path) => existsSync(path));
}

/**
 * Makes a profile folder that lives as long as the app. Chromium refuses its sandbox to root, and
 * running without the sandbox is not on offer, so as root it runs as `nobody` in its own folder.
 */
export async function makeProfile(chromium: string): Promise<ChromiumProfile> {
  await removeLeftovers();
  const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  const removeNow = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeNow);
  await mkdir(join(folder, 'Default'));
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
  const asNobody = process.platform === 'linux' && process.getuid?.() === 0;
  const env = {
    ...displayEnvironment(asNobody),
    ...(await displayKey(folder)),
    HOME: folder,
    TMPDIR: folder,
  };
  const executable =
    process.platform === 'linux' ? await writeWrapper(folder, chromium, asNobody) : chromium;
  if (asNobody) await giveTo(nobody, folder);
  return {
    folder,
    executable,
    env,
    async dispose() {
      process.removeListener('exit', removeNow);
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

const usualPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

const nobody = 65534;
const folderPrefix = 'keyturn-chromium-';

/** Removes the profiles of runs that ended without a chance to: their process is gone. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(/^keyturn-chromium-(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    // Another user's folder stays: it is not ours to remove.
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

/** No password is offered to be kept, nothing is filled in, spelled, translated or reported. */
const preferences = {
  credentials_enable_service: false,
  autofill: { enabled: false, profile_enabled: false, credit_card_enabled: false },
  browser: { enable_spellchecking: false, has_seen_welcome_page: true },
  profile: { password_manager_enabled: false, password_manager_leak_detection: false },
  safebrowsing: { enabled: false },
  search: { suggest_enabled: false },
  signin: { allowed: false },
  translate: { enabled: false },
};

/**
 * Only what a window needs. The session bus is left out on purpose: the pages' processes have no
 * road to the keychain. `XDG_RUNTIME_DIR` holds the Wayland socket, which root cannot hand on.
 */
function displayEnvironment(asNobody: boolean): Record<string, string> {
  const names = ['PATH', 'DISPLAY', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot', 'windir'];
  if (!asNobody) names.push('WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'XDG_SESSION_TYPE');
  const kept: Record<string, string> = {};
  for (const name of names) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

/** The X server's cookie, where there is one, copied to where Chromium's user can read it. */
async function displayKey(folder: string): Promise<Record<string, string>> {
  const key = process.env['XAUTHORITY'] ?? join(homedir(), '.Xauthority');
  if (process.platform !== 'linux' || !existsSync(key)) return {};
  await copyFile(key, join(folder, '.Xauthority'));
  return { XAUTHORITY: join(folder, '.Xauthority') };
}

/** Where main could not set its own limit, which this process has too (`refuseCoreDumps`). */
const noDump = '[ "$(ulimit -Hc)" = 0 ] || ulimit -c 0';

/** No core dump of a page in which a share is typed; as root, no root either. */
async function writeWrapper(folder: string, chromium: string, asNobody: boolean): Promise<string> {
  const file = join(folder, 'start-chromium');
  const drop = asNobody ? `setpriv --reuid=${nobody} --regid=${nobody} --clear-groups ` : '';
  await writeFile(file, `#!/bin/sh\n${noDump}\nexec ${drop}${quoted(chromium)} "$@"\n`);
  await chmod(file, 0o755);
  return file;
}

async function giveTo(user: number, folder: string): Promise<void> {
  const paths = ['Default/Preferences', 'Default', '.Xauthority', ''];
  for (const path of paths.map((name) => join(folder, name))) {
    if (existsSync(path)) await chown(path, user, user);
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
