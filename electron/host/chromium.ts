import type { BrowserContext, CDPSession, Frame, Page, Route } from 'playwright-core';
import type { Surface } from '../../shared/contract/define.ts';
import { Trouble, type Result } from '../../shared/problem.ts';
import { readAsset } from './assets.ts';
import { bridgeScript, callBinding, pushExpression } from './chromium-bridge.ts';
import { denyPermissions, launchChromium, setCamera } from './chromium-launch.ts';
import { printInPage } from './chromium-print.ts';
import { openPopup, sizeWindow } from './chromium-window.ts';
import { findChromium, makeProfile, type ChromiumProfile } from './chromium-profile.ts';
import type { CallHandler, Host, Interruption, Paper, SurfaceOptions } from './host.ts';
import { promiseWithResolvers, withinSeconds } from './promises.ts';
import { Lifecycle, notPrinted, refusedCall, surfaceNotOpened } from './lifecycle.ts';

export interface ChromiumHostOptions {
  /** The folder with one built page for each surface. */
  readonly pages: string;
  /** Opens a TCP port on loopback through which tests reach the windows. Never set in `npm start`. */
  readonly remoteDebuggingPort?: number;
}

/**
 * A registrable domain for each surface, not a subdomain: two sites never share a renderer
 * process. `.invalid` never resolves (RFC 6761).
 */
export const originOf = (surface: Surface): string => `https://keyturn-${surface}.invalid/`;

interface OpenPage {
  readonly page: Page;
  readonly session: CDPSession;
}

/**
 * The host for machines without Electron's runtime: an installed Chromium in app mode, driven
 * through a pipe. No TCP port is opened; pages come from disk by request interception.
 */
export class ChromiumHost implements Host {
  readonly kind = 'chromium';
  readonly note =
    'This is the Chromium host, for development, rehearsal and tests. It cannot keep its windows out of screenshots, deny developer tools, show an application menu notice that the computer sleeps or is locked, or show notices on the desktop.';
  /** Resolves when the last window is closed and the profile folder is removed. */
  readonly ended: Promise<void>;
  readonly #options: ChromiumHostOptions;
  readonly #lifecycle = new Lifecycle();
  readonly #open = new Map<Surface, OpenPage>();
  #context: BrowserContext | undefined;
  #profile: ChromiumProfile | undefined;
  #starting: Promise<BrowserContext> | undefined;
  /** The window that Chromium starts with belongs to the first surface. */
  #firstTaken = false;
  /** Windows open one at a time, so that the page that appears is the one that was asked for. */
  #turn: Promise<void> = Promise.resolve();
  #expected: ((page: Page) => void) | undefined;
  readonly #end: () => void;

  constructor(options: ChromiumHostOptions) {
    this.#options = options;
    const { promise, resolve } = promiseWithResolvers();
    this.ended = promise;
    this.#end = resolve;
  }

  /** Starts Chromium with the first window still empty, so that it comes up while the app is put together. */
  prepare(first: SurfaceOptions): void {
    // Where it does not start, the first surface says why.
    this.#started(first).catch(() => undefined);
  }

  openSurface(surface: Surface, options: SurfaceOptions): Promise<void> {
    const opened = this.#turn.then(() => this.#openNow(surface, options));
    this.#turn = opened.catch(() => undefined);
    return opened;
  }

  async closeSurface(surface: Surface): Promise<void> {
    await this.#open.get(surface)?.page.close();
  }

  isOpen(surface: Surface): boolean {
    return this.#open.has(surface);
  }

  push(surface: Surface, name: string, payload: unknown): void {
    const open = this.#open.get(surface);
    if (open === undefined) return;
    const expression = pushExpression(name, payload);
    // A page that closes meanwhile has no use for it.
    open.session.send('Runtime.evaluate', { expression }).catch(() => undefined);
  }

  onCall(handler: CallHandler): void {
    this.#lifecycle.onCall(handler);
  }

  onSurfaceClosed(listener: (surface: Surface) => void): void {
    this.#lifecycle.onSurfaceClosed(listener);
  }

  /** Never called: this host cannot see sleep or lock (its note says so). */
  onInterruption(listener: (what: Interruption) => void): void {
    this.#lifecycle.onInterruption(listener);
  }

  onQuit(listener: () => Promise<void>): void {
    this.#lifecycle.onQuit(listener);
  }

  printToPdf(html: string, paper: Paper): Promise<Uint8Array> {
    const printed = this.#turn.then(() => this.#printNow(html, paper));
    this.#turn = printed.then(
      () => undefined,
      () => undefined,
    );
    return printed;
  }

  quit(): Promise<void> {
    return this.#lifecycle.quit(async () => {
      await this.#starting?.then((context) => context.close()).catch(() => undefined);
      await this.#profile?.dispose();
      this.#end();
    });
  }

  async #openNow(surface: Surface, options: SurfaceOptions): Promise<void> {
    const open = this.#open.get(surface);
    if (open !== undefined) return open.page.bringToFront();
    const context = await this.#started(options);
    const page = this.#firstTaken
      ? await this.#nextWindow(surface, context, options)
      : this.#firstWindow(surface, context);
    const session = await page.context().newCDPSession(page);
    this.#open.set(surface, { page, session });
    if (surface === 'scan') await this.#camera(true);
    page.once('close', () => this.#closed(surface));
    page.on('crash', () => void this.#crashed(surface, page));
    await page.exposeBinding(callBinding, ({ frame }, name: unknown, payload: unknown) =>
      this.#carry(surface, frame, name, payload),
    );
    await page.addInitScript({ content: bridgeScript });
    try {
      await page.goto(originOf(surface));
    } catch {
      await page.close();
      throw surfaceNotOpened(surface);
    }
  }

  #firstWindow(surface: Surface, context: BrowserContext): Page {
    const [page] = context.pages();
    if (page === undefined) throw surfaceNotOpened(surface);
    this.#firstTaken = true;
    return page;
  }

  #started(first: SurfaceOptions): Promise<BrowserContext> {
    this.#starting ??= this.#start(first);
    return this.#starting;
  }

  async #start(first: SurfaceOptions): Promise<BrowserContext> {
    const chromium = findChromium();
    if (chromium === undefined) throw chromiumMissing;
    this.#profile = await makeProfile(chromium);
    const context = await launchChromium(this.#profile, first, this.#options.remoteDebuggingPort);
    this.#context = context;
    context.once('close', () => void this.quit());
    const [page] = context.pages();
    if (page === undefined) throw surfaceNotOpened('guide');
    context.on('page', (arrived) => this.#pageArrived(arrived));
    // The session stays open: Chromium forgets these settings when it ends.
    await denyPermissions(await context.newCDPSession(page));
    await context.route('**/*', (route) => this.#serve(route));
    return context;
  }

  async #nextWindow(
    surface: Surface,
    context: BrowserContext,
    options: SurfaceOptions,
  ): Promise<Page> {
    const guide = this.#open.get('guide');
    if (guide === undefined) throw surfaceNotOpened(surface);
    const { promise, resolve } = promiseWithResolvers<Page>();
    this.#expected = resolve;
    await openPopup(guide.session, options);
    const page = await withinSeconds(10, promise, () => surfaceNotOpened(surface)).finally(() => {
      this.#expected = undefined;
    });
    await sizeWindow(context, page, options);
    return page;
  }

  async #printNow(html: string, paper: Paper): Promise<Uint8Array> {
    const context = this.#context;
    if (context === undefined) throw notPrinted;
    this.#expected = () => undefined;
    const open = () => context.newPage();
    return printInPage(open, context, html, paper).finally(() => {
      this.#expected = undefined;
    });
  }

  /** Only main opens windows: whatever else appears is closed before it has loaded anything. */
  #pageArrived(page: Page): void {
    const expected = this.#expected;
    this.#expected = undefined;
    if (expected === undefined) page.close().catch(() => undefined);
    else expected(page);
  }

  /** Answers every request of every page: the surface's own files to the surface itself, nothing else. */
  async #serve(route: Route): Promise<void> {
    const request = route.request();
    const surface = this.#surfaceOf(pageOf(route));
    if (surface !== undefined && request.url().startsWith(originOf(surface))) {
      const { pathname } = new URL(request.url());
      const asset = await readAsset(this.#options.pages, surface, request.method(), pathname);
      await route.fulfill({ ...asset, headers: { ...asset.headers } });
    } else if (request.isNavigationRequest() && surface !== undefined) {
      // "No content" leaves the page where it is; an abort would put an error page in its place.
      await route.fulfill({ status: 204 });
    } else {
      await route.abort('blockedbyclient');
    }
  }

  #surfaceOf(page: Page | undefined): Surface | undefined {
    for (const [surface, open] of this.#open) if (open.page === page) return surface;
    return undefined;
  }

  /** Vouches for the sender: the surface's main frame, on the surface's own origin. */
  async #carry(
    surface: Surface,
    frame: Frame,
    name: unknown,
    payload: unknown,
  ): Promise<Result<unknown>> {
    const page = this.#open.get(surface)?.page;
    const ours = frame === page?.mainFrame() && frame.url().startsWith(originOf(surface));
    const wellFormed =
      typeof name === 'string' && (payload === undefined || typeof payload === 'string');
    if (!ours || !wellFormed) return refusedCall;
    return this.#lifecycle.call(surface, name, payload);
  }

  /** The camera is the scanning page's, and only while it is open. */
  async #camera(allowed: boolean): Promise<void> {
    const session = this.#open.get('guide')?.session;
    if (session === undefined) return;
    // Where the browser is going away there is no page left that could ask.
    await setCamera(session, originOf('scan'), allowed).catch(() => undefined);
  }

  #closed(surface: Surface): void {
    this.#open.delete(surface);
    if (surface === 'scan') void this.#camera(false);
    this.#lifecycle.surfaceClosed(surface);
    if (surface === 'guide') void this.quit();
  }

  /** The guide holds nothing that main does not: it comes back. An entry page ends like a closed one. */
  async #crashed(surface: Surface, page: Page): Promise<void> {
    if (surface === 'guide') await page.goto(originOf(surface)).catch(() => page.close());
    else await page.close();
  }
}

function pageOf(route: Route): Page | undefined {
  try {
    return route.request().frame().page();
  } catch {
    // The first request of a window that no one here has asked for.
    return undefined;
  }
}

const chromiumMissing = new Trouble({
  code: 'internal',
  known: 'No Chromium was found on this computer.',
  safe: 'Nothing was sent to Vault, and nothing was changed.',
  next: 'Install it (on Debian: apt install chromium), or name it in KEYTURN_CHROMIUM.',
});
