import type { Surface } from '../../shared/contract/define.ts';
import type { Result } from '../../shared/problem.ts';
import type { Paper } from '../../shared/report/style.ts';

/** Size in CSS pixels of the window's content; the person may change it. */
export interface SurfaceOptions {
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

export type { Paper };

/** A few words for the desktop's own notices. Other people at the desk may read them. */
export interface DesktopNotice {
  readonly title: string;
  readonly body: string;
}

/** What the desktop does under us. A host reports what it can see; its `note` says what it cannot. */
export type Interruption = 'suspend' | 'resume' | 'lock' | 'unlock';

/**
 * Answers one call. `payload` is JSON text exactly as the page sent it (absent: the page sent
 * nothing), so that it can be measured before it is parsed. Never rejects.
 */
export type CallHandler = (
  surface: Surface,
  name: string,
  payload: string | undefined,
) => Promise<Result<unknown>>;

/**
 * The desktop shell. A host knows windows and processes, nothing of ceremonies: it carries calls
 * without reading them, and vouches for one thing only: that a call came from the main frame of
 * the surface it names. When a person closes the guide the host quits: no other surface outlives it.
 */
export interface Host {
  readonly kind: 'electron' | 'chromium';
  /** What this host cannot do, in sentences for the screen; empty where there is nothing to say. */
  readonly note: string;
  /** Opens the surface in a window and a renderer process of its own; focuses it where it is open. */
  openSurface(surface: Surface, options: SurfaceOptions): Promise<void>;
  /** Destroys the surface's renderer process. Resolves when it is gone, at once if it never was. */
  closeSurface(surface: Surface): Promise<void>;
  isOpen(surface: Surface): boolean;
  /** Tells the page something unasked. Does nothing where the surface is closed. */
  push(surface: Surface, name: string, payload: unknown): void;
  /** Sets the one handler of all calls. Before it is set, calls are refused. */
  onCall(handler: CallHandler): void;
  /** Called once for each surface that closes, whoever closed it. */
  onSurfaceClosed(listener: (surface: Surface) => void): void;
  onInterruption(listener: (what: Interruption) => void): void;
  /**
   * Prints a whole HTML document as a tagged PDF, out of sight. The document loads nothing and runs
   * nothing, whatever it says.
   * @throws Trouble `internal`
   */
  printToPdf(html: string, paper: Paper): Promise<Uint8Array>;
  /**
   * Asks the person for a folder, with the desktop's own dialog; `undefined` when they choose none.
   * Absent where the host has no such dialog: the guide then asks for the path.
   */
  chooseFolder?(title: string): Promise<string | undefined>;
  /** The same for a file that exists. Present where `chooseFolder` is. */
  chooseFile?(title: string): Promise<string | undefined>;
  /**
   * Shows a notice on the desktop, also over other windows and while ours is minimised. Absent where
   * the host cannot; the guide says so. It never holds a secret.
   */
  notify?(notice: DesktopNotice): void;
  /** Called once, in order of registration, before the surfaces are closed. */
  onQuit(listener: () => Promise<void>): void;
  /** Runs the quit listeners, closes every surface and ends the host. Safe to call twice. */
  quit(): Promise<void>;
}
