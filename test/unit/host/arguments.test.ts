import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readArguments } from '../../../electron/host/arguments.ts';
import { defaultDataFolder } from '../../../electron/host/data-folder.ts';

test('nothing said: the host’s own folder, no real cluster, no port', () => {
  expect(readArguments([], {})).toEqual({
    dataFolder: undefined,
    allowRealCluster: false,
    temporaryKeyring: false,
    debugPort: undefined,
  });
});

test.each([
  [['--data', 'here'], resolve('here')],
  [['--data=/there'], '/there'],
  [['--allow-real-cluster', '--data', '/there'], '/there'],
  [['--data'], undefined],
  [['--data='], undefined],
])('%j names the data folder', (words, folder) => {
  expect(readArguments(words, {}).dataFolder).toBe(folder);
});

test('the port for tests comes from the environment only, and must be one', () => {
  expect(readArguments(['--remote-debugging-port=9'], {}).debugPort).toBeUndefined();
  expect(readArguments([], { KEYTURN_DEBUG_PORT: '9222' }).debugPort).toBe(9222);
  for (const wrong of ['0', '-1', '65536', 'x', '1.5', '']) {
    expect(readArguments([], { KEYTURN_DEBUG_PORT: wrong }).debugPort).toBeUndefined();
  }
});

test('a real cluster and a temporary keyring have to be said', () => {
  expect(readArguments(['--allow-real-cluster'], {}).allowRealCluster).toBe(true);
  expect(readArguments([], { KEYTURN_KEYRING: 'temporary' }).temporaryKeyring).toBe(true);
});

test('the Chromium host’s data folder follows each system’s custom', () => {
  expect(defaultDataFolder('linux', { XDG_DATA_HOME: '/d' })).toBe('/d/keyturn');
  expect(defaultDataFolder('linux', {})).toMatch(/\.local\/share\/keyturn$/);
  expect(defaultDataFolder('darwin', {})).toMatch(/Library\/Application Support\/Keyturn$/);
  expect(defaultDataFolder('win32', { APPDATA: '/roaming' })).toBe('/roaming/Keyturn');
});

test('a self-test is asked for by name; its wishes count only with it', () => {
  expect(readArguments(['--profiles', '--json'], {}).selfTest).toBeUndefined();
  expect(readArguments(['--self-test'], {}).selfTest).toEqual({
    askClusters: false,
    expectNoNetwork: false,
    json: false,
  });
  expect(
    readArguments(['--self-test', '--profiles', '--expect-no-network'], {}).selfTest,
  ).toMatchObject({ askClusters: true, expectNoNetwork: true });
});
