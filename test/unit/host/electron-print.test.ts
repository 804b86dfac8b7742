import { expect, test } from 'vitest';
import { ElectronHost } from '../../../electron/host/electron.ts';
import { Trouble } from '../../../shared/problem.ts';
import { FakeElectron, FakeEvent } from './fake-electron.ts';

function start() {
  const electron = new FakeElectron();
  const host = new ElectronHost(electron, { pages: '/p', preloads: '/p', platform: 'linux' });
  return { electron, host };
}

test('a document is printed as a tagged PDF in a hidden window that is gone afterwards', async () => {
  const { electron, host } = start();
  const pdf = await host.printToPdf('<p>the record', 'Letter');
  expect(Buffer.from(pdf).toString()).toBe('PDF of <p>the record');
  const [window] = electron.printWindows;
  expect(window?.options.show).toBe(false);
  expect(window?.destroyed).toBe(true);
  expect(window?.printed).toMatchObject({ pageSize: 'Letter', generateTaggedPDF: true });
});

test('the window runs no script, has no preload, and its own session lets nothing else through', async () => {
  const { electron, host } = start();
  await host.printToPdf('<p>the record', 'A4');
  const [window] = electron.printWindows;
  expect(window?.options.webPreferences).toMatchObject({
    sandbox: true,
    javascript: false,
    nodeIntegration: false,
    partition: 'keyturn-print',
  });
  expect(window?.options.webPreferences).not.toHaveProperty('preload');
  const session = electron.sessionFor('keyturn-print');
  expect(session.lets('https://example.com/pixel.png')).toBe(false);
  expect(session.lets('keyturn://guide/')).toBe(false);
  expect(session.lets('keyturn://print/')).toBe(true);
  const handle = session.schemes.get('keyturn');
  const page = await handle?.({ method: 'GET', url: 'keyturn://print/' });
  expect(page?.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page?.text(), 'nothing is kept once it is printed').toBe('');
  expect((await handle?.({ method: 'GET', url: 'keyturn://print/x.png' }))?.status).toBe(404);
  const leaving = new FakeEvent();
  window?.webContents.emit('will-navigate', leaving);
  expect(leaving.prevented).toBe(true);
  expect(window?.webContents.openWindow()).toEqual({ action: 'deny' });
});

test('two documents at once are printed one after the other, each with its own text', async () => {
  const { host } = start();
  const pdfs = await Promise.all([host.printToPdf('one', 'A4'), host.printToPdf('two', 'A4')]);
  expect(pdfs.map((pdf) => Buffer.from(pdf).toString())).toEqual(['PDF of one', 'PDF of two']);
});

test('a print that fails is Trouble, leaves no window, and the next one works', async () => {
  const { electron, host } = start();
  electron.nextPrintFails = true;
  await expect(host.printToPdf('one', 'A4')).rejects.toBeInstanceOf(Trouble);
  expect(electron.printWindows[0]?.destroyed).toBe(true);
  electron.nextPrintFails = false;
  await expect(host.printToPdf('two', 'A4')).resolves.toBeDefined();
});

test('the folder is chosen in the desktop’s dialog', async () => {
  const { electron, host } = start();
  expect(await host.chooseFolder('Export')).toBeUndefined();
  electron.chosenFolder = '/media/usb';
  expect(await host.chooseFolder('Export')).toBe('/media/usb');
  expect(await host.chooseFile('Check')).toBeUndefined();
  electron.chosenFile = '/media/usb/record.jsonl';
  expect(await host.chooseFile('Check')).toBe('/media/usb/record.jsonl');
});
