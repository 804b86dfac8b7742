import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChromiumHost } from '../../electron/host/chromium.ts';
import { readArguments } from '../../electron/host/arguments.ts';

/*
 * What every window of the Chromium host costs before Keyturn has done anything: the benchmarks'
 * baseline. The same host, the same arguments, a page with one heading.
 */
const { debugPort } = readArguments(process.argv.slice(2));
const pages = await mkdtemp(join(tmpdir(), 'keyturn-bench-empty-'));
await mkdir(join(pages, 'guide'));
await writeFile(
  join(pages, 'guide/index.html'),
  '<!doctype html><html lang="en"><title>Empty</title><h1>Empty</h1></html>',
);
const host = new ChromiumHost({
  pages,
  ...(debugPort === undefined ? {} : { remoteDebuggingPort: debugPort }),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => void host.quit());
await host.openSurface('guide', { title: 'Empty', width: 1180, height: 800 });
await host.ended;
await rm(pages, { recursive: true, force: true });
process.exit(0);
