/** Where a surface's window differs from the others'. */
export interface SurfacePreferences {
  readonly preload: string;
  /** Session of its own, in memory only (no `persist:` prefix). */
  readonly partition: string;
}

/**
 * Electron security checklist #2 "No Node.js integration", #3 "Context isolation", #4 "Process
 * sandboxing", #6 "Do not disable webSecurity", #8 "No insecure content", #9 "No experimental
 * features", #10 "No Blink features", #11 "No allowpopups". Written out, not left to defaults.
 */
export function webPreferences(surface: SurfacePreferences) {
  return { ...closedDown, preload: surface.preload, partition: surface.partition } as const;
}

/** The same for a window that only prints: it has no preload, and no script runs in it. */
export function printPreferences(partition: string) {
  return { ...closedDown, partition, javascript: false } as const;
}

const closedDown = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  plugins: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  disableDialogs: true,
  devTools: false,
  // The spell checker fetches its dictionaries from the network and reads what is typed.
  spellcheck: false,
  // A ceremony's timers and pushes must not slow down behind another window.
  backgroundThrottling: false,
} as const;
