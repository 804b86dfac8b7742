import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { Trouble } from '../shared/problem.ts';
import { printable } from '../shared/transcript/printable.ts';
import { startApp } from './app.ts';
import { readArguments } from './host/arguments.ts';
import { ChromiumHost } from './host/chromium.ts';
import { defaultDataFolder } from './host/data-folder.ts';
import { selfTestCommand } from './self-test/command.ts';
import { builtProgram } from './self-test/packaged-program.ts';
import { openSettings } from './settings.ts';
import { Connection } from './vault/connection.ts';

/** Keyturn on an installed Chromium: what is set up, in which order. */
const options = readArguments(process.argv.slice(2));
const dataFolder = options.dataFolder ?? defaultDataFolder(process.platform, process.env);
const program = builtProgram(join(import.meta.dirname, '..'));
if (options.selfTest) {
  const code = await selfTestCommand(options.selfTest, {
    dataFolder,
    temporaryKeyring: options.temporaryKeyring,
    program,
    profiles: () => openSettings(dataFolder).settings.listProfiles(),
    connect: (profile, how) => Connection.open(profile, how),
    print: (text) => process.stdout.write(text),
  });
  process.exit(code);
}

const host = new ChromiumHost({
  pages: join(import.meta.dirname, '../renderer'),
  ...(options.debugPort === undefined ? {} : { remoteDebuggingPort: options.debugPort }),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void host.quit());
}

try {
  await startApp({
    host,
    dataFolder,
    allowRealClusters: options.allowRealCluster,
    version: packageJson.version,
    temporaryKeyring: options.temporaryKeyring,
    program,
  });
} catch (thrown) {
  await host.quit();
  if (!(thrown instanceof Trouble)) throw thrown;
  const { known, safe, next } = thrown.problem;
  console.error([known, safe, next].map(printable).join('\n'));
  process.exit(1);
}
await host.ended;
process.exit(0);
