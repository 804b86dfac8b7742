import type { BrowserContext, Page } from 'playwright-core';
import { printingPolicy } from '../security/csp.ts';
import { notPrinted } from './lifecycle.ts';
import type { Paper } from './host.ts';

const printOrigin = 'https://keyturn-print.invalid/';

/**
 * Prints HTML in a page that is closed afterwards. Nothing but the HTML itself is answered, and no
 * script in it runs.
 * @param open gives the page a name in the host, so that it is not taken for somebody else's
 * @throws Trouble `internal`
 */
export async function printInPage(
  open: () => Promise<Page>,
  context: BrowserContext,
  html: string,
  paper: Paper,
): Promise<Uint8Array> {
  let page: Page | undefined;
  try {
    page = await open();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setScriptExecutionDisabled', { value: true });
    await page.route('**/*', (route) =>
      route.request().url() === printOrigin
        ? route.fulfill({
            contentType: 'text/html; charset=utf-8',
            headers: { 'content-security-policy': printingPolicy },
            body: html,
          })
        : route.abort('blockedbyclient'),
    );
    await page.goto(printOrigin);
    return await page.pdf({
      format: paper,
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      outline: true,
    });
  } catch {
    throw notPrinted;
  } finally {
    await page?.close().catch(() => undefined);
  }
}
