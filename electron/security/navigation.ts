interface Preventable {
  preventDefault(): void;
}

/** What this control needs of Electron's `WebContents`. */
export interface NavigatingContents {
  on(event: 'will-navigate', listener: (event: Preventable) => void): unknown;
  on(event: 'will-frame-navigate', listener: (event: Preventable) => void): unknown;
  on(event: 'will-redirect', listener: (event: Preventable) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown;
}

/**
 * Electron security checklist #13 "Disable or limit navigation" and #12 "Verify WebView options
 * before creation". A surface stays on the page main gave it: nobody clicks or scripts it away,
 * no frame in it goes anywhere, and no `<webview>` is ever made.
 */
export function denyNavigation(contents: NavigatingContents): void {
  const deny = (event: Preventable): void => event.preventDefault();
  contents.on('will-navigate', deny);
  contents.on('will-frame-navigate', deny);
  contents.on('will-redirect', deny);
  contents.on('will-attach-webview', deny);
}
