import { denyNavigation } from '../security/navigation.ts';
import { denyPermissions } from '../security/permissions.ts';
import { allowOnlyOrigin } from '../security/requests.ts';
import { printPreferences } from '../security/web-preferences.ts';
import { printingPolicy } from '../security/csp.ts';
import { denyWindowOpening } from '../security/window-opening.ts';
import type { ElectronParts } from './electron-parts.ts';
import type { Paper } from './host.ts';
import { notPrinted } from './lifecycle.ts';

/** Prints HTML in hidden windows with a session of their own, one at a time. */
export class Printer {
  readonly #parts: Pick<ElectronParts, 'sessionFor' | 'newPrintWindow'>;
  readonly #scheme: string;
  #prepared = false;
  #html = '';
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: Pick<ElectronParts, 'sessionFor' | 'newPrintWindow'>, scheme: string) {
    this.#parts = parts;
    this.#scheme = scheme;
  }

  /** @throws Trouble `internal` */
  print(html: string, paper: Paper): Promise<Uint8Array> {
    const printed = this.#turn.then(() => this.#printNow(html, paper));
    this.#turn = printed.catch(() => undefined);
    return printed;
  }

  async #printNow(html: string, paper: Paper): Promise<Uint8Array> {
    this.#prepareSession();
    this.#html = html;
    const window = this.#parts.newPrintWindow({
      show: false,
      webPreferences: printPreferences(partition),
    });
    denyNavigation(window.webContents);
    denyWindowOpening(window.webContents);
    try {
      await window.loadURL(`${this.#scheme}://print/`);
      return await window.webContents.printToPDF({
        pageSize: paper,
        preferCSSPageSize: true,
        printBackground: true,
        generateTaggedPDF: true,
        generateDocumentOutline: true,
      });
    } catch {
      throw notPrinted;
    } finally {
      this.#html = '';
      window.destroy();
    }
  }

  #prepareSession(): void {
    if (this.#prepared) return;
    this.#prepared = true;
    const session = this.#parts.sessionFor(partition);
    denyPermissions(session);
    allowOnlyOrigin(session, `${this.#scheme}://print/`);
    session.setSpellCheckerEnabled(false);
    session.protocol.handle(this.#scheme, ({ url }) =>
      Promise.resolve(
        url === `${this.#scheme}://print/`
          ? new Response(this.#html, {
              headers: {
                'content-type': 'text/html; charset=utf-8',
                'content-security-policy': printingPolicy,
              },
            })
          : new Response(null, { status: 404 }),
      ),
    );
  }
}

/** In memory only, like every surface's. */
const partition = 'keyturn-print';
