import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { startApp } from './app.ts';
import { readArguments } from './host/arguments.ts';
import { ChromiumHost } from './host/chromium.ts';
import { defaultDataFolder } from './host/data-folder.ts';
import { claimDataFolder } from './host/instance-lock.ts';
import { Trouble } from '../shared/problem.ts';

/** Keyturn on an installed Chromium: what is set up, in which order. */
const options = readArguments(process.argv.slice(2));
const dataFolder = options.dataFolder ?? defaultDataFolder(process.platform, process.env);

try {
  const release = await claimDataFolder(dataFolder);
  const host = new ChromiumHost({
    pages: join(import.meta.dirname, '../renderer'),
    ...(options.debugPort === undefined ? {} : { remoteDebuggingPort: options.debugPort }),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void host.quit());
  }
  await startApp({
    host,
    dataFolder,
    allowRealClusters: options.allowRealCluster,
    version: packageJson.version,
    temporaryKeyring: options.temporaryKeyring,
  });
  await host.ended;
  await release();
  process.exit(0);
} catch (thrown) {
  if (!(thrown instanceof Trouble)) throw thrown;
  const { known, safe, next } = thrown.problem;
  console.error(`${known}\n${safe}\n${next}`);
  process.exit(1);
}
