import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  powerMonitor,
  protocol,
  session,
  type OpenDialogOptions,
} from 'electron';
import { Trouble } from '../shared/problem.ts';
import { startApp } from './app.ts';
import { readArguments, type SelfTestArguments } from './host/arguments.ts';
import { ElectronHost, scheme } from './host/electron.ts';
import type { DesktopNotice } from './host/host.ts';
import { refuseCoreDumps } from './security/core-dumps.ts';
import { menuTemplate } from './security/menu.ts';
import { claimSingleInstance } from './security/single-instance.ts';
import { selfTestCommand } from './self-test/command.ts';
import { builtProgram, packagedProgram } from './self-test/packaged-program.ts';
import type { ProgramPlace } from './self-test/program.ts';
import { openSettings } from './settings.ts';
import { Connection } from './vault/connection.ts';

/** Keyturn on Electron: what is set up, in which order. */
refuseCoreDumps();
const options = readArguments(process.argv.slice(app.isPackaged ? 1 : 2));
if (options.dataFolder !== undefined) app.setPath('userData', options.dataFolder);

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

let host: ElectronHost | undefined;
if (options.selfTest) {
  // Beside a Keyturn that is open, and without a window.
  const asked = options.selfTest;
  app
    .whenReady()
    .then(() => selfTest(asked))
    .catch(stop);
} else if (claimSingleInstance(app, () => host?.focusGuide())) {
  // Not awaited here: Electron is not ready before this module has been evaluated to its end.
  app.whenReady().then(start).catch(stop);
} else {
  app.exit(0);
}

async function selfTest(asked: SelfTestArguments): Promise<void> {
  const dataFolder = app.getPath('userData');
  const code = await selfTestCommand(asked, {
    dataFolder,
    temporaryKeyring: options.temporaryKeyring,
    program: program(),
    profiles: () => openSettings(dataFolder).settings.listProfiles(),
    connect: (profile, how) => Connection.open(profile, how),
    print: (text) => process.stdout.write(text),
  });
  app.exit(code);
}

/** `original-fs` is Electron's name for a file system that takes an archive for the file it is. */
function program(): ProgramPlace {
  if (!app.isPackaged) return builtProgram(join(import.meta.dirname, '..'));
  const disk = async () => (await import('original-fs')).promises;
  return packagedProgram(app.getPath('exe'), process.platform, {
    names: async (folder) => (await disk()).readdir(folder, { withFileTypes: true }),
    bytes: async (file) => (await disk()).readFile(file),
  });
}

async function start(): Promise<void> {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform)));
  host = new ElectronHost(
    {
      app,
      ipcMain,
      powerMonitor,
      sessionFor: (partition) => session.fromPartition(partition),
      newWindow: (window) => new BrowserWindow(window),
      newPrintWindow: (window) => new BrowserWindow(window),
      chooseFolder: (title) => choose({ title, properties: ['openDirectory', 'createDirectory'] }),
      chooseFile: (title) => choose({ title, properties: ['openFile'] }),
      notify,
    },
    {
      pages: join(import.meta.dirname, '../renderer'),
      preloads: join(import.meta.dirname, 'preload'),
      platform: process.platform,
    },
  );
  await startApp({
    host,
    dataFolder: app.getPath('userData'),
    allowRealClusters: true,
    version: app.getVersion(),
    temporaryKeyring: options.temporaryKeyring,
    verifier: join(import.meta.dirname, '../verifier/keyturn-verify.mjs'),
    program: program(),
  });
}

function notify(notice: DesktopNotice, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const shown = new Notification({ ...notice, urgency: 'critical', timeoutType: 'never' });
  shown.on('click', onClick);
  shown.show();
}

async function choose(asked: OpenDialogOptions): Promise<string | undefined> {
  const parent = BrowserWindow.getFocusedWindow();
  const { filePaths } = await (parent
    ? dialog.showOpenDialog(parent, asked)
    : dialog.showOpenDialog(asked));
  return filePaths[0];
}

function stop(thrown: unknown): void {
  if (thrown instanceof Trouble) {
    const { known, safe, next } = thrown.problem;
    dialog.showErrorBox('Keyturn cannot start', `${known}\n\n${safe}\n\n${next}`);
  } else {
    dialog.showErrorBox('Keyturn cannot start', 'It met an error it has no name for.');
  }
  app.exit(1);
}
