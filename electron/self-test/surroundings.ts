import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import type { Check } from '../../shared/self-test.ts';
import { answersOf } from './check.ts';
import type { System } from './system.ts';

const lock = answersOf('screen-lock');
const network = answersOf('network');

/** Whether the screen locks by itself when people leave the room. */
export async function checkScreenLock(system: System): Promise<Check> {
  const locks = await locksByItself(system);
  if (locks === undefined)
    return lock.unknown(
      'Whether the screen locks by itself could not be read from this session.',
      'Look in the system’s settings, or lock it by hand whenever the room is left.',
    );
  return locks
    ? lock.fine('The screen locks by itself.')
    : lock.look(
        'The screen does not lock by itself.',
        'Switch the lock on, or lock it by hand whenever the room is left.',
      );
}

async function locksByItself(system: System): Promise<boolean | undefined> {
  switch (system.platform) {
    case 'linux':
      // Settings of a desktop that does not run lock nothing.
      if (/gnome|unity/i.test(system.desktop)) return gnomeLocks(system);
      return /kde/i.test(system.desktop) ? plasmaLocks(system) : undefined;
    case 'darwin': {
      const said = await system.ask('sysadminctl', '-screenLock', 'status');
      if (said === undefined || !/screenLock/.test(said)) return undefined;
      return !/screenLock is off/i.test(said);
    }
    case 'win32': {
      const policy = await system.ask(
        'reg',
        'query',
        'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System',
        '/v',
        'InactivityTimeoutSecs',
      );
      if (/0x[0-9a-f]*[1-9a-f]/i.test(policy?.split('REG_DWORD')[1] ?? '')) return true;
      const saver = await system.ask(
        'reg',
        'query',
        'HKCU\\Control Panel\\Desktop',
        '/v',
        'ScreenSaverIsSecure',
      );
      const on = /REG_SZ\s+([01])/.exec(saver ?? '')?.[1];
      return on === undefined ? undefined : on === '1';
    }
    default:
      return undefined;
  }
}

async function gnomeLocks(system: System): Promise<boolean | undefined> {
  const get = (schema: string, key: string) => system.ask('gsettings', 'get', schema, key);
  const enabled = await get('org.gnome.desktop.screensaver', 'lock-enabled');
  if (enabled === undefined) return undefined;
  const idle = await get('org.gnome.desktop.session', 'idle-delay');
  return enabled.trim() === 'true' && idle?.trim() !== 'uint32 0';
}

async function plasmaLocks(system: System): Promise<boolean | undefined> {
  const words = ['--file', 'kscreenlockerrc', '--group', 'Daemon', '--key', 'Autolock'];
  const said =
    (await system.ask('kreadconfig6', ...words)) ?? (await system.ask('kreadconfig5', ...words));
  // Nothing is written where the default, which locks, was never changed.
  return said === undefined ? undefined : said.trim() !== 'false';
}

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** Which network interfaces are up and have an address, for those who expect none. */
export function checkNetwork(
  expectNone: boolean,
  interfaces: Interfaces = networkInterfaces(),
): Check {
  const up = Object.entries(interfaces)
    .filter(([, addresses]) => addresses?.some(({ internal }) => !internal))
    .map(([name]) => name);
  if (up.length === 0)
    return network.fine('No network interface but the machine’s own has an address.');
  const what = `Network interfaces with an address: ${up.join(', ')}.`;
  return expectNone
    ? network.stop(
        `${what} This machine is meant to have none.`,
        'Pull the cable, switch the radio off, and run the self-test again.',
      )
    : network.fine(what);
}
