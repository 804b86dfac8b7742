/** What this control needs of Electron's `app`. */
export interface InstancedApp {
  requestSingleInstanceLock(): boolean;
  on(event: 'second-instance', listener: () => void): unknown;
}

/**
 * Two instances would write one journal. The first keeps the lock and is told of the second;
 * the second gets `false` and must quit. (Beneath it, on both hosts: transcript/folder-lock.ts.)
 */
export function claimSingleInstance(app: InstancedApp, onSecond: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', onSecond);
  return true;
}
