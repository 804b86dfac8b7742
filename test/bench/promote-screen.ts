import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { startApp } from '../../electron/app.ts';
import { ChromiumHost } from '../../electron/host/chromium.ts';
import { builtProgram } from '../../electron/self-test/packaged-program.ts';
import { freePort, windowsOf, type RunningApp } from '../e2e/driver/launch.ts';
import { holders, Performer } from '../e2e/driver/perform.ts';

const cluster = 'Practice DR';

/**
 * Ceremonies through the real windows, each promoted: milliseconds from the first healthy answer of
 * the new primary to the frame in which the screen says so.
 * @param out the folder of the built app
 */
export async function promotionsOnScreen(times: number, out: string): Promise<readonly number[]> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-bench-screen-'));
  const remoteDebuggingPort = await freePort();
  const host = new ChromiumHost({ pages: join(out, 'renderer'), remoteDebuggingPort });
  const app = await startApp({
    host,
    dataFolder,
    allowRealClusters: false,
    version: '0.0.0',
    temporaryKeyring: true,
    verifier: join(out, 'verifier/keyturn-verify.mjs'),
    program: builtProgram(out),
  });
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${remoteDebuggingPort}`);
  const quit = () => host.quit();
  try {
    const running: RunningApp = {
      host: host.kind,
      pid: process.pid,
      ...windowsOf(browser),
      kill: quit,
      close: quit,
      output: () => '',
    };
    const performer = await Performer.of(running);
    const found: number[] = [];
    for (let run = 0; run < times; run += 1) {
      await toPromote(performer);
      const shown = await performer.guide.evaluateHandle(whenTheScreenSays, cluster);
      await performer.promote(cluster);
      const { at } = await shown.evaluate(async (seen) => ({ at: await seen.promise }));
      const practice = app.practice.status();
      if (!practice.running) throw new Error('The practice clusters are gone.');
      const outageMs = practice.choice.outageSeconds * 1000;
      found.push(at - Date.parse(firstHealthy(app.practice.requests, outageMs).at));
      await performer.watch();
      await performer.deleteToken();
      await performer.end();
      await performer.guide.getByRole('main').getByRole('button', { name: 'Home' }).click();
      await app.practice.stop();
    }
    return found;
  } finally {
    await browser.close();
    await quit();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function toPromote(performer: Performer): Promise<void> {
  await performer.startPractice();
  await performer.preflight();
  await performer.people();
  await performer.start();
  for (const holder of holders.slice(0, 3)) await performer.giveShare(holder);
  await performer.decode();
  await performer.fence();
}

/** Runs in the guide: when the frame after the heading's change has been drawn. */
function whenTheScreenSays(cluster: string): { readonly promise: Promise<number> } {
  const promise = new Promise<number>((resolve) => {
    const observer = new MutationObserver(() => {
      const heading = document.querySelector('h1')?.textContent ?? '';
      if (!heading.startsWith(`${cluster} is promoted`)) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return { promise };
}

type Requests = Awaited<ReturnType<typeof startApp>>['practice']['requests'];

/** The active node answers as primary from the end of the outage on; that node took the promote. */
function firstHealthy(requests: Requests, outageMs: number): Requests[number] {
  const promote = requests.find(({ path }) => path.endsWith('/promote'));
  const over = Date.parse(promote?.at ?? '') + outageMs;
  const first = requests.find(
    ({ node, path, status, at }) =>
      node === promote?.node &&
      path === 'sys/health' &&
      status !== 'dropped' &&
      Date.parse(at) >= over,
  );
  if (first === undefined) throw new Error('The new primary was never asked.');
  return first;
}
