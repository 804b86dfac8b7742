import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import {
  contentProtectionWorks,
  protectContent,
} from '../../../electron/security/content-protection.ts';
import { denyDevTools } from '../../../electron/security/devtools.ts';
import { menuTemplate } from '../../../electron/security/menu.ts';
import { denyNavigation } from '../../../electron/security/navigation.ts';
import { denyPermissions, permitCamera } from '../../../electron/security/permissions.ts';
import { allowOnlyOrigin } from '../../../electron/security/requests.ts';
import { claimSingleInstance } from '../../../electron/security/single-instance.ts';
import { webPreferences } from '../../../electron/security/web-preferences.ts';
import { denyWindowOpening } from '../../../electron/security/window-opening.ts';
import { FakeContents, FakeEvent, FakeSession } from '../host/fake-electron.ts';

test.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
  'navigation: %s is prevented',
  (name) => {
    const contents = new FakeContents(1);
    const before = new FakeEvent();
    contents.emit(name, before);
    expect(before.prevented).toBe(false);
    denyNavigation(contents);
    const after = new FakeEvent();
    contents.emit(name, after);
    expect(after.prevented).toBe(true);
  },
);

test('permissions: every request, check and device is denied', () => {
  const session = new FakeSession();
  expect(session.grants('media')).toBe(true);
  denyPermissions(session);
  for (const permission of ['media', 'clipboard-read', 'notifications', 'unknown-to-us']) {
    expect(session.grants(permission)).toBe(false);
  }
  expect(session.check(undefined, 'media', 'keyturn://guide/', { mediaType: 'video' })).toBe(false);
  expect(session.device()).toBe(false);
});

describe('permissions of the page that scans', () => {
  const open = { now: true };
  const session = new FakeSession();
  permitCamera(session, { origin: 'keyturn://scan/', isOpen: () => open.now });
  const asks = (mediaTypes: readonly string[]) => session.grants('media', { mediaTypes });
  const checks = (mediaType: string, origin = 'keyturn://scan') =>
    session.check(undefined, 'media', origin, { mediaType });

  test('its camera, while it is open', () => {
    expect(asks(['video'])).toBe(true);
    expect(checks('video')).toBe(true);
  });

  test('no microphone, nothing else, nobody else', () => {
    expect(asks(['audio'])).toBe(false);
    expect(asks(['video', 'audio'])).toBe(false);
    expect(asks([])).toBe(false);
    expect(session.grants('media')).toBe(false);
    expect(session.grants('display-capture', { mediaTypes: ['video'] })).toBe(false);
    expect(checks('audio')).toBe(false);
    expect(checks('video', 'keyturn://guide')).toBe(false);
    expect(session.check(undefined, 'geolocation', 'keyturn://scan', {})).toBe(false);
    expect(session.device()).toBe(false);
  });

  test('nothing once it is closed', () => {
    open.now = false;
    expect(asks(['video'])).toBe(false);
    expect(checks('video')).toBe(false);
    open.now = true;
  });
});

test('window opening: denied', () => {
  const contents = new FakeContents(1);
  denyWindowOpening(contents);
  expect(contents.openWindow()).toEqual({ action: 'deny' });
});

test('developer tools: closed as they open', () => {
  const contents = new FakeContents(1);
  denyDevTools(contents);
  contents.devToolsOpen = true;
  contents.emit('devtools-opened');
  expect(contents.devToolsOpen).toBe(false);
});

test('content protection: turned on, and known where it works', () => {
  const calls: boolean[] = [];
  protectContent({ setContentProtection: (on) => calls.push(on) });
  expect(calls).toEqual([true]);
  expect((['darwin', 'win32', 'linux'] as const).filter(contentProtectionWorks)).toEqual([
    'darwin',
    'win32',
  ]);
});

describe('requests', () => {
  const session = new FakeSession();
  allowOnlyOrigin(session, 'keyturn://guide/');

  test.each(['keyturn://guide/', 'keyturn://guide/assets/a.js', 'data:image/svg+xml,x'])(
    '%s goes out',
    (url) => {
      expect(session.lets(url)).toBe(true);
    },
  );

  test.each([
    'keyturn://promote/',
    'keyturn://guide.evil/',
    'keyturn://guide',
    'KEYTURN://guide/',
    'https://example.com/',
    'http://127.0.0.1:8200/',
    'wss://example.com/',
    'file:///etc/passwd',
    'data:text/html,x',
    'blob:keyturn://guide/0',
    'chrome://gpu/',
    'devtools://devtools/',
  ])('%s does not', (url) => {
    expect(session.lets(url)).toBe(false);
  });

  test('downloads are stopped', () => {
    const event = new FakeEvent();
    session.emit('will-download', event);
    expect(event.prevented).toBe(true);
  });
});

test('web preferences: everything that matters is written out', () => {
  expect(webPreferences({ preload: '/p.cjs', partition: 'x' })).toEqual({
    preload: '/p.cjs',
    partition: 'x',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    disableDialogs: true,
    devTools: false,
    spellcheck: false,
    backgroundThrottling: false,
  });
});

test.each(['linux', 'darwin', 'win32'] as const)(
  'menu on %s: edit and quit, but no reload and no developer tools',
  (platform) => {
    const text = JSON.stringify(menuTemplate(platform));
    for (const role of ['quit', 'copy', 'paste', 'zoomIn', 'close']) {
      expect(text).toContain(`"role":"${role}"`);
    }
    expect(text).not.toMatch(/reload|toggleDevTools|viewMenu|help/i);
    expect(text.includes('appMenu')).toBe(platform === 'darwin');
  },
);

describe('single instance', () => {
  const app = (granted: boolean) =>
    Object.assign(new EventEmitter(), { requestSingleInstanceLock: () => granted });

  test('the first hears of the second', () => {
    const first = app(true);
    let seconds = 0;
    expect(claimSingleInstance(first, () => (seconds += 1))).toBe(true);
    first.emit('second-instance');
    expect(seconds).toBe(1);
  });

  test('the second is told to go', () => {
    expect(claimSingleInstance(app(false), () => undefined)).toBe(false);
  });
});
