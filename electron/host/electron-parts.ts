import type { InspectableContents } from '../security/devtools.ts';
import type { NavigatingContents } from '../security/navigation.ts';
import type { PermissionSession } from '../security/permissions.ts';
import type { RequestingSession } from '../security/requests.ts';
import type { printPreferences, webPreferences } from '../security/web-preferences.ts';
import type { OpeningContents } from '../security/window-opening.ts';
import type { ProtectableWindow } from '../security/content-protection.ts';
import type { DesktopNotice, Paper } from './host.ts';

/** What the host needs of Electron, no more, so that a test can stand in for it without a cast. */
export interface ElectronParts {
  readonly app: {
    on(event: 'window-all-closed', listener: () => void): unknown;
    on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
    exit(code: number): void;
  };
  readonly ipcMain: {
    handle(
      channel: string,
      listener: (event: CallEvent, name: unknown, payload: unknown) => Promise<unknown>,
    ): void;
  };
  readonly powerMonitor: {
    on(event: 'suspend', listener: () => void): unknown;
    on(event: 'resume', listener: () => void): unknown;
    on(event: 'lock-screen', listener: () => void): unknown;
    on(event: 'unlock-screen', listener: () => void): unknown;
  };
  sessionFor(partition: string): SurfaceSession;
  newWindow(options: WindowOptions): SurfaceWindow;
  newPrintWindow(options: PrintWindowOptions): PrintWindow;
  /** Shows a notice on the desktop; `onClick` when a person chooses it. */
  notify(notice: DesktopNotice, onClick: () => void): void;
  /** The desktop's dialog for a folder; `undefined` when the person closes it. */
  chooseFolder(title: string): Promise<string | undefined>;
  /** The desktop's dialog for a file that exists; `undefined` when the person closes it. */
  chooseFile(title: string): Promise<string | undefined>;
}

/** Who asked: the window's contents and the frame in it (`null` where the frame is gone). */
export interface CallEvent {
  readonly sender: { readonly id: number };
  readonly senderFrame: SenderFrame | null;
}

export interface SenderFrame {
  readonly url: string;
}

export interface SurfaceSession extends PermissionSession, RequestingSession {
  setSpellCheckerEnabled(enable: boolean): void;
  readonly protocol: {
    handle(
      scheme: string,
      handler: (request: { readonly method: string; readonly url: string }) => Promise<Response>,
    ): void;
  };
}

export interface SurfaceContents extends NavigatingContents, OpeningContents, InspectableContents {
  readonly id: number;
  readonly mainFrame: SenderFrame;
  on(event: 'render-process-gone', listener: () => void): unknown;
  on(event: 'will-navigate', listener: (event: { preventDefault(): void }) => void): unknown;
  on(event: 'will-frame-navigate', listener: (event: { preventDefault(): void }) => void): unknown;
  on(event: 'will-redirect', listener: (event: { preventDefault(): void }) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: { preventDefault(): void }) => void): unknown;
  on(event: 'devtools-opened', listener: () => void): unknown;
  send(channel: string, name: string, text: string | undefined): void;
  reload(): void;
  setWebRTCIPHandlingPolicy(policy: 'disable_non_proxied_udp'): void;
}

export interface SurfaceWindow extends ProtectableWindow {
  readonly webContents: SurfaceContents;
  once(event: 'closed', listener: () => void): unknown;
  loadURL(url: string): Promise<void>;
  destroy(): void;
  isDestroyed(): boolean;
  isMinimized(): boolean;
  restore(): void;
  show(): void;
  focus(): void;
}

export interface WindowOptions {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly useContentSize: true;
  readonly show: false;
  readonly webPreferences: ReturnType<typeof webPreferences>;
}

export interface PrintWindow {
  readonly webContents: NavigatingContents &
    OpeningContents & { printToPDF(options: PdfOptions): Promise<Uint8Array> };
  loadURL(url: string): Promise<void>;
  destroy(): void;
}

export interface PrintWindowOptions {
  readonly show: false;
  readonly webPreferences: ReturnType<typeof printPreferences>;
}

export interface PdfOptions {
  readonly pageSize: Paper;
  readonly preferCSSPageSize: true;
  readonly printBackground: true;
  readonly generateTaggedPDF: true;
  readonly generateDocumentOutline: true;
}
