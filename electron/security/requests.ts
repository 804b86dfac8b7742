/** What this control needs of Electron's `Session`. */
export interface RequestingSession {
  readonly webRequest: {
    onBeforeRequest(
      listener: (
        details: { readonly url: string },
        answer: (response: { cancel: boolean }) => void,
      ) => void,
    ): void;
  };
  on(event: 'will-download', listener: (event: { preventDefault(): void }) => void): unknown;
}

/**
 * Electron security checklist #1 "Only load secure content" and #18 "Prefer custom protocols":
 * the one origin of this surface is all there is. Every other request is cancelled, downloads too.
 * @param origin prefix with its final slash, as in `keyturn://guide/`
 */
export function allowOnlyOrigin(session: RequestingSession, origin: string): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !(details.url.startsWith(origin) || details.url.startsWith('data:image/')) });
  });
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}
