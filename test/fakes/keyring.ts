import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PrivateKeyring {
  /** Give these to the process that is to use this keyring. */
  readonly env: Readonly<Record<string, string>>;
  /** Everything the daemons write is in here, the keyring files below `data/keyrings`. */
  readonly home: string;
  lock(): Promise<void>;
  /** The daemon neither answers nor goes away, like one that waits for a person at a prompt. */
  freeze(): void;
  thaw(): void;
  /** SIGKILL; the keyring files stay. */
  killDaemon(): Promise<void>;
  /** A new daemon on the same bus and the same keyring files, unlocked. */
  startDaemon(): Promise<void>;
  stop(): Promise<void>;
}

/** Why no private keyring can be started here; undefined where one can. Print it when a test is skipped. */
export function keyringMissing(): string | undefined {
  if (process.platform !== 'linux') return 'private keyrings are started on Linux only';
  const missing = ['dbus-daemon', 'gnome-keyring-daemon', 'gdbus'].filter(
    (command) => spawnSync('which', [command]).status !== 0,
  );
  return missing.length === 0 ? undefined : `not installed: ${missing.join(', ')}`;
}

export interface KeyringOptions {
  /** Lock the keyring once it is made. */
  readonly locked?: boolean;
  /** Start the bus alone, with no keyring on it. */
  readonly absent?: boolean;
}

/**
 * Starts a private keyring for this test file and points this process at it. keytar keeps the first
 * bus it meets, so one file is one keyring. Without a display no prompt can appear.
 */
export async function useKeyring(options: KeyringOptions = {}): Promise<PrivateKeyring> {
  const keyring = await startKeyring(options);
  Object.assign(process.env, keyring.env);
  delete process.env['DISPLAY'];
  delete process.env['WAYLAND_DISPLAY'];
  return keyring;
}

/** For `describe.skipIf`: says why on the terminal. */
export function skipWithoutKeyring(what: string): boolean {
  const missing = keyringMissing();
  if (missing !== undefined) console.log(`skipped: ${what} (${missing})`);
  return missing !== undefined;
}

/**
 * A D-Bus session and a gnome-keyring of their own, in a folder of their own: nothing of the person
 * who runs the tests is read or written.
 */
export async function startKeyring(options: KeyringOptions = {}): Promise<PrivateKeyring> {
  const home = await mkdtemp(join(tmpdir(), 'keyturn-keyring-'));
  const folders = {
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_RUNTIME_DIR: join(home, 'run'),
  };
  for (const folder of Object.values(folders)) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  const address = `unix:path=${join(home, 'run', 'bus')}`;
  const env = { ...folders, DBUS_SESSION_BUS_ADDRESS: address };
  const surroundings = { PATH: process.env['PATH'] ?? '', ...env };
  const password = randomBytes(12).toString('hex');

  const config = join(home, 'bus.conf');
  await writeFile(config, busConfig(address));
  const bus = spawn('dbus-daemon', ['--nofork', `--config-file=${config}`], {
    env: surroundings,
    stdio: 'ignore',
  });
  let daemon: ChildProcess | undefined;
  // A test run that ends without `stop` leaves no daemon behind.
  process.once('exit', () => {
    daemon?.kill('SIGKILL');
    bus.kill('SIGKILL');
  });
  const startDaemon = async (): Promise<void> => {
    daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
      env: surroundings,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    daemon.stdin?.end(password);
    await until(() => isUnlocked(surroundings), 'the keyring to be unlocked');
  };
  const killDaemon = async (): Promise<void> => {
    await end(daemon);
    daemon = undefined;
  };
  const lock = async (): Promise<void> => {
    gdbus(surroundings, '/org/freedesktop/secrets', [
      'org.freedesktop.Secret.Service.Lock',
      `['${loginCollection}']`,
    ]);
    await until(() => !isUnlocked(surroundings), 'the keyring to be locked');
  };
  const stop = async (): Promise<void> => {
    await killDaemon();
    await end(bus);
    await rm(home, { recursive: true, force: true });
  };

  try {
    await until(() => existsSync(join(home, 'run', 'bus')), 'the bus to listen');
    if (options.absent !== true) await startDaemon();
    if (options.locked === true) await lock();
  } catch (cause) {
    await stop();
    throw cause;
  }
  return {
    env,
    home,
    lock,
    freeze: () => daemon?.kill('SIGSTOP'),
    thaw: () => daemon?.kill('SIGCONT'),
    killDaemon,
    startDaemon,
    stop,
  };
}

const loginCollection = '/org/freedesktop/secrets/collection/login';

/** No service folders: nothing is started on demand, so "absent" stays absent. */
const busConfig = (address: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

function gdbus(env: Record<string, string>, object: string, call: readonly string[]): string {
  const [method = '', ...parameters] = call;
  const target = ['--session', '--dest', 'org.freedesktop.secrets', '--object-path', object];
  const args = ['call', ...target, '--method', method, ...parameters];
  return spawnSync('gdbus', args, { env, encoding: 'utf8', timeout: 5000 }).stdout;
}

function isUnlocked(env: Record<string, string>): boolean {
  const get = 'org.freedesktop.DBus.Properties.Get';
  const property = ['org.freedesktop.Secret.Collection', 'Locked'];
  return gdbus(env, loginCollection, [get, ...property]).includes('<false>');
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}
