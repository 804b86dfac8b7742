import { EventEmitter } from 'node:events';
import type {
  CallEvent,
  ElectronParts,
  PdfOptions,
  PrintWindow,
  PrintWindowOptions,
  SurfaceContents,
  SurfaceSession,
  SurfaceWindow,
  WindowOptions,
} from '../../../electron/host/electron-parts.ts';
import type { DesktopNotice } from '../../../electron/host/host.ts';

/** An event whose default may be prevented, as Electron hands it to listeners. */
export class FakeEvent {
  prevented = false;
  preventDefault(): void {
    this.prevented = true;
  }
}

export class FakeContents extends EventEmitter implements SurfaceContents {
  readonly mainFrame = { url: '' };
  readonly sent: unknown[][] = [];
  reloads = 0;
  devToolsOpen = false;
  webRtc = 'default';
  openWindow: () => { action: string } = () => ({ action: 'allow' });

  constructor(readonly id: number) {
    super();
  }
  send(...what: unknown[]): void {
    this.sent.push(what);
  }
  reload(): void {
    this.reloads += 1;
  }
  closeDevTools(): void {
    this.devToolsOpen = false;
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtc = policy;
  }
  setWindowOpenHandler(handler: () => { action: 'deny' }): void {
    this.openWindow = handler;
  }
}

export class FakeWindow extends EventEmitter implements SurfaceWindow {
  readonly webContents: FakeContents;
  protected = false;
  destroyed = false;
  minimized = false;
  shown = 0;
  failsToLoad = false;

  constructor(
    readonly options: WindowOptions,
    id: number,
  ) {
    super();
    this.webContents = new FakeContents(id);
  }
  loadURL(url: string): Promise<void> {
    if (this.failsToLoad) return Promise.reject(new Error('ERR_FAILED'));
    this.webContents.mainFrame.url = url;
    return Promise.resolve();
  }
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit('closed');
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  restore(): void {
    this.minimized = false;
  }
  show(): void {
    this.shown += 1;
  }
  focus(): void {
    this.shown += 1;
  }
  setContentProtection(enable: boolean): void {
    this.protected = enable;
  }
}

/** A window that prints: what it loaded and how it was printed are kept. */
export class FakePrintWindow implements PrintWindow {
  loaded = '';
  destroyed = false;
  printed: PdfOptions | undefined;
  failsToPrint = false;
  readonly webContents = new (class extends EventEmitter {
    openWindow: () => { action: string } = () => ({ action: 'allow' });
    constructor(readonly print: (options: PdfOptions) => Promise<Uint8Array>) {
      super();
    }
    setWindowOpenHandler(handler: () => { action: 'deny' }): void {
      this.openWindow = handler;
    }
    printToPDF(options: PdfOptions): Promise<Uint8Array> {
      return this.print(options);
    }
  })((options) => this.#print(options));

  constructor(
    readonly options: PrintWindowOptions,
    readonly fetch: (url: string) => Promise<string>,
  ) {}
  async loadURL(url: string): Promise<void> {
    this.loaded = await this.fetch(url);
  }
  destroy(): void {
    this.destroyed = true;
  }
  #print(options: PdfOptions): Promise<Uint8Array> {
    this.printed = options;
    return this.failsToPrint
      ? Promise.reject(new Error('printing failed'))
      : Promise.resolve(Buffer.from(`PDF of ${this.loaded}`));
  }
}

type RequestListener = Parameters<SurfaceSession['webRequest']['onBeforeRequest']>[0];
type CheckHandler = Parameters<SurfaceSession['setPermissionCheckHandler']>[0];
type PermissionHandler = Parameters<SurfaceSession['setPermissionRequestHandler']>[0];

export class FakeSession extends EventEmitter implements SurfaceSession {
  spellChecker = true;
  #beforeRequest: RequestListener = (_details, answer) => answer({ cancel: false });
  #permission: PermissionHandler = (_contents, _permission, answer) => answer(true);
  check: CheckHandler = () => true;
  device: () => boolean = () => true;
  readonly schemes = new Map<
    string,
    (request: { method: string; url: string }) => Promise<Response>
  >();
  readonly webRequest = {
    onBeforeRequest: (listener: RequestListener): void => {
      this.#beforeRequest = listener;
    },
  };
  readonly protocol = {
    handle: (
      scheme: string,
      handler: (request: { method: string; url: string }) => Promise<Response>,
    ): void => {
      this.schemes.set(scheme, handler);
    },
  };
  setSpellCheckerEnabled(enable: boolean): void {
    this.spellChecker = enable;
  }
  setPermissionRequestHandler(handler: PermissionHandler): void {
    this.#permission = handler;
  }
  setPermissionCheckHandler(handler: CheckHandler): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.device = handler;
  }
  /** Whether a request of a page would go out. */
  lets(url: string): boolean {
    let cancelled = false;
    this.#beforeRequest({ url }, ({ cancel }) => {
      cancelled = cancel;
    });
    return !cancelled;
  }
  grants(permission: string, details: object = {}): boolean {
    let granted = false;
    this.#permission(
      undefined,
      permission,
      (answer) => {
        granted = answer;
      },
      details,
    );
    return granted;
  }
}

/** Electron as the host sees it, with everything it was asked for kept for a test to look at. */
export class FakeElectron implements ElectronParts {
  readonly app = new (class extends EventEmitter {
    readonly exits: number[] = [];
    exit(code: number): void {
      this.exits.push(code);
    }
  })();
  readonly powerMonitor = new EventEmitter();
  readonly windows: FakeWindow[] = [];
  readonly sessions = new Map<string, FakeSession>();
  readonly printWindows: FakePrintWindow[] = [];
  nextWindowFails = false;
  nextPrintFails = false;
  chosenFolder: string | undefined;
  chosenFile: string | undefined;
  #invoke: Parameters<ElectronParts['ipcMain']['handle']>[1] = () =>
    Promise.reject(new Error('nothing handles calls'));
  readonly ipcMain: ElectronParts['ipcMain'] = {
    handle: (_channel, listener) => {
      this.#invoke = listener;
    },
  };
  sessionFor(partition: string): FakeSession {
    const session = this.sessions.get(partition) ?? new FakeSession();
    this.sessions.set(partition, session);
    return session;
  }
  newWindow(options: WindowOptions): FakeWindow {
    const window = new FakeWindow(options, this.windows.length + 1);
    window.failsToLoad = this.nextWindowFails;
    this.windows.push(window);
    return window;
  }
  newPrintWindow(options: PrintWindowOptions): FakePrintWindow {
    const session = this.sessionFor(options.webPreferences.partition);
    const window = new FakePrintWindow(options, async (url) => {
      const handle = session.schemes.get(new URL(url).protocol.slice(0, -1));
      return (await handle?.({ method: 'GET', url }))?.text() ?? '';
    });
    window.failsToPrint = this.nextPrintFails;
    this.printWindows.push(window);
    return window;
  }
  readonly notices: { notice: DesktopNotice; onClick: () => void }[] = [];
  notify(notice: DesktopNotice, onClick: () => void): void {
    this.notices.push({ notice, onClick });
  }
  chooseFolder(): Promise<string | undefined> {
    return Promise.resolve(this.chosenFolder);
  }
  chooseFile(): Promise<string | undefined> {
    return Promise.resolve(this.chosenFile);
  }
  /** What `ipcRenderer.invoke` would bring back for that sender. */
  invoke(event: CallEvent, name: unknown, payload: unknown): Promise<unknown> {
    return this.#invoke(event, name, payload);
  }
}
