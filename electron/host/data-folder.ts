import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the Chromium host keeps its data unless told otherwise; Electron has `app.getPath('userData')`. */
export function defaultDataFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  switch (platform) {
    case 'win32':
      return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Keyturn');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Keyturn');
    default:
      return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'keyturn');
  }
}
