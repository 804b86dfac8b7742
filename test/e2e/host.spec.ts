import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test, type Browser, type Page } from '@playwright/test';
import type {} from '../../renderer/keyturn.d.ts';
import { buildNodeMain } from '../../scripts/build.mjs';
import { displayOfWorker } from './driver/display.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const built = join(import.meta.dirname, '../../out/test-host');

interface Running {
  readonly child: ChildProcess;
  readonly browser: Browser;
  readonly guide: Page;
  readonly log: () => string;
}
let running: Running;

test.beforeAll(async () => {
  await buildNodeMain(join(fixtures, 'host-main.ts'), built, 'main.js');
});

test.beforeEach(async () => {
  running = await start();
});

test.afterEach(async () => {
  const { child, browser } = running;
  await browser.close();
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await ended(child);
});

test('the guide opens on its own origin with no more than its headers allow', async () => {
  const { guide } = running;
  expect(guide.url()).toBe('https://keyturn-guide.invalid/');
  await expect(guide.getByText('guide is ready')).toBeVisible();
  expect(await guide.evaluate(() => window.crossOriginIsolated)).toBe(true);
});

test('a call goes to main and back, and a push arrives', async () => {
  const { guide } = running;
  expect(await ask(guide, 'echo', { text: 'turn' })).toEqual({ ok: true, value: { text: 'turn' } });
  await ask(guide, 'say', { to: 'guide', text: 'from main </script> \u2028' });
  await expect(guide.locator('#pushed')).toHaveText('from main </script>');
});

test('what is malformed, unknown or not this surface’s to ask is refused by main', async () => {
  const { guide } = running;
  expect(await code(guide, 'echo', { text: 1 })).toBe('contract.malformed');
  expect(await code(guide, 'echo', { text: 'x'.repeat(3 * 1024 * 1024) })).toBe('input.too-large');
  expect(await code(guide, 'share-entry.close')).toBe('contract.refused');
  expect(await code(guide, 'constructor')).toBe('contract.refused');
});

test('the policy stops network, inline script, eval, frames’ calls and strings that become markup', async () => {
  const { guide } = running;
  const blocked = await guide.evaluate(async () => {
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    );
    const threw = async (run: () => unknown) => {
      try {
        await run();
        return false;
      } catch {
        return true;
      }
    };
    const fetched = await threw(() => fetch('https://keyturn-guide.invalid/index.html'));
    const script = document.createElement('script');
    const markup = await threw(() => {
      document.body.innerHTML = '<b>markup</b>';
    });
    const inline = await threw(() => {
      script.text = 'window.ran = true';
    });
    const image = new Image();
    image.src = 'https://keyturn-promote.invalid/x.png';
    await new Promise((settle) => {
      image.onerror = settle;
    });
    return { fetched, markup, inline, ran: 'ran' in window, violations };
  });
  expect(blocked).toMatchObject({ fetched: true, markup: true, inline: true, ran: false });
  expect(blocked.violations).toEqual(
    expect.arrayContaining(['connect-src', 'img-src', 'require-trusted-types-for']),
  );
});

test('an inline script that is parsed with the page does not run', async () => {
  const { guide } = running;
  const ran = await guide.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentDocument;
    const script = inner?.createElement('script');
    script?.append(inner?.createTextNode('parent.ran = true') ?? '');
    if (script !== undefined) inner?.head.append(script);
    return 'ran' in window;
  });
  expect(ran).toBe(false);
});

test('a frame inside the page has no bridge, and its call by the raw binding is refused', async () => {
  const { guide } = running;
  await guide.evaluate(() => {
    document.body.append(document.createElement('iframe'));
  });
  const inFrame = (name: string) =>
    guide.evaluate((key) => {
      const inner = document.querySelector('iframe')?.contentWindow;
      return inner === null || inner === undefined ? 'none' : typeof Reflect.get(inner, key);
    }, name);
  await expect.poll(() => inFrame('__keyturnCall')).toBe('function');
  expect(await inFrame('keyturn')).toBe('undefined');
  const answer = await guide.evaluate(async () => {
    const inner = document.querySelector('iframe')?.contentWindow;
    const raw: unknown = inner && Reflect.get(inner, '__keyturnCall');
    const isCall = (value: unknown): value is (name: string, text: string) => Promise<unknown> =>
      typeof value === 'function';
    return isCall(raw) ? raw('echo', '{"text":"hi"}') : raw;
  });
  expect(answer).toMatchObject({ ok: false, problem: { code: 'contract.refused' } });
});

test('share-entry has a window and an origin of its own, and opens as often as it is needed', async () => {
  const { guide, browser } = running;
  for (let time = 0; time < 2; time += 1) {
    await ask(guide, 'open', { surface: 'share-entry' });
    const entry = await pageAt(browser, 'https://keyturn-share-entry.invalid/');
    await expect(entry.getByText('share-entry is ready')).toBeVisible();
    expect(await entry.evaluate(() => window.opener === null)).toBe(true);
    expect(await code(entry, 'echo', { text: 'not mine' })).toBe('contract.refused');
    await entry.evaluate(() => void window.keyturn.call('share-entry.close', undefined));
    await expect.poll(() => code(guide, 'isOpen', { surface: 'share-entry' })).toBe('ok');
    await expect.poll(() => running.log().split('closed share-entry').length).toBe(time + 2);
    expect(await ask(guide, 'isOpen', { surface: 'share-entry' })).toMatchObject({ value: false });
  }
});

test('what is typed at share-entry is in one process only, and in none once it is closed', async () => {
  const { guide, browser } = running;
  test.skip(process.getuid?.() !== 0, 'only root may read another process’s memory');
  await ask(guide, 'open', { surface: 'share-entry' });
  const entry = await pageAt(browser, 'https://keyturn-share-entry.invalid/');
  const typed = `typed-${randomBytes(16).toString('hex')}`;
  await entry.evaluate((text) => {
    document.body.append(text);
  }, typed);
  await expect.poll(() => renderersHolding(typed).length).toBe(1);
  await entry.evaluate(() => void window.keyturn.call('share-entry.close', undefined));
  await expect.poll(() => renderersHolding(typed)).toEqual([]);
  expect(await code(guide, 'echo', { text: 'the guide lives on' })).toBe('ok');
});

test('what is typed and sent is not printed, though DEBUG asks for it; the browser gets little of the environment', async () => {
  const { guide } = running;
  const typed = `typed-${randomBytes(16).toString('hex')}`;
  await guide.evaluate((text) => {
    document.body.append(text);
  }, typed);
  expect(await code(guide, 'echo', { text: typed })).toBe('ok');
  await ask(guide, 'say', { to: 'guide', text: typed });
  await expect(guide.locator('#pushed')).toHaveText(typed);
  expect(running.log()).toContain('ready');
  expect(running.log()).not.toContain(typed);
  expect(running.log()).not.toContain('pw:');

  if (process.platform !== 'linux') return;
  const [any] = chromiumProcesses();
  const given = readFileSync(`/proc/${any?.pid}/environ`, 'utf8').split('\0');
  expect(given.some((each) => each.startsWith('PATH='))).toBe(true);
  const names = given.map((each) => each.split('=')[0]);
  for (const name of [...Object.keys(hostileEnvironment), 'DBUS_SESSION_BUS_ADDRESS'])
    expect(names).not.toContain(name);
});

test('a page can neither leave its origin, open a window, nor reach another surface', async () => {
  const { guide, browser } = running;
  for (const elsewhere of [
    'https://example.invalid/',
    'https://keyturn-promote.invalid/',
    'http://127.0.0.1:1/',
  ]) {
    await guide.evaluate((url) => {
      window.location.href = url;
      window.open(url);
    }, elsewhere);
    await expect.poll(() => pages(browser).length).toBe(1);
    expect(await code(guide, 'echo', { text: 'still here' })).toBe('ok');
    expect(guide.url()).toBe('https://keyturn-guide.invalid/');
  }
});

test('a file, an address or a text that is dropped on a page does not replace it', async () => {
  const { guide, browser } = running;
  const session = await guide.context().newCDPSession(guide);
  const file = join(tmpdir(), `keyturn-dropped-${process.pid}.html`);
  await writeFile(file, '<title>dropped</title>');
  const link = { mimeType: 'text/uri-list', data: 'https://example.invalid/', baseURL: '' };
  const text = { mimeType: 'text/plain', data: 'https://example.invalid/' };
  try {
    for (const { items, files } of [
      { items: [], files: [file] },
      { items: [link], files: [] },
      { items: [text], files: [] },
    ]) {
      const data = { items, files, dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await session.send('Input.dispatchDragEvent', { type, x: 40, y: 40, data });
      expect(await code(guide, 'echo', { text: 'still here' })).toBe('ok');
      expect(guide.url()).toBe('https://keyturn-guide.invalid/');
      expect(pages(browser)).toHaveLength(1);
    }
  } finally {
    await rm(file);
  }
});

test('a document that is printed runs no script and loads nothing', async () => {
  const { guide } = running;
  let asked = 0;
  const server = createServer((socket) => {
    asked += 1;
    socket.destroy();
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const { port } = server.address() as AddressInfo;
  const away = `http://127.0.0.1:${port}`;
  // A script that ran would make more pages.
  const grow = `for (let n = 0; n < 9; n += 1) document.body.append(Object.assign(document.createElement('div'), { style: 'break-before: page; height: 9cm' }))`;
  const hostile = `<title>x</title><link rel="stylesheet" href="${away}/a.css"><style>body{background:url(${away}/b.png)}</style>
    <meta http-equiv="refresh" content="0; url=${away}/c"><body onload="${grow}"><script>${grow}</script>
    <img src="${away}/d.png" onerror="${grow}"><iframe src="${away}/e"></iframe><iframe src="file:///etc/passwd"></iframe>
    <object data="${away}/f"></object><form action="${away}/g"><button autofocus></button></form><p>words`;
  const pagesOf = async (html: string): Promise<number> => {
    const printed = await ask(guide, 'print', { html });
    const pdf = Buffer.from(String(printed.ok ? printed.value : ''), 'base64').toString('latin1');
    expect(pdf).toMatch(/^%PDF/);
    return [...pdf.matchAll(/\/Type\s*\/Page\b/g)].length;
  };
  try {
    // The control: without a script, markup alone makes a second page, and the count sees it.
    expect(await pagesOf('<p>one<p style="break-before: page">two')).toBe(2);
    expect(await pagesOf(hostile)).toBe(1);
    expect(asked).toBe(0);
  } finally {
    server.close();
  }
});

test('clipboard, camera and notifications are denied', async () => {
  const { guide } = running;
  const states = await guide.evaluate(async () => {
    const state = async (name: string) =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    return Promise.all(['clipboard-read', 'camera', 'microphone', 'notifications'].map(state));
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
});

test('the camera is the scanning page’s, until that page closes', async () => {
  const { guide, browser } = running;
  // A page of the scanning origin that stays: what is asked about is the origin, not one window.
  const origin = 'https://keyturn-scan.invalid/';
  const camera = (page: Page): Promise<string> =>
    page.evaluate(async () => (await navigator.permissions.query({ name: 'camera' })).state);
  await ask(guide, 'open', { surface: 'share-entry' });
  const share = await pageAt(browser, 'https://keyturn-share-entry.invalid/');
  await ask(guide, 'open', { surface: 'scan' });
  const scan = await pageAt(browser, origin);
  await expect.poll(() => camera(scan)).toBe('granted');
  expect([await camera(guide), await camera(share)]).toEqual(['denied', 'denied']);

  await guide.route(`${origin}**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>scan</title>' }),
  );
  await guide.goto(origin);
  expect(await camera(guide)).toBe('granted');
  await scan.close();
  await expect.poll(() => camera(guide)).toBe('denied');
});

test('the browser runs in its sandbox, not as root, without a core dump', () => {
  const browserProcess = chromiumProcesses().find(({ args }) => !args.includes('--type='));
  const anyRenderer = chromiumProcesses().find(({ args }) => args.includes('--type=renderer'));
  expect(browserProcess?.args).not.toContain('--no-sandbox');
  const status = readFileSync(`/proc/${anyRenderer?.pid}/status`, 'utf8');
  expect(status).toMatch(/^Seccomp:\s+2$/m);
  expect(status).not.toMatch(/^Uid:\s+0\b/m);
  expect(readFileSync(`/proc/${anyRenderer?.pid}/limits`, 'utf8')).toMatch(
    /Max core file size\s+[01]\s+[01]\b/,
  );
});

test('closing the guide quits: listeners run, the profile is removed, no process is left', async () => {
  const { guide, child } = running;
  expect(profileFolders(child.pid)).toHaveLength(1);
  expect(chromiumProcesses()).not.toEqual([]);
  await guide.close();
  await ended(child);
  expect(running.log()).toMatch(/quitting\nended\n$/);
  expect(profileFolders(child.pid)).toEqual([]);
  await expect.poll(() => chromiumProcesses()).toEqual([]);
});

test('killing the app leaves no browser behind', async () => {
  expect(chromiumProcesses()).not.toEqual([]);
  running.child.kill('SIGKILL');
  await ended(running.child);
  await expect.poll(() => chromiumProcesses()).toEqual([]);
});

const ask = (page: Page, name: string, payload?: unknown) =>
  page.evaluate(([n, p]) => window.keyturn.call(n, p), [name, payload] as const);

async function code(page: Page, name: string, payload?: unknown): Promise<string> {
  const result = await ask(page, name, payload);
  return result.ok ? 'ok' : result.problem.code;
}

async function start(): Promise<Running> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [join(built, 'main.js'), join(fixtures, 'pages'), `${port}`],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...hostileEnvironment, ...displayOfWorker() },
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  const log = () => text;
  await expect.poll(log, { timeout: 20_000 }).toContain('ready');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const guide = await pageAt(browser, 'https://keyturn-guide.invalid/');
  return { child, browser, guide, log };
}

/** Every test of this file runs under it: none of it may change anything. */
const hostileEnvironment = {
  DEBUG: 'pw:*,*',
  DEBUG_FILE: '',
  SSLKEYLOGFILE: '/tmp/keyturn-no-such-keylog',
  SELENIUM_REMOTE_URL: 'http://127.0.0.1:1/',
  CHROME_LOG_FILE: '/tmp/keyturn-no-such-log',
  HTTPS_PROXY: 'http://127.0.0.1:1',
  VAULT_TOKEN: 'hvs.U3RyYXlUb2tlbkZyb21FbnY5',
} as const;

const pages = (browser: Browser): Page[] => browser.contexts().flatMap((each) => each.pages());

async function pageAt(browser: Browser, url: string): Promise<Page> {
  const found = () => pages(browser).find((page) => page.url() === url);
  await expect.poll(() => found()?.url()).toBe(url);
  const page = found();
  if (page === undefined) throw new Error(`no page at ${url}`);
  return page;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((settle) => child.once('exit', settle));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const { port } = server.address() as AddressInfo;
  await new Promise((settle) => server.close(settle));
  return port;
}

const profileFolders = (pid: number | undefined): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`keyturn-chromium-${pid}-`));

/** Chromium processes that this test's program started, by the profile folder on their command line. */
function chromiumProcesses(): { pid: string; args: string }[] {
  const profile = join(tmpdir(), `keyturn-chromium-${running.child.pid}-`);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid, args: commandLine(pid) }))
    .filter(({ args }) => args.includes(`--user-data-dir=${profile}`));
}

/** Renderer processes in whose writable memory the text is. */
const renderersHolding = (text: string): string[] =>
  chromiumProcesses()
    .filter(({ args }) => args.includes('--type=renderer'))
    .map(({ pid }) => pid)
    .filter((pid) => memoryHolds(pid, text));

function memoryHolds(pid: string, text: string): boolean {
  try {
    const memory = openSync(`/proc/${pid}/mem`, 'r');
    try {
      return writableRanges(pid).some(([from, to]) => {
        const bytes = Buffer.alloc(to - from);
        try {
          readSync(memory, bytes, 0, bytes.length, from);
        } catch {
          return false; // reserved, never touched
        }
        return bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'));
      });
    } finally {
      closeSync(memory);
    }
  } catch {
    return false; // gone meanwhile
  }
}

function writableRanges(pid: string): [number, number][] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      const range: [number, number] = [parseInt(from, 16), parseInt(to, 16)];
      return from === '' || range[1] - range[0] > 512 * 1024 * 1024 ? [] : [range];
    });
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
