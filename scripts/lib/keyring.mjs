// A session bus and an unlocked keyring that nobody else sees and that end with the run.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { end, firstLine, spawnBound } from './processes.mjs';

/** Whether the Secret Service is there, or would be started when it is asked for. */
export function hasKeyring(env = process.env) {
  if (process.platform !== 'linux') return true;
  return ['ListNames', 'ListActivatableNames'].some((method) =>
    askBus(env, method).includes('"org.freedesktop.secrets"'),
  );
}

/**
 * Starts both. What is kept in this keyring is encrypted under a random password that is written
 * nowhere, in a folder that is removed by `stop`.
 */
export async function startKeyring() {
  const home = mkdtempSync(join(tmpdir(), 'keyturn-keyring-'));
  const runtime = join(home, 'run');
  mkdirSync(runtime, { mode: 0o700 });
  const own = { HOME: home, XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: join(home, 'data') };
  const base = { PATH: process.env.PATH ?? '', LANG: process.env.LANG ?? 'C.UTF-8', ...own };
  // A group of their own, so that Ctrl-C reaches the app first and these last.
  const bus = spawnBound('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: base,
  });
  const address = await firstLine(bus, bus.stdout, 'dbus-daemon');
  const env = { DBUS_SESSION_BUS_ADDRESS: address };
  const keyring = spawnBound(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets'],
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'], env: { ...base, ...env } },
  );
  keyring.stdin.end(randomBytes(24).toString('base64'));
  await answering({ ...base, ...env }, keyring);
  return {
    env: { ...env, KEYTURN_KEYRING: 'temporary' },
    /** Folders of this run, for a command that must not see the person's own. */
    home: { HOME: home, XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: join(home, 'app-data') },
    async stop() {
      await end(keyring);
      await end(bus);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function answering(env, keyring) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (keyring.exitCode !== null) break;
    if (askBus(env, 'ListNames').includes('"org.freedesktop.secrets"')) return;
    await delay(50);
  }
  throw new Error('gnome-keyring-daemon did not come up within 10 seconds.');
}

/** `dbus-send` starts no service by asking the bus itself. */
const askBus = (env, method) =>
  spawnSync(
    'dbus-send',
    [
      '--session',
      '--print-reply',
      '--dest=org.freedesktop.DBus',
      '/',
      `org.freedesktop.DBus.${method}`,
    ],
    { encoding: 'utf8', timeout: 5000, env },
  ).stdout ?? '';
