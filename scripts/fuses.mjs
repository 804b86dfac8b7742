// electron-builder's afterPack hook. Its own schema knows eight of Electron's fuses; here all nine
// are set in the packed program and read back, and one that Electron adds later breaks the build.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  FuseState,
  FuseV1Options,
  FuseVersion,
  flipFuses,
  getCurrentFuseWire,
} from '@electron/fuses';

/** Every fuse and why it stands as it does. electron-builder.yml names the first eight again. */
export const fuses = {
  [FuseV1Options.RunAsNode]: false, // the app is no Node for whoever can start it
  [FuseV1Options.EnableCookieEncryption]: true, // there are no cookies; if ever, encrypted
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false, // nor by NODE_OPTIONS
  [FuseV1Options.EnableNodeCliInspectArguments]: false, // no debugger in the main process
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true, // macOS and Windows check app.asar
  [FuseV1Options.OnlyLoadAppFromAsar]: true, // and nothing beside it is loaded
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // none is shipped
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false, // no page comes from file://
  [FuseV1Options.WasmTrapHandlers]: true, // Electron's default, written down
};

export default async function afterPack({ appOutDir, packager, electronPlatformName }) {
  const program = executable(appOutDir, packager, electronPlatformName);
  await setFuses(program, electronPlatformName === 'darwin');
}

/** Sets all nine and checks what was written. @throws Error naming the fuse that is not as it should be */
export async function setFuses(program, resetAdHocDarwinSignature = false) {
  await flipFuses(program, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature,
    ...fuses,
  });
  const wire = await getCurrentFuseWire(program);
  for (const [fuse, on] of Object.entries(fuses)) {
    if (wire[fuse] === (on ? FuseState.ENABLE : FuseState.DISABLE)) continue;
    throw new Error(`The fuse ${FuseV1Options[fuse]} is not ${on ? 'on' : 'off'} in ${program}.`);
  }
}

function executable(appOutDir, packager, platform) {
  const name = packager.appInfo.productFilename;
  if (platform === 'darwin') return join(appOutDir, `${name}.app`, 'Contents/MacOS', name);
  if (platform === 'win32') return join(appOutDir, `${name}.exe`);
  const linux = join(appOutDir, packager.executableName);
  return existsSync(linux) ? linux : join(appOutDir, name);
}
