/** Writes what electron-builder needs in place of Electron's runtime. Nothing of it can run. */
export function writeStandIn(folder: string, electronVersion: string): Promise<void>;
