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
      found.push(at - Date.parse(firstHealthy(app.practice.requests).at));
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

/** After promote each node answers `sys/health` for a while and nothing else; then it answers all. */
function firstHealthy(requests: Requests): Requests[number] {
  const promoted = requests.findIndex(({ path }) => path.endsWith('/promote'));
  const whole = requests.findIndex(
    ({ path, status }, at) => at > promoted && path.endsWith('dr/status') && status === 200,
  );
  const first = requests
    .slice(0, whole)
    .findLast(
      (one) =>
        one.node === requests[whole]?.node && one.path === 'sys/health' && one.status !== 'dropped',
    );
  if (first === undefined) throw new Error('The new primary was never asked.');
  return first;
}
