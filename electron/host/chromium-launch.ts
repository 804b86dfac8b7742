import type { BrowserContext, CDPSession } from 'playwright-core';
import { Trouble } from '../../shared/problem.ts';
import type { ChromiumProfile } from './chromium-profile.ts';
import type { SurfaceOptions } from './host.ts';

/** Starts Chromium in app mode with one empty window. @throws Trouble `internal` where it does not start */
export async function launchChromium(
  profile: ChromiumProfile,
  window: SurfaceOptions,
  remoteDebuggingPort: number | undefined,
): Promise<BrowserContext> {
  // Playwright's debug log prints what is typed and sent. It reads the setting when it is loaded.
  delete process.env['DEBUG'];
  delete process.env['DEBUG_FILE'];
  delete process.env['PWDEBUG'];
  const { chromium } = await import('playwright-core');
  try {
    return await chromium.launchPersistentContext(profile.folder, {
      executablePath: profile.executable,
      env: profile.env,
      chromiumSandbox: true,
      headless: false,
      viewport: null,
      acceptDownloads: false,
      serviceWorkers: 'block',
      // What the person set on their system, not Playwright's defaults.
      colorScheme: null,
      reducedMotion: null,
      forcedColors: null,
      contrast: null,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: 60_000,
      ignoreDefaultArgs: playwrightArgumentsNotWanted,
      args: [...chromiumArguments(window), ...debuggingArgument(remoteDebuggingPort)],
    });
  } catch (thrown) {
    throw notStarted(thrown);
  }
}

/** Refuses every permission a page could ask for, on every origin. */
export async function denyPermissions(session: CDPSession): Promise<void> {
  for (const name of deniedPermissions) {
    try {
      await session.send('Browser.setPermission', { permission: { name }, setting: 'denied' });
    } catch {
      // This Chromium has no permission of that name, so there is none to refuse.
    }
  }
}

/** The camera for one origin, or for none: Chromium keeps the refusal for all others. */
export async function setCamera(
  session: CDPSession,
  origin: string,
  allowed: boolean,
): Promise<void> {
  const permission = { name: 'camera' };
  const setting = allowed ? 'granted' : 'denied';
  await session.send('Browser.setPermission', { permission, setting, origin });
}

const chromiumArguments = (window: SurfaceOptions): string[] => [
  // With the page's own address here, its first load would be asked for before a route exists.
  `--app=data:text/html,<title>${encodeURIComponent(window.title)}</title>`,
  `--window-size=${window.width},${window.height}`,
  // No name and no address leads anywhere; our pages are answered before the network is asked.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-crash-reporter',
  '--disable-domain-reliability',
  '--no-pings',
  '--site-per-process',
  // Hides the bar that warns of unusual arguments; it switches nothing else that we use.
  '--test-type=',
];

const playwrightArgumentsNotWanted = [
  '--enable-automation',
  '--disable-popup-blocking',
  '--disable-ipc-flooding-protection',
  '--unsafely-disable-devtools-self-xss-warnings',
];

const debuggingArgument = (port: number | undefined): string[] =>
  port === undefined
    ? []
    : [`--remote-debugging-port=${port}`, '--remote-debugging-address=127.0.0.1'];

/** Names of the Permissions API, as `Browser.setPermission` takes them. */
const deniedPermissions = [
  'accelerometer',
  'background-fetch',
  'background-sync',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'geolocation',
  'gyroscope',
  'idle-detection',
  'keyboard-lock',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'nfc',
  'notifications',
  'payment-handler',
  'persistent-storage',
  'pointer-lock',
  'screen-wake-lock',
  'speaker-selection',
  'storage-access',
  'window-management',
] as const;

/** Playwright's message holds the command line and Chromium's log, neither of which helps a person. */
const notStarted = (thrown: unknown): Trouble => {
  const text = thrown instanceof Error ? thrown.message : '';
  const noDisplay = /missing x server|cannot open display|ozone|\$DISPLAY/i.test(text);
  return new Trouble({
    code: 'internal',
    known: noDisplay
      ? 'Chromium started and found no display to show a window on.'
      : 'Chromium did not start, so Keyturn has no window.',
    safe: 'Nothing was sent to Vault, and nothing was changed.',
    next: noDisplay
      ? 'Start Keyturn with `npm start`, which brings a display of its own where there is none.'
      : 'Check that this opens a window: chromium --app=data:text/html,hello',
  });
};
