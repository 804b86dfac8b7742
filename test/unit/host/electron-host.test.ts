import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ElectronHost } from '../../../electron/host/electron.ts';
import { surfaces } from '../../../shared/contract/define.ts';
import { Trouble } from '../../../shared/problem.ts';
import { FakeElectron, FakeEvent, type FakeWindow } from './fake-electron.ts';

let pages = '';
beforeAll(async () => {
  pages = await mkdtemp(join(tmpdir(), 'keyturn-pages-'));
  await mkdir(join(pages, 'guide'));
  await writeFile(join(pages, 'guide/index.html'), '<p>guide');
});
afterAll(() => rm(pages, { recursive: true, force: true }));

const size = { title: 'Keyturn', width: 900, height: 600 };

function start(platform: NodeJS.Platform = 'linux') {
  const electron = new FakeElectron();
  const host = new ElectronHost(electron, { pages, preloads: '/preloads', platform });
  const window = (at: number): FakeWindow => {
    const found = electron.windows[at];
    if (found === undefined) throw new Error(`window ${at} was never opened`);
    return found;
  };
  return { electron, host, window };
}

test('each surface has a window, an origin, a preload and a session in memory of its own', async () => {
  const { electron, host } = start();
  for (const surface of surfaces) await host.openSurface(surface, size);
  expect(electron.windows.map(({ webContents }) => webContents.mainFrame.url)).toEqual(
    surfaces.map((surface) => `keyturn://${surface}/`),
  );
  const preferences = electron.windows.map(({ options }) => options.webPreferences);
  expect(preferences.map(({ preload }) => preload)).toEqual(
    surfaces.map((surface) => `/preloads/${surface}.cjs`),
  );
  const partitions = preferences.map(({ partition }) => partition);
  expect(new Set(partitions).size).toBe(surfaces.length);
  for (const partition of partitions) expect(partition).not.toMatch(/^persist:/);
});

test('every control is on before a page loads', async () => {
  const { electron, host, window } = start();
  await host.openSurface('share-entry', size);
  const { webContents, options } = window(0);
  expect(options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    devTools: false,
    spellcheck: false,
  });
  expect(window(0).protected).toBe(true);
  expect(webContents.webRtc).toBe('disable_non_proxied_udp');
  expect(webContents.openWindow()).toEqual({ action: 'deny' });
  const leaving = new FakeEvent();
  webContents.emit('will-navigate', leaving);
  expect(leaving.prevented).toBe(true);
  const session = electron.sessionFor('keyturn-share-entry');
  expect(session.grants('media')).toBe(false);
  expect(session.lets('https://example.com/')).toBe(false);
  expect(session.lets('keyturn://guide/')).toBe(false);
  expect(session.lets('keyturn://share-entry/index.html')).toBe(true);
  expect(session.spellChecker).toBe(false);
});

test('a session serves its own surface’s files and no other’s', async () => {
  const { electron, host } = start();
  await host.openSurface('guide', size);
  const handle = electron.sessionFor('keyturn-guide').schemes.get('keyturn');
  if (handle === undefined) throw new Error('no handler for the scheme');
  const own = await handle({ method: 'GET', url: 'keyturn://guide/' });
  expect(own.status).toBe(200);
  expect(await own.text()).toBe('<p>guide');
  expect(own.headers.get('content-security-policy')).toContain("connect-src 'none'");
  expect((await handle({ method: 'GET', url: 'keyturn://promote/' })).status).toBe(405);
  expect((await handle({ method: 'POST', url: 'keyturn://guide/' })).status).toBe(405);
  expect((await handle({ method: 'GET', url: 'keyturn://guide/%2e%2e/x.js' })).status).toBe(404);
});

test('opening twice focuses; closing destroys the window and says so once', async () => {
  const { electron, host, window } = start();
  const closed: string[] = [];
  host.onSurfaceClosed((surface) => closed.push(surface));
  await host.openSurface('share-entry', size);
  window(0).minimized = true;
  await host.openSurface('share-entry', size);
  expect(electron.windows).toHaveLength(1);
  expect(window(0).minimized).toBe(false);

  await host.closeSurface('share-entry');
  await host.closeSurface('share-entry');
  expect(window(0).destroyed).toBe(true);
  expect(host.isOpen('share-entry')).toBe(false);
  expect(closed).toEqual(['share-entry']);
});

test('a window that does not load is Trouble and leaves nothing open', async () => {
  const { electron, host, window } = start();
  electron.nextWindowFails = true;
  await expect(host.openSurface('promote', size)).rejects.toBeInstanceOf(Trouble);
  expect(window(0).destroyed).toBe(true);
  expect(host.isOpen('promote')).toBe(false);
});

test('a push reaches the open surface and nobody else', async () => {
  const { host, window } = start();
  await host.openSurface('guide', size);
  await host.openSurface('promote', size);
  host.push('guide', 'changed', { at: 1 });
  host.push('share-entry', 'changed', { at: 1 });
  expect(window(0).webContents.sent).toEqual([['keyturn:push', 'changed', '{"at":1}']]);
  expect(window(1).webContents.sent).toEqual([]);
});

test('a guide whose process died comes back; an entry page is closed', async () => {
  const { host, window } = start();
  await host.openSurface('guide', size);
  await host.openSurface('share-entry', size);
  window(0).webContents.emit('render-process-gone');
  window(1).webContents.emit('render-process-gone');
  expect(window(0).webContents.reloads).toBe(1);
  expect(host.isOpen('guide')).toBe(true);
  expect(host.isOpen('share-entry')).toBe(false);
});

test.each(['closing the guide', 'the menu', 'the host'])(
  'quitting by %s runs every listener once, then closes all',
  async (how) => {
    const { electron, host, window } = start();
    const order: string[] = [];
    host.onQuit(() => {
      order.push('first');
      return Promise.reject(new Error('it failed'));
    });
    host.onQuit(() => {
      order.push('second');
      return Promise.resolve();
    });
    await host.openSurface('guide', size);
    await host.openSurface('share-entry', size);
    if (how === 'closing the guide') window(0).destroy();
    if (how === 'the menu') {
      const event = new FakeEvent();
      electron.app.emit('before-quit', event);
      expect(event.prevented).toBe(true);
    }
    await host.quit();
    expect(order).toEqual(['first', 'second']);
    expect(electron.windows.every(({ destroyed }) => destroyed)).toBe(true);
    expect(electron.app.exits).toEqual([0]);
  },
);

test('sleep and lock are reported', () => {
  const { electron, host } = start();
  const seen: string[] = [];
  host.onInterruption((what) => seen.push(what));
  for (const event of ['suspend', 'resume', 'lock-screen', 'unlock-screen']) {
    electron.powerMonitor.emit(event);
  }
  expect(seen).toEqual(['suspend', 'resume', 'lock', 'unlock']);
});

test('where content protection does nothing, the host says so', () => {
  expect(start('linux').host.note).toContain('screenshots');
  expect(start('darwin').host.note).toBe('');
  expect(start('win32').host.note).toBe('');
});

test('a notice goes to the desktop, and choosing it brings a minimised guide back', async () => {
  const { electron, host, window } = start();
  await host.openSurface('guide', size);
  window(0).minimized = true;
  host.notify({ title: 'payments: batch token', body: 'Less than thirty minutes are left.' });
  const [shown] = electron.notices;
  expect(shown?.notice.body).toBe('Less than thirty minutes are left.');
  expect(window(0).minimized).toBe(true);
  shown?.onClick();
  expect(window(0).minimized).toBe(false);
});
