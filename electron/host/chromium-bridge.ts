/** The binding that carries a page's calls to us. */
export const callBinding = '__keyturnCall';

/**
 * Runs in each page before its own scripts and puts `window.keyturn` there (shared/contract/
 * define.ts, `Bridge`). Text, because it belongs to the page: it sees nothing of this process.
 * Only the top frame gets it, and main checks the frame again.
 */
export const bridgeScript = `(() => {
  if (window !== window.top || 'keyturn' in window) return;
  const send = window.${callBinding};
  const listeners = new Map();
  const bridge = Object.freeze({
    call: (name, payload) =>
      send(String(name), payload === undefined ? undefined : JSON.stringify(payload)),
    on: (name, listener) => {
      const mine = (payload) => listener(payload);
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(mine));
      return () => known.delete(mine);
    },
  });
  const deliver = (name, text) => {
    // A push may say no more than that something changed.
    for (const listener of [...(listeners.get(name) ?? [])])
      listener(text === undefined ? undefined : JSON.parse(text));
  };
  // What is dropped beside a field would open in a window of its own (Electron has
  // navigateOnDragDrop for that). A field that takes a file handles the event itself.
  for (const type of ['dragover', 'drop'])
    window.addEventListener(type, (event) => event.preventDefault());
  Object.defineProperty(window, 'keyturn', { value: bridge, enumerable: true });
  Object.defineProperty(window, '__keyturnPush', { value: deliver });
})();`;

/** The expression that delivers one push; both values are literals, so nothing in them is run. */
export const pushExpression = (name: string, payload: unknown): string =>
  `window.__keyturnPush?.(${JSON.stringify(name)}, ${payload === undefined ? 'undefined' : JSON.stringify(JSON.stringify(payload))})`;
