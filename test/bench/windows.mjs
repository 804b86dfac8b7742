// cold-start: from the start of the process to Home with its button for practice, against an empty
// window of the same host, started and looked at in the same way. memory: private memory of all
// processes of each, two seconds later. Chromium host; where Electron is, it is not measured here.
import { performance } from 'node:perf_hooks';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { buildNodeMain } from '../../scripts/build.mjs';
import { end } from '../../scripts/lib/processes.mjs';
import { root } from '../../scripts/lib/paths.mjs';
import { inTurn, line, median } from './measure.mjs';

export async function windows({ n }) {
  const empty = join(root, 'out/bench/empty-window.js');
  await buildNodeMain(
    join(root, 'test/bench/empty-window.ts'),
    join(root, 'out/bench'),
    'empty-window.js',
  );
  const app = join(root, 'out/chromium/main.js');
  const runs = await inTurn(
    n,
    () => openOnce(empty, (page) => page.getByRole('heading', { name: 'Empty' })),
    () =>
      openOnce(app, (page) =>
        page.getByRole('main').getByRole('button', { name: 'Practice', exact: true }),
      ),
  );
  const of = (who, key) => median(runs[who].map((run) => run[key]));
  const compared = (key) => ({
    value: of('subject', key),
    baseline: of('baseline', key),
    n,
    host: 'chromium',
  });
  return [
    line('cold-start', 'ms', { ...compared('ms'), target: 1.3 }),
    line('memory', 'MiB', { ...compared('mib'), target: 1.3 }),
  ];
}

async function openOnce(program, usable) {
  const folder = await mkdtemp(join(tmpdir(), 'keyturn-bench-window-'));
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [program, '--data', folder], {
    stdio: 'ignore',
    env: { ...process.env, KEYTURN_DEBUG_PORT: String(port) },
  });
  try {
    const browser = await attached(port, child);
    try {
      const page = await pageOf(browser, child);
      await usable(page).waitFor();
      const ms = performance.now() - started;
      await delay(2_000);
      return { ms, mib: await privateMiB(child.pid) };
    } finally {
      await browser.close();
    }
  } finally {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  }
}

async function attached(port, child) {
  while (child.exitCode === null) {
    const there = await fetch(`http://127.0.0.1:${port}/json/version`).catch(() => undefined);
    if (there?.ok) return chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    await delay(10);
  }
  throw new Error('The window’s process ended before it could be looked at.');
}

async function pageOf(browser, child) {
  while (child.exitCode === null) {
    const pages = browser.contexts().flatMap((context) => context.pages());
    const page = pages.find((one) => one.url().startsWith('https://keyturn-guide.invalid/'));
    if (page) return page;
    await delay(10);
  }
  throw new Error('The window closed before it could be looked at.');
}

/** Of a process and everything below it: pages that nobody shares. Linux only. */
async function privateMiB(pid) {
  const parents = new Map();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const below = (process) =>
    process === pid || (parents.has(process) && below(parents.get(process)));
  let kib = 0;
  for (const process of [...parents.keys()].filter(below)) {
    const text = await readFile(`/proc/${process}/smaps_rollup`, 'utf8').catch(() => '');
    for (const [, amount] of text.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm))
      kib += Number(amount);
  }
  return kib / 1024;
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
