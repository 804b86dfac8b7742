/** What this control needs of Electron's `WebContents`. */
export interface InspectableContents {
  on(event: 'devtools-opened', listener: () => void): unknown;
  closeDevTools(): void;
}

/**
 * Beside `devTools: false` in web-preferences.ts: developer tools read the memory of a page in
 * which a share is typed, so if any way in is left, they close as they open.
 */
export function denyDevTools(contents: InspectableContents): void {
  contents.on('devtools-opened', () => {
    contents.closeDevTools();
  });
}
