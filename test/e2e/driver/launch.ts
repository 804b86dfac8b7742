import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { _electron, chromium, expect, type Browser, type Page } from '@playwright/test';
import { chooseHost } from '../../../scripts/lib/host.mjs';
import type { Surface } from '../../../shared/contract/define.ts';
import { displayOfWorker } from './display.ts';

const root = join(import.meta.dirname, '../../..');
const electronPackage = join(root, 'node_modules/electron');

/** The app as a person has it in front of them: its windows, and the ways it can end. */
export interface RunningApp {
  readonly host: 'electron' | 'chromium';
  readonly pid: number | undefined;
  /** Waits for the surface's window. */
  page(surface: Surface): Promise<Page>;
  isOpen(surface: Surface): boolean;
  /** SIGKILL: nothing gets to tidy up. */
  kill(): Promise<void>;
  close(): Promise<void>;
  /** Everything the process wrote to its terminal. */
  output(): string;
}

export interface LaunchOptions {
  readonly dataFolder: string;
  readonly allowRealCluster?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** The Chromium host's program, for whoever does not run from the sources. */
  readonly main?: string;
  /** A command that ends in starting another, whose words follow: it starts the Chromium host. */
  readonly through?: readonly string[];
}

/** Electron where its runtime is installed, else the Chromium host; the specs are the same. */
export const hostHere = (): 'electron' | 'chromium' => chooseHost({ mayFetch: false }).kind;

export const launch = (options: LaunchOptions): Promise<RunningApp> =>
  hostHere() === 'electron' ? launchElectron(options) : launchChromiumHost(options);

export async function launchChromiumHost(options: LaunchOptions): Promise<RunningApp> {
  const port = await freePort();
  const main = options.main ?? join(root, 'out/chromium/main.js');
  const node = [process.execPath, main, ...argumentsOf(options)];
  const [program = process.execPath, ...words] = [...(options.through ?? []), ...node];
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...displayOfWorker(),
      ...options.env,
      KEYTURN_DEBUG_PORT: String(port),
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  const ended = once(child, 'exit');
  let browser: Browser | undefined;
  const attach = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`The app ended at its start:\n${text}`);
    browser ??= await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => undefined);
    return browser !== undefined;
  };
  await expect
    .poll(attach, { timeout: 60_000, message: 'the app opens its first window' })
    .toBe(true);
  if (!browser) throw new Error('The app cannot be attached to.');
  return {
    host: 'chromium',
    pid: child.pid,
    ...windowsOf(browser),
    output: () => text,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The windows of an app that opened this debugging port, in whatever process it runs. */
export function windowsOf(browser: Browser): Pick<RunningApp, 'page' | 'isOpen'> {
  const find = (surface: Surface): Page | undefined =>
    browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((page) => page.url().startsWith(`https://keyturn-${surface}.invalid/`));
  return pagesBy(find);
}

async function launchElectron(options: LaunchOptions): Promise<RunningApp> {
  const executable = readFileSync(join(electronPackage, 'path.txt'), 'utf8');
  const app = await _electron.launch({
    executablePath: join(electronPackage, 'dist', executable),
    args: [root, ...argumentsOf(options)],
    env: stringsOf({ ...process.env, ...displayOfWorker(), ...options.env }),
  });
  const child = app.process();
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  return {
    host: 'electron',
    pid: child.pid,
    ...pagesBy((surface) =>
      app.windows().find((page) => page.url().startsWith(`keyturn://${surface}/`)),
    ),
    output: () => text,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    close: () => app.close(),
  };
}

function pagesBy(
  find: (surface: Surface) => Page | undefined,
): Pick<RunningApp, 'page' | 'isOpen'> {
  return {
    isOpen: (surface) => find(surface) !== undefined,
    page: async (surface) => {
      await expect
        .poll(() => find(surface) !== undefined, { message: `window ${surface}` })
        .toBe(true);
      const page = find(surface);
      if (!page) throw new Error(`The window "${surface}" closed again.`);
      return page;
    },
  };
}

const argumentsOf = ({ dataFolder, allowRealCluster }: LaunchOptions): string[] => [
  '--data',
  dataFolder,
  ...(allowRealCluster ? ['--allow-real-cluster'] : []),
];

const stringsOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
