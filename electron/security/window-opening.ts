/** What this control needs of Electron's `WebContents`. */
export interface OpeningContents {
  setWindowOpenHandler(handler: () => { action: 'deny' }): void;
}

/**
 * Electron security checklist #14 "Disable or limit creation of new windows" and #15 "Do not use
 * shell.openExternal with untrusted content": only main opens windows, and nothing opens a browser.
 */
export function denyWindowOpening(contents: OpeningContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
