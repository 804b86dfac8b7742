import type { Surface } from '../../shared/contract/define.ts';
import type { Result } from '../../shared/problem.ts';
import { callChannel, pushChannel } from '../preload/channels.ts';
import { contentProtectionWorks, protectContent } from '../security/content-protection.ts';
import { denyDevTools } from '../security/devtools.ts';
import { denyNavigation } from '../security/navigation.ts';
import { denyPermissions, permitCamera } from '../security/permissions.ts';
import { allowOnlyOrigin } from '../security/requests.ts';
import { webPreferences } from '../security/web-preferences.ts';
import { denyWindowOpening } from '../security/window-opening.ts';
import { readAsset } from './assets.ts';
import type { CallEvent, ElectronParts, SurfaceWindow } from './electron-parts.ts';
import { Printer } from './electron-print.ts';
import type {
  CallHandler,
  DesktopNotice,
  Host,
  Interruption,
  Paper,
  SurfaceOptions,
} from './host.ts';
import { Lifecycle, refusedCall, surfaceNotOpened } from './lifecycle.ts';

export interface ElectronHostOptions {
  /** The folder with one built page for each surface. */
  readonly pages: string;
  /** The folder with one preload for each surface. */
  readonly preloads: string;
  readonly platform: NodeJS.Platform;
}

export const scheme = 'keyturn';

/**
 * A host of its own for each surface on a standard scheme: another site, so another process, and
 * no storage in common. (Each has its own session besides.)
 */
export const originOf = (surface: Surface): string => `${scheme}://${surface}/`;

/** What ships: every surface a sandboxed window with a session, a preload and an origin of its own. */
export class ElectronHost implements Host {
  readonly kind = 'electron';
  readonly note: string;
  readonly #parts: ElectronParts;
  readonly #options: ElectronHostOptions;
  readonly #lifecycle = new Lifecycle();
  readonly #open = new Map<Surface, SurfaceWindow>();
  readonly #prepared = new Set<Surface>();
  readonly #printer: Printer;

  constructor(parts: ElectronParts, options: ElectronHostOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#printer = new Printer(parts, scheme);
    this.note = contentProtectionWorks(options.platform)
      ? ''
      : 'This system cannot keep windows out of screenshots and shared screens.';
    parts.ipcMain.handle(callChannel, (event, name: unknown, payload: unknown) =>
      this.#carry(event, name, payload),
    );
    parts.app.on('window-all-closed', () => void this.quit());
    parts.app.on('before-quit', (event) => {
      event.preventDefault();
      void this.quit();
    });
    parts.powerMonitor.on('suspend', () => this.#lifecycle.interrupted('suspend'));
    parts.powerMonitor.on('resume', () => this.#lifecycle.interrupted('resume'));
    parts.powerMonitor.on('lock-screen', () => this.#lifecycle.interrupted('lock'));
    parts.powerMonitor.on('unlock-screen', () => this.#lifecycle.interrupted('unlock'));
  }

  async openSurface(surface: Surface, options: SurfaceOptions): Promise<void> {
    const open = this.#open.get(surface);
    if (open !== undefined) return focus(open);
    this.#prepareSession(surface);
    const window = this.#parts.newWindow({
      title: options.title,
      width: options.width,
      height: options.height,
      useContentSize: true,
      show: false,
      webPreferences: webPreferences({
        preload: `${this.#options.preloads}/${surface}.cjs`,
        partition: partitionOf(surface),
      }),
    });
    this.#open.set(surface, window);
    this.#guard(surface, window);
    window.once('closed', () => this.#closed(surface));
    try {
      await window.loadURL(originOf(surface));
    } catch {
      if (!window.isDestroyed()) window.destroy();
      throw surfaceNotOpened(surface);
    }
    window.show();
  }

  closeSurface(surface: Surface): Promise<void> {
    // destroy(), not close(): nothing in the page can hold it up.
    this.#open.get(surface)?.destroy();
    return Promise.resolve();
  }

  isOpen(surface: Surface): boolean {
    return this.#open.has(surface);
  }

  push(surface: Surface, name: string, payload: unknown): void {
    this.#open.get(surface)?.webContents.send(pushChannel, name, JSON.stringify(payload));
  }

  onCall(handler: CallHandler): void {
    this.#lifecycle.onCall(handler);
  }

  onSurfaceClosed(listener: (surface: Surface) => void): void {
    this.#lifecycle.onSurfaceClosed(listener);
  }

  onInterruption(listener: (what: Interruption) => void): void {
    this.#lifecycle.onInterruption(listener);
  }

  onQuit(listener: () => Promise<void>): void {
    this.#lifecycle.onQuit(listener);
  }

  printToPdf(html: string, paper: Paper): Promise<Uint8Array> {
    return this.#printer.print(html, paper);
  }

  chooseFolder(title: string): Promise<string | undefined> {
    return this.#parts.chooseFolder(title);
  }

  chooseFile(title: string): Promise<string | undefined> {
    return this.#parts.chooseFile(title);
  }

  notify(notice: DesktopNotice): void {
    this.#parts.notify(notice, () => this.focusGuide());
  }

  quit(): Promise<void> {
    return this.#lifecycle.quit(() => {
      for (const window of [...this.#open.values()]) window.destroy();
      this.#parts.app.exit(0);
      return Promise.resolve();
    });
  }

  /** Shows the guide to a person who started Keyturn a second time. */
  focusGuide(): void {
    const guide = this.#open.get('guide');
    if (guide !== undefined) focus(guide);
  }

  #prepareSession(surface: Surface): void {
    if (this.#prepared.has(surface)) return;
    this.#prepared.add(surface);
    const session = this.#parts.sessionFor(partitionOf(surface));
    if (surface === 'scan')
      permitCamera(session, { origin: originOf(surface), isOpen: () => this.isOpen(surface) });
    else denyPermissions(session);
    allowOnlyOrigin(session, originOf(surface));
    session.setSpellCheckerEnabled(false);
    session.protocol.handle(scheme, async ({ method, url }) => {
      const { host, pathname } = new URL(url);
      const asset = await readAsset(
        this.#options.pages,
        surface,
        host === surface ? method : 'REFUSED',
        pathname,
      );
      return new Response(new Uint8Array(asset.body), {
        status: asset.status,
        headers: { ...asset.headers },
      });
    });
  }

  #guard(surface: Surface, window: SurfaceWindow): void {
    const contents = window.webContents;
    protectContent(window);
    denyNavigation(contents);
    denyWindowOpening(contents);
    denyDevTools(contents);
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.on('render-process-gone', () => {
      // The guide holds nothing that main does not: it comes back. An entry page ends like a closed one.
      if (window.isDestroyed()) return;
      if (surface === 'guide') contents.reload();
      else window.destroy();
    });
  }

  /** Vouches for the sender: the surface's main frame, in its own window, on its own origin. */
  async #carry(event: CallEvent, name: unknown, payload: unknown): Promise<Result<unknown>> {
    const surface = this.#senderOf(event);
    const wellFormed =
      typeof name === 'string' && (payload === undefined || typeof payload === 'string');
    if (surface === undefined || !wellFormed) return refusedCall;
    return this.#lifecycle.call(surface, name, payload);
  }

  #senderOf({ sender, senderFrame }: CallEvent): Surface | undefined {
    for (const [surface, window] of this.#open) {
      if (window.webContents.id !== sender.id) continue;
      const ours =
        senderFrame !== null &&
        senderFrame === window.webContents.mainFrame &&
        senderFrame.url.startsWith(originOf(surface));
      return ours ? surface : undefined;
    }
    return undefined;
  }

  #closed(surface: Surface): void {
    this.#open.delete(surface);
    this.#lifecycle.surfaceClosed(surface);
    if (surface === 'guide') void this.quit();
  }
}

/** Without `persist:` in front a session lives in memory and leaves nothing on disk. */
const partitionOf = (surface: Surface): string => `keyturn-${surface}`;

function focus(window: SurfaceWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
