import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkDiskSpace, checkFileModes } from '../../../electron/self-test/folder.ts';
import { checkCoreDumps, checkSwap } from '../../../electron/self-test/memory.ts';
import { hashProgram, programWords } from '../../../electron/self-test/program.ts';
import { checkNetwork, checkScreenLock } from '../../../electron/self-test/surroundings.ts';
import type { System } from '../../../electron/self-test/system.ts';
import { checkClock, checkTimeZone } from '../../../electron/self-test/time.ts';
import { fromWords } from '../../../shared/codec/words.ts';
import { verdictOf, type Check } from '../../../shared/self-test.ts';

/** A machine as its programs and files would describe it. What is not named is not there. */
function machine(
  platform: NodeJS.Platform,
  says: Readonly<Record<string, string>>,
  desktop = '',
): System {
  return {
    platform,
    desktop,
    ask: async (...words) => says[words.join(' ')],
    read: async (path) => says[path],
  };
}

const level = async (check: Check | Promise<Check>) => (await check).level;
const swaps = (...lines: string[]) => ({
  '/proc/swaps': ['Filename\tType\tSize\tUsed\tPriority', ...lines, ''].join('\n'),
});
const werKey = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\Windows Error Reporting';

describe('swap', () => {
  test.each([
    ['none', machine('linux', swaps()), 'ok'],
    ['compressed memory', machine('linux', swaps('/dev/zram0 partition 1 0 100')), 'ok'],
    [
      'dm-crypt',
      machine('linux', {
        ...swaps('/dev/dm-1 partition 1 0 -2'),
        '/sys/block/dm-1/dm/uuid': 'CRYPT-PLAIN-swap\n',
      }),
      'ok',
    ],
    [
      'LVM',
      machine('linux', {
        ...swaps('/dev/dm-1 partition 1 0 -2'),
        '/sys/block/dm-1/dm/uuid': 'LVM-x\n',
      }),
      'warning',
    ],
    ['a partition', machine('linux', swaps('/dev/sda2 partition 1 0 -2')), 'warning'],
    ['nothing to be read', machine('linux', {}), 'unknown'],
    ['macOS', machine('darwin', { 'sysctl -n vm.swapusage': 'total = 1.00M (encrypted)' }), 'ok'],
    [
      'Windows, encrypted',
      machine('win32', { 'fsutil behavior query encryptpagingfile': 'EncryptPagingFile = 1' }),
      'ok',
    ],
    [
      'Windows, plain',
      machine('win32', { 'fsutil behavior query encryptpagingfile': 'EncryptPagingFile = 0' }),
      'unknown',
    ],
    ['another system', machine('freebsd', {}), 'unknown'],
  ])('%s', async (_name, system, expected) => {
    expect(await level(checkSwap(system))).toBe(expected);
  });
});

describe('core dumps', () => {
  const linux = (soft: string, pattern: string) =>
    machine('linux', {
      '/proc/self/limits': `Limit  Soft  Hard  Units\nMax core file size        ${soft}   unlimited  bytes\n`,
      '/proc/sys/kernel/core_pattern': `${pattern}\n`,
    });
  test.each([
    ['limit 0', linux('0', 'core'), 'ok'],
    ['a limit of one byte', linux('1', 'core'), 'ok'],
    ['one byte and a pipe', linux('1', '|/usr/lib/systemd/systemd-coredump %P'), 'ok'],
    ['no limit', linux('unlimited', 'core'), 'warning'],
    ['a pipe, whatever the limit', linux('0', '|/usr/lib/systemd/systemd-coredump %P'), 'warning'],
    ['macOS, off', machine('darwin', { 'sysctl -n kern.coredump': '0\n' }), 'ok'],
    [
      'macOS, on',
      machine('darwin', {
        'sysctl -n kern.coredump': '1\n',
        'launchctl limit core': '\tcore        unlimited      unlimited\n',
      }),
      'warning',
    ],
    ['Windows without LocalDumps', machine('win32', { [`reg query ${werKey}`]: 'x' }), 'ok'],
    [
      'Windows with LocalDumps',
      machine('win32', { [`reg query ${werKey}`]: 'x', [`reg query ${werKey}\\LocalDumps`]: 'y' }),
      'warning',
    ],
    ['Windows that answers nothing', machine('win32', {}), 'unknown'],
  ])('%s', async (_name, system, expected) => {
    expect(await level(checkCoreDumps(system))).toBe(expected);
  });
});

describe('screen lock', () => {
  const gnome = (enabled: string, idle: string) => ({
    'gsettings get org.gnome.desktop.screensaver lock-enabled': `${enabled}\n`,
    'gsettings get org.gnome.desktop.session idle-delay': `uint32 ${idle}\n`,
  });
  const kde = 'kreadconfig6 --file kscreenlockerrc --group Daemon --key Autolock';
  test.each([
    ['GNOME', machine('linux', gnome('true', '300'), 'ubuntu:GNOME'), 'ok'],
    ['GNOME that is never idle', machine('linux', gnome('true', '0'), 'GNOME'), 'warning'],
    ['GNOME, off', machine('linux', gnome('false', '300'), 'GNOME'), 'warning'],
    ['settings of a desktop that does not run', machine('linux', gnome('true', '300')), 'unknown'],
    ['Plasma by default', machine('linux', { [kde]: '\n' }, 'KDE'), 'ok'],
    ['Plasma, off', machine('linux', { [kde]: 'false\n' }, 'KDE'), 'warning'],
    [
      'macOS, off',
      machine('darwin', { 'sysadminctl -screenLock status': 'screenLock is off' }),
      'warning',
    ],
    [
      'macOS, on',
      machine('darwin', { 'sysadminctl -screenLock status': 'screenLock delay is immediate' }),
      'ok',
    ],
    ['nothing to be read', machine('win32', {}), 'unknown'],
    [
      'Windows, by policy',
      machine('win32', {
        'reg query HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System /v InactivityTimeoutSecs':
          '    InactivityTimeoutSecs    REG_DWORD    0x384\n',
      }),
      'ok',
    ],
    [
      'Windows, by the screen saver',
      machine('win32', {
        'reg query HKCU\\Control Panel\\Desktop /v ScreenSaverIsSecure':
          '    ScreenSaverIsSecure    REG_SZ    0\n',
      }),
      'warning',
    ],
  ])('%s', async (_name, system, expected) => {
    expect(await level(checkScreenLock(system))).toBe(expected);
  });
});

describe('clock and time zone', () => {
  const now = new Date('2027-01-15T12:00:00Z');
  const timedatectl = 'timedatectl show -p NTPSynchronized --value';
  test.each([
    ['kept', machine('linux', { [timedatectl]: 'yes\n' }), now, 'ok'],
    ['not kept', machine('linux', { [timedatectl]: 'no\n' }), now, 'warning'],
    ['not to be seen', machine('linux', {}), now, 'unknown'],
    ['behind', machine('linux', { [timedatectl]: 'yes\n' }), new Date(0), 'stop'],
    [
      'Windows on its own clock',
      machine('win32', { 'w32tm /query /source': 'Local CMOS Clock\r\n' }),
      now,
      'warning',
    ],
  ])('the clock is %s', async (_name, system, at, expected) => {
    expect(await level(checkClock(system, at))).toBe(expected);
  });

  test('a zone is told with what it shows now, and warned of before it changes', () => {
    expect(checkTimeZone(now, 'Europe/Berlin')).toMatchObject({
      level: 'ok',
      what: 'Europe/Berlin, now GMT+01:00. The record keeps UTC.',
    });
    const eve = checkTimeZone(new Date('2027-03-27T12:00:00Z'), 'Europe/Berlin');
    expect(eve.level).toBe('warning');
    expect(eve.what).toContain('Within a day it changes to GMT+02:00');
    expect(checkTimeZone(now, 'Etc/Unknown').level).toBe('warning');
  });
});

test('an interface that is up is told, and stops only where none is expected', () => {
  const address = { address: '192.0.2.7', internal: false } as const;
  const rest = { netmask: '', mac: '', cidr: null, family: 'IPv4' } as const;
  const up = { lo: [{ ...address, ...rest, internal: true }], eth0: [{ ...address, ...rest }] };
  expect(checkNetwork(false, up)).toMatchObject({ level: 'ok', todo: '' });
  expect(checkNetwork(true, up)).toMatchObject({ level: 'stop' });
  expect(checkNetwork(true, up).what).toContain('eth0');
  expect(checkNetwork(true, { lo: up.lo }).level).toBe('ok');
});

describe('the data folder', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keyturn-folder-'));
    await mkdir(join(folder, 'records'), { mode: 0o700 });
    await writeFile(join(folder, 'records/one.jsonl'), '', { mode: 0o600 });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('that only its owner can enter is fine, and so is one that is not there yet', async () => {
    expect(await level(checkFileModes(folder))).toBe('ok');
    expect(await level(checkFileModes(join(folder, 'none')))).toBe('ok');
    expect(await level(checkDiskSpace(join(folder, 'none/deeper')))).toBe('ok');
  });

  test.each([
    ['the folder open to the group', async () => chmod(folder, 0o750)],
    ['a file that others may write', async () => chmod(join(folder, 'records/one.jsonl'), 0o666)],
    ['a link', async () => symlink('/tmp', join(folder, 'records/elsewhere'))],
  ])('%s is told with its path', async (_name, spoil) => {
    await spoil();
    const check = await checkFileModes(folder);
    expect(check.level).toBe('warning');
    expect(check.what).toContain(folder);
  });

  test('files that are not Keyturn’s are left alone', async () => {
    await symlink('/tmp', join(folder, 'SingletonLock'));
    expect(await level(checkFileModes(folder))).toBe('ok');
  });

  test('the program’s hash is that of sha256sum’s lines, and every byte and name counts', async () => {
    await writeFile(join(folder, 'b.js'), 'two');
    await writeFile(join(folder, 'B.js'), 'one');
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const lines = [
      ['B.js', 'one'],
      ['b.js', 'two'],
      ['records/one.jsonl', ''],
    ].map(([path = '', text = '']) => `${sha256(text)}  ./${path}\n`);
    const place = { root: folder, packaged: true };
    const before = await hashProgram(place);
    expect(before).toEqual({ hash: sha256(lines.join('')), files: 3 });
    expect(fromWords(programWords(before))).toEqual(
      Uint8Array.from(Buffer.from(before.hash.slice(0, 32), 'hex')),
    );
    await writeFile(join(folder, 'b.js'), 'twO');
    expect((await hashProgram(place)).hash).not.toBe(before.hash);
  });
});

test('the verdict: red for one stop, amber for what is not known, green for nothing', () => {
  const check = (level: Check['level']): Check => ({ id: 'swap', level, what: '', todo: '' });
  expect(verdictOf([check('ok'), check('unknown'), check('stop')])).toBe('red');
  expect(verdictOf([check('ok'), check('unknown')])).toBe('amber');
  expect(verdictOf([check('ok'), check('warning')])).toBe('amber');
  expect(verdictOf([check('ok')])).toBe('green');
});
