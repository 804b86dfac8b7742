import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** Where installers put gpg. The PATH is not searched: whoever can change it could name another program. */
export function findGpg(platform: NodeJS.Platform = process.platform): string | undefined {
  return placesOf(platform).find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function placesOf(platform: NodeJS.Platform): readonly string[] {
  switch (platform) {
    case 'win32':
      return [process.env['ProgramFiles(x86)'], process.env['ProgramFiles']]
        .filter((folder) => folder !== undefined)
        .map((folder) => join(folder, 'GnuPG', 'bin', 'gpg.exe'));
    case 'darwin':
      return ['/opt/homebrew/bin/gpg', '/usr/local/bin/gpg', '/usr/local/MacGPG2/bin/gpg'];
    default:
      return ['/usr/bin/gpg', '/usr/local/bin/gpg', '/run/current-system/sw/bin/gpg'];
  }
}

/** What gpg needs to find its home, its agent and a window to ask for a PIN in. */
const passedOn = [
  'HOME',
  'GNUPGHOME',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_RUNTIME_DIR',
  'DBUS_SESSION_BUS_ADDRESS',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'SystemRoot',
  'TEMP',
] as const;

/** An environment of gpg's own: nothing of ours, and no language but C, so that its lines are known. */
export function environmentOf(
  from: Readonly<Record<string, string | undefined>>,
  home: string | undefined,
): Record<string, string> {
  const env: Record<string, string> = { LC_ALL: 'C' };
  for (const name of passedOn) {
    const value = from[name];
    if (value !== undefined) env[name] = value;
  }
  if (home !== undefined) env['GNUPGHOME'] = home;
  return env;
}
