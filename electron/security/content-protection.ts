/** What this control needs of Electron's `BrowserWindow`. */
export interface ProtectableWindow {
  setContentProtection(enable: boolean): void;
}

/** Platforms on which content protection does something (Electron docs, `win.setContentProtection`). */
export const contentProtectionWorks = (platform: NodeJS.Platform): boolean =>
  platform === 'darwin' || platform === 'win32';

/** Keeps the window out of screenshots and shared screens where the system can; Linux cannot. */
export function protectContent(window: ProtectableWindow): void {
  window.setContentProtection(true);
}
