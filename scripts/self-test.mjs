// npm run self-test [-- --profiles] [--expect-no-network] [--json] [--data DIR]: is this machine ready
// for a ceremony? Exit code 1 where something stops one. Sets nothing up and installs nothing: what is
// missing here would be missing on the night.
import { join } from 'node:path';
import { buildAll } from './build.mjs';
import { hasDisplay } from './lib/display.mjs';
import { isBuilt } from './lib/freshness.mjs';
import { chooseHost } from './lib/host.mjs';
import { root } from './lib/paths.mjs';
import { runToEnd } from './lib/processes.mjs';

if (!isBuilt()) {
  console.error('Building …');
  await buildAll();
}
const words = ['--self-test', ...process.argv.slice(2)];
const host = chooseHost({ mayFetch: false });
// No check needs a window; Electron does not even start without a display.
process.exit(
  host.kind === 'electron' && hasDisplay()
    ? await runToEnd(host.program, [root, ...words])
    : await runToEnd(process.execPath, [join(root, 'out/chromium/main.js'), ...words]),
);
