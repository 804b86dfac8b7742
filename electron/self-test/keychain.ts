import type { Check } from '../../shared/self-test.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { answersOf } from './check.ts';
import type { System } from './system.ts';

const keychainIs = answersOf('keychain');

/** A value without meaning, written, read and removed; and which program kept it. */
export async function checkKeychain(
  system: System,
  keychain: Keychain,
  temporary: boolean,
): Promise<Check> {
  if (keychain.backend === 'memory')
    return keychainIs.look(
      'Secrets are kept in memory only, as was agreed in this run: a crash ends the ceremony.',
      'Start Keyturn again to use the system’s keychain.',
    );
  const health = await keychain.probe();
  if (health.state !== 'working') return keychainIs.stop(health.problem.known, health.problem.next);
  const what = `${await backend(system)} took, gave back and removed an entry.`;
  return temporary
    ? keychainIs.look(
        `${what} It was made for this run and is gone with it.`,
        'Enough for practice. For a real ceremony start Keyturn in the session of a person who is logged in.',
      )
    : keychainIs.fine(what);
}

async function backend(system: System): Promise<string> {
  switch (system.platform) {
    case 'darwin':
      return 'The macOS Keychain';
    case 'win32':
      return 'The Windows Credential Manager';
    default:
      return `The Secret Service (${(await secretService(system)) ?? 'which program it is could not be seen'})`;
  }
}

async function secretService(system: System): Promise<string | undefined> {
  const said = await system.ask(
    'dbus-send',
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/',
    'org.freedesktop.DBus.GetConnectionUnixProcessID',
    'string:org.freedesktop.secrets',
  );
  const pid = /uint32 (\d+)/.exec(said ?? '')?.[1];
  if (pid === undefined) return undefined;
  // The first word of the command line: `comm` is cut at 15 letters.
  const line = await system.read(`/proc/${pid}/cmdline`);
  const name = line?.split('\0')[0]?.split('/').at(-1);
  return name === '' ? undefined : name;
}
