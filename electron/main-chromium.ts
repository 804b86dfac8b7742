import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { Trouble } from '../shared/problem.ts';
import { printable } from '../shared/transcript/printable.ts';
import { readArguments, type SelfTestArguments } from './host/arguments.ts';
import { ChromiumHost } from './host/chromium.ts';
import { defaultDataFolder } from './host/data-folder.ts';
import { guideWindow } from './host/guide-window.ts';
import { refuseCoreDumps } from './security/core-dumps.ts';
import { builtProgram } from './self-test/packaged-program.ts';

/**
 * Keyturn on an installed Chromium: what is set up, in which order. The app's own modules are loaded
 * while Chromium starts: they are what takes longest after it.
 */
refuseCoreDumps();
const options = readArguments(process.argv.slice(2));
const dataFolder = options.dataFolder ?? defaultDataFolder(process.platform, process.env);
const program = builtProgram(join(import.meta.dirname, '..'));
process.exit(options.selfTest ? await selfTest(options.selfTest) : await windows());

async function windows(): Promise<number> {
  const host = new ChromiumHost({
    pages: join(import.meta.dirname, '../renderer'),
    ...(options.debugPort === undefined ? {} : { remoteDebuggingPort: options.debugPort }),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void host.quit());
  }
  host.prepare(guideWindow);
  try {
    const { startApp } = await import('./app.ts');
    await startApp({
      host,
      dataFolder,
      allowRealClusters: options.allowRealCluster,
      version: packageJson.version,
      temporaryKeyring: options.temporaryKeyring,
      verifier: join(import.meta.dirname, '../verifier/keyturn-verify.mjs'),
      program,
    });
  } catch (thrown) {
    await host.quit();
    if (!(thrown instanceof Trouble)) throw thrown;
    const { known, safe, next } = thrown.problem;
    console.error([known, safe, next].map(printable).join('\n'));
    return 1;
  }
  await host.ended;
  return 0;
}

async function selfTest(asked: SelfTestArguments): Promise<number> {
  const { selfTestCommand } = await import('./self-test/command.ts');
  const { openSettings } = await import('./settings.ts');
  const { Connection } = await import('./vault/connection.ts');
  return selfTestCommand(asked, {
    dataFolder,
    temporaryKeyring: options.temporaryKeyring,
    program,
    profiles: () => openSettings(dataFolder).settings.listProfiles(),
    connect: (profile, how) => Connection.open(profile, how),
    print: (text) => process.stdout.write(text),
  });
}
