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
import { readArguments } from './host/arguments.ts';
import { ElectronHost, scheme } from './host/electron.ts';
import type { DesktopNotice } from './host/host.ts';
import { menuTemplate } from './security/menu.ts';
import { claimSingleInstance } from './security/single-instance.ts';

/** Keyturn on Electron: what is set up, in which order. */
const options = readArguments(process.argv.slice(app.isPackaged ? 1 : 2));
if (options.dataFolder !== undefined) app.setPath('userData', options.dataFolder);

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

let host: ElectronHost | undefined;
if (claimSingleInstance(app, () => host?.focusGuide())) {
  // Not awaited here: Electron is not ready before this module has been evaluated to its end.
  app.whenReady().then(start).catch(stop);
} else {
  app.exit(0);
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
      chooseFolder,
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
  });
}

function notify(notice: DesktopNotice, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const shown = new Notification({ ...notice, urgency: 'critical', timeoutType: 'never' });
  shown.on('click', onClick);
  shown.show();
}

async function chooseFolder(title: string): Promise<string | undefined> {
  const parent = BrowserWindow.getFocusedWindow();
  const asked: OpenDialogOptions = { title, properties: ['openDirectory', 'createDirectory'] };
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
