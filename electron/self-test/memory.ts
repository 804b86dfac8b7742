import type { Check } from '../../shared/self-test.ts';
import { answersOf } from './check.ts';
import type { System } from './system.ts';

const swap = answersOf('swap');
const dumps = answersOf('core-dumps');

/** Whether memory is written to a disk in the clear: what was typed could be found there later. */
export async function checkSwap(system: System): Promise<Check> {
  switch (system.platform) {
    case 'linux':
      return linuxSwap(system);
    case 'darwin': {
      const said = await system.ask('sysctl', '-n', 'vm.swapusage');
      if (said === undefined) return swapUnknown;
      return said.includes('(encrypted)') ? swap.fine('Swap is encrypted.') : swapInTheClear('');
    }
    case 'win32': {
      const said = await system.ask('fsutil', 'behavior', 'query', 'encryptpagingfile');
      const on = /=\s*([01])/.exec(said ?? '')?.[1];
      if (on === undefined) return swapUnknown;
      return on === '1'
        ? swap.fine('The page file is encrypted.')
        : swap.unknown(
            'The page file is not encrypted by itself; whether BitLocker encrypts its disk could not be seen.',
            'Look with manage-bde -status, as an administrator. If the disk is not encrypted: fsutil behavior set encryptpagingfile 1, and restart.',
          );
    }
    default:
      return swapUnknown;
  }
}

async function linuxSwap(system: System): Promise<Check> {
  const table = await system.read('/proc/swaps');
  if (table === undefined) return swapUnknown;
  const places = table
    .split('\n')
    .slice(1)
    .map((line) => line.split(/\s/)[0] ?? '')
    .filter((place) => place !== '');
  if (places.length === 0) return swap.fine('No swap is in use.');
  const open: string[] = [];
  for (const place of places) if (!(await staysSecret(system, place))) open.push(place);
  if (open.length === 0) return swap.fine(`Swap is in memory or encrypted: ${places.join(', ')}.`);
  return swapInTheClear(` (${open.join(', ')})`);
}

/** Compressed memory, or a device of dm-crypt. Whether a file lies on an encrypted disk is not seen. */
async function staysSecret(system: System, place: string): Promise<boolean> {
  if (/^\/dev\/zram\d+$/.test(place)) return true;
  const name = /^\/dev\/(dm-\d+)$/.exec(place)?.[1];
  if (name === undefined) return false;
  return (await system.read(`/sys/block/${name}/dm/uuid`))?.startsWith('CRYPT-') ?? false;
}

const swapInTheClear = (where: string): Check =>
  swap.look(
    `Memory may be written to swap that is not known to be encrypted${where}: a share or a token could stay on that disk.`,
    'Switch swap off for the ceremony (Linux: swapoff -a), or encrypt it.',
  );
const swapUnknown = swap.unknown(
  'Whether this system writes memory to a disk could not be read.',
  'Ask whoever looks after this machine whether swap is off or encrypted.',
);

/** Whether a crash would write the program’s memory to a file. */
export async function checkCoreDumps(system: System): Promise<Check> {
  switch (system.platform) {
    case 'linux':
      return linuxCoreDumps(system);
    case 'darwin': {
      const said = await system.ask('sysctl', '-n', 'kern.coredump');
      if (said === undefined) return dumpsUnknown;
      if (said.trim() === '0') return dumps.fine('The system writes no core dumps.');
      const limit = await system.ask('launchctl', 'limit', 'core');
      if (/core\s+0\s/.test(limit ?? '')) return dumps.fine('The limit for core dumps is 0 bytes.');
      return dumpsWritten('to /cores', 'sudo sysctl kern.coredump=0');
    }
    case 'win32': {
      const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\Windows Error Reporting';
      // The key above it exists on every Windows: without it, nothing can be concluded from a refusal.
      if ((await system.ask('reg', 'query', key)) === undefined) return dumpsUnknown;
      return (await system.ask('reg', 'query', `${key}\\LocalDumps`)) === undefined
        ? dumps.fine('Windows Error Reporting is not set to keep dumps on this machine.')
        : dumpsWritten('by Windows Error Reporting', `remove the registry key ${key}\\LocalDumps`);
    }
    default:
      return dumpsUnknown;
  }
}

async function linuxCoreDumps(system: System): Promise<Check> {
  const limits = await system.read('/proc/self/limits');
  const pattern = (await system.read('/proc/sys/kernel/core_pattern'))?.trim();
  const soft = /^Max core file size\s+(\S+)/m.exec(limits ?? '')?.[1];
  if (soft === undefined || pattern === undefined) return dumpsUnknown;
  // Set by security/core-dumps.ts: one byte holds for a program too.
  if (soft === '1') return dumps.fine('The limit for core dumps is one byte: none is written.');
  // A limit of 0 does not hold for a pattern that pipes to a program (core(5)).
  if (pattern.startsWith('|'))
    return dumpsWritten(
      `by ${pattern.slice(1).split(' ')[0] ?? 'a program'}`,
      'sudo sysctl -w kernel.core_pattern=core, and start Keyturn after ulimit -c 0',
    );
  if (soft === '0') return dumps.fine('The limit for core dumps is 0 bytes.');
  return dumpsWritten('to a file', 'start Keyturn after ulimit -c 0');
}

const dumpsWritten = (how: string, command: string): Check =>
  dumps.look(
    `After a crash the program’s memory may be kept ${how}.`,
    `Switch it off for the ceremony: ${command}.`,
  );
const dumpsUnknown = dumps.unknown(
  'Whether a crash would write memory to a file could not be read.',
  'Ask whoever looks after this machine whether core dumps are off.',
);
