import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import type { SurfaceOptions } from './host.ts';

/**
 * Has the guide's window open an empty one: a window without tabs comes only from `window.open`.
 * It runs in a world of its own, where nothing that the page's scripts have changed is seen. No
 * handle to the new window outlives its first load: the opener policy it is served with puts it
 * in a group of its own.
 * @param session of the guide's page
 */
export async function openPopup(session: CDPSession, options: SurfaceOptions): Promise<void> {
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
  });
  const features = `noopener,popup,width=${options.width},height=${options.height}`;
  await session.send('Runtime.evaluate', {
    contextId: executionContextId,
    userGesture: true,
    expression: `void window.open('about:blank', '_blank', '${features}')`,
  });
}

/** Gives a window its size; `window.open` leaves that to the window manager. */
export async function sizeWindow(
  context: BrowserContext,
  page: Page,
  { width, height }: SurfaceOptions,
): Promise<void> {
  const session = await context.newCDPSession(page);
  const { windowId } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds: { width, height } });
  await session.detach();
}
